"""What every request passes: an id, the security headers, and the one handler of refusals."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse

from xiaobao.base.audit import services as audit
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotAllowed, NotFound, XiaobaoError
from xiaobao.site import refusals, sight

Answer = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger(__name__)


class RequestContext:
    """Gives the request an id, answered in `X-Request-ID` and kept in the journal."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the request's id on it."""
        cast(Any, request).request_id = ports.new_id()
        response = self.get_response(request)
        response["X-Request-ID"] = cast(Any, request).request_id
        return response


class SecurityHeaders:
    """Content-Security-Policy, Permissions-Policy, framing, and no-store on pages of a signed-in person."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers."""
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if getattr(request, "actor", None) is not None or request.path.startswith(settings.PRIVATE_PATHS):
            response["Cache-Control"] = "no-store, private"
        return response


class ErrorPages:
    """Turns a refusal of the kernel, or a database that is away, into a page, JSON or a fragment."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer of the rest of the site, or "not found" where it would tell of a hidden object."""
        response = self.get_response(request)
        if response.status_code in sight.REFUSED | sight.WRONG and _tells(request, response.status_code):
            return refusals.answer(request, NotFound("site.not_found"))
        if response.status_code == 405 and refusals.wants_json(request):
            return refusals.wrong_method(request, response)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal as its asker reads it; None leaves other errors to the 500 page."""
        if refusals.is_database_away(error):
            log.error("database away: %s", error)
            return refusals.answer(request, refusals.BUSY)
        if not isinstance(error, XiaobaoError):
            return None
        if isinstance(error, NotAllowed):
            record_refusal(request, error)
        if error.status >= 500:
            log.error("refused %s %s: %s", request.method, request.path, error)
        return refusals.answer(request, error)


def _objects_of(request: HttpRequest) -> dict[str, Any]:
    """What the address names."""
    match = request.resolver_match
    if match is None:
        return {}
    fixed = getattr(match, "extra_kwargs", {})
    return {name: value for name, value in match.kwargs.items() if name not in fixed}


def _tells(request: HttpRequest, status: int) -> bool:
    """Whether the answer tells of a hidden object; a form without its token was never looked at."""
    if getattr(request, "stale_form", False):
        return False
    return sight.hides(getattr(request, "actor", None), _objects_of(request), status)


def record_refusal(request: HttpRequest, error: NotAllowed) -> None:
    """One line in the journal: who was refused what. The refusal stands even where it cannot be kept."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return
    try:
        with transaction.atomic():
            audit.record(
                actor=actor,
                tag="people:access:refuse",
                object_id=actor.user_id or 0,
                org_path=actor.org_path,
                after={"code": error.code, "method": request.method, "path": request.path[:200]},
            )
    except DatabaseError as lost:
        log.error("refusal not kept: %s %s", error.code, lost)
