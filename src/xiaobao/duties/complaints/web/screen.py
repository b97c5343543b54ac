"""What every page of the room shares: the gate, the actor, the page or its dialog, refusals beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View

from xiaobao.base.refusals import sentence_of
from xiaobao.kernel.errors import InvalidInput, RuleBroken, XiaobaoError
from xiaobao.kernel.identity import Actor


class Screen(View):
    """A page for somebody who is logged in. Refusals of the kernel pass through to the site's handler."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page; the login page, or a bare 401 for a script, where nobody is logged in."""
        if getattr(request, "actor", None) is None:
            return _login(request)
        return super().dispatch(request, *args, **kwargs)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return cast(Actor, cast(Any, self.request).actor)

    @property
    def is_dialog(self) -> bool:
        """Whether the page is to be shown inside another one."""
        return "X-Dialog" in self.request.headers

    def page(self, template: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        """The template drawn in the frame, or without it for a dialog."""
        frame = "fragment.html" if self.is_dialog else "base.html"
        return render(self.request, f"complaints/{template}", {"frame": frame, **context}, status=status)

    def on_to(self, address: str) -> HttpResponse:
        """The way on after a write; a dialog is told by a header, so that messages survive."""
        if not self.is_dialog:
            return redirect(address)
        response = HttpResponse(status=204)
        response["X-Location"] = address
        return response


def _login(request: HttpRequest) -> HttpResponse:
    if "X-Dialog" in request.headers or "HX-Request" in request.headers:
        return HttpResponse("登录已过期，请重新登录；已保存的草稿不会丢失。", status=401)
    return redirect_to_login(request.get_full_path() if request.method == "GET" else request.path)


NAMED = {
    "evidence": "attachments",
    "facts": "text",
    "file": "attachments",
    "into_id": "into_no",
    "redress_fen": "redress_yuan",
    "referral_number": "number",
    "username": "handler",
}
"""A refusal's field -> what a step's form calls it, where the two differ."""


def put_error(form: Any, error: XiaobaoError) -> None:
    """Write a refusal beside its field, or above the form where it has none; so all told with it."""
    for one in error.every if isinstance(error, InvalidInput) else (error,):
        field = one.field if isinstance(one, InvalidInput) else ""
        place = next((name for name in (field, NAMED.get(field)) if name in form.fields), None)
        form.add_error(place, sentence(one))


def sentence(error: XiaobaoError) -> str:
    """What the refusal says, with its rule and article where the sentence does not name them."""
    words = sentence_of(error) or "没有办成，请稍后再试；如仍不行请联系系统管理员。"
    if isinstance(error, RuleBroken) and error.rule not in words:
        words += f"（规则 {error.rule}{'，' + error.source if error.source else ''}）"
    return words
