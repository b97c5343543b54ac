"""Who asks: the actor of every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from xiaobao.base.people.selectors import actor_of

Answer = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets `request.actor`: the signed-in person as an Actor, or None. One statement: the user with unit."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site."""
        signed_in = request.user.is_authenticated
        cast(Any, request).actor = (
            actor_of(
                request.user,
                ip=request.META.get("REMOTE_ADDR", ""),
                request_id=getattr(request, "request_id", ""),
            )
            if signed_in
            else None
        )
        return self.get_response(request)


class SessionLimits:
    """Ends a session that stood idle too long or is too old."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site."""
        return self.get_response(request)
