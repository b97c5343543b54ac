"""A form whose token is stale, because its sender signed in anew elsewhere, comes back as it was typed."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from xiaobao.base.people.kept import kept_page, offers_again
from xiaobao.base.people.middleware import ActorMiddleware
from xiaobao.kernel.errors import XiaobaoError
from xiaobao.site import refusals

AGAIN = "这一页打开得太久，或在别的窗口重新登录过，还没有提交。您填写的内容都在，请核对后再提交一次。"


def form_again(request: HttpRequest) -> HttpResponse | None:
    """The form with its text and a token of now, nothing done; None where it cannot be offered."""
    match = request.resolver_match
    if match is None or not offers_again(request, match.func):
        return None
    if getattr(request, "actor", None) is None:
        return kept_page(request)
    gate = ActorMiddleware(lambda _: HttpResponse())
    if gate.process_view(request, match.func, match.args, match.kwargs) is not None:
        return None
    view = cast(Any, match.func).view_class()
    view.setup(request, *match.args, **match.kwargs)
    try:
        return cast(HttpResponse, view.offer_again(AGAIN, **match.kwargs))
    except XiaobaoError as error:
        return refusals.answer(request, error)
