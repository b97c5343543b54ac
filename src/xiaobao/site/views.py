"""Pages that belong to no room: what is shown when a request cannot be answered."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse

from xiaobao.kernel.errors import InvalidInput, NotAllowed, NotFound, XiaobaoError
from xiaobao.site import refusals
from xiaobao.site.stale import form_again

STALE = "这一页打开得太久，或在别的窗口重新登录过，提交没有生效。请返回上一页刷新后再交一次；已自动保存的草稿不会丢失。"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again with its text, or a page that says why, when its token is missing or stale."""
    request.stale_form = True  # type: ignore[attr-defined]
    response = form_again(request) or refusals.answer(
        request, NotAllowed("site.stale_form", say=STALE, title="页面已过期")
    )
    response["X-Stale-Form"] = "1"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a request Django cannot read: a foreign host, too many fields."""
    return _bare(request, InvalidInput("site.bad_request"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what the asker's posts do not include."""
    return refusals.answer(request, NotAllowed("site.forbidden"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there, or not the asker's to see."""
    return refusals.answer(request, NotFound("site.not_found"))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours; 503 with Retry-After where the database is locked or away."""
    if refusals.is_database_away(sys.exc_info()[1]):
        return refusals.answer(request, refusals.BUSY)
    return refusals.answer(request, XiaobaoError("site.fault"))


def _bare(request: HttpRequest, error: XiaobaoError) -> HttpResponse:
    """Django could not read the request far enough to know its asker."""
    return HttpResponse(
        refusals.sentence_of(error), status=error.status, content_type="text/plain; charset=utf-8"
    )
