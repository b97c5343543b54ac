"""What every request passes: an id, the security headers, and the one handler of refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xiaobao.kernel import ports

Answer = Callable[[HttpRequest], HttpResponse]


class RequestContext:
    """Gives the request an id, answered in `X-Request-ID`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the request's id on it."""
        cast(Any, request).request_id = ports.new_id()
        response = self.get_response(request)
        response["X-Request-ID"] = cast(Any, request).request_id
        return response


class SecurityHeaders:
    """Content-Security-Policy, Permissions-Policy, and no-store on pages of a signed-in person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        return response


class ErrorPages:
    """Turns a refusal of the kernel into a page, JSON or a fragment."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site."""
        return self.get_response(request)
