"""Commands on people and units from the screen: parse, call the service, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from xiaobao.base.people import selectors, services
from xiaobao.base.people.access import require
from xiaobao.base.people.web.asker import actor_of_request
from xiaobao.base.people.web.forms import (
    MoveForm,
    OrgForm,
    Plain,
    ReasonForm,
    RenameForm,
    RolesForm,
    UserForm,
)
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.kernel.identity import Actor

SENTENCES = {
    "disable": ("停用账号", "停用后立即不能登录，已登录的会话马上结束。其经办的工作请先移交。"),
    "enable": ("恢复账号", "恢复后按原有角色继续使用。"),
    "reset": (
        "重置密码",
        "将生成一次性密码，只显示一次；本人下次登录须改成自己的密码，已登录的会话马上结束。",
    ),
    "end_sessions": ("结束全部会话", "该人员在所有设备上的登录马上结束，可重新登录。"),
    "revoke_factors": ("撤销第二因素", "撤销该人员全部身份验证器、通行密钥和恢复码。请先当面核实身份。"),
}

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def user_create(request: HttpRequest) -> HttpResponse:
    """A new account; its one-time password is shown once."""
    actor = actor_of_request(request)
    require(actor, "user:create")
    form = UserForm(request.POST or None)

    def act() -> HttpResponse:
        typed = form.cleaned_data
        unit = selectors.org_by_code(typed["org_code"])
        made = services.user_create(
            actor=actor, username=typed["username"], display_name=typed["display_name"], org_path=unit.path
        )
        return _one_time(request, made, services.user_reset(actor=actor, user_id=made.pk))

    return _answer(request, form, act, "people/create.html", {"heading": "新建账号", "submit": "建立账号"})


@require_POST
def user_change_roles(request: HttpRequest, user_id: int) -> HttpResponse:
    """The account with the ticked roles, or its page with what is wrong."""
    actor = actor_of_request(request)
    require(actor, "user:change_roles")
    found = selectors.user_get(actor, user_id)
    form = RolesForm(request.POST)

    def act() -> HttpResponse:
        typed = form.cleaned_data
        services.user_change_roles(actor=actor, user_id=user_id, roles=typed["roles"], reason=typed["reason"])
        return _back(request, user_id, "角色已变更，下一次操作起生效。")

    return _answer(request, form, act, "people/roles.html", {"person": found})


@form_page
def user_act(request: HttpRequest, user_id: int, verb: str) -> HttpResponse:
    """Ask once, then do: disable, enable, reset, end sessions, revoke factors."""
    actor = actor_of_request(request)
    require(actor, f"user:{verb}")
    found = selectors.user_get(actor, user_id)
    heading, say = SENTENCES[verb]
    form = ReasonForm(request.POST or None)

    def act() -> HttpResponse:
        return _do(request, actor, found, verb, form.cleaned_data["reason"])

    return _answer(request, form, act, "people/act.html", {"person": found, "heading": heading, "say": say})


def _do(request: HttpRequest, actor: Actor, found: selectors.User, verb: str, reason: str) -> HttpResponse:
    if verb == "reset":
        return _one_time(request, found, services.user_reset(actor=actor, user_id=found.pk, reason=reason))
    commands: dict[str, Callable[..., Any]] = {
        "disable": services.user_disable,
        "enable": services.user_enable,
        "end_sessions": services.user_end_sessions,
        "revoke_factors": services.user_revoke_factors,
    }
    commands[verb](actor=actor, user_id=found.pk, reason=reason)
    return _back(request, found.pk, f"已{SENTENCES[verb][0]}。")


@form_page
def org_create(request: HttpRequest) -> HttpResponse:
    """A new unit below the named parent."""
    actor = actor_of_request(request)
    require(actor, "org:create")
    form = OrgForm(request.POST or None, initial={"parent_code": request.GET.get("parent", "")})

    def act() -> HttpResponse:
        typed = form.cleaned_data
        parent = selectors.org_by_code(typed["parent_code"])
        unit = services.org_create(
            actor=actor, code=typed["code"], name=typed["name"], kind=typed["kind"], parent_path=parent.path
        )
        return _to_unit(request, unit.pk, "机构已建立。")

    return _answer(request, form, act, "people/create.html", {"heading": "新建机构", "submit": "建立机构"})


@form_page
def org_rename(request: HttpRequest, org_id: int) -> HttpResponse:
    """The unit under its new name."""
    actor = actor_of_request(request)
    require(actor, "org:rename")
    unit = selectors.org_seen(actor, org_id)
    form = RenameForm(request.POST or None, initial={"name": unit.name})

    def act() -> HttpResponse:
        services.org_rename(actor=actor, path=unit.path, name=form.cleaned_data["name"])
        return _to_unit(request, org_id, "机构名称已变更。")

    return _answer(
        request, form, act, "people/create.html", {"heading": f"{unit.name} 改名", "submit": "保存"}
    )


@form_page
def org_move(request: HttpRequest, org_id: int) -> HttpResponse:
    """The unit, with everything below it, under another parent."""
    actor = actor_of_request(request)
    require(actor, "org:move")
    unit = selectors.org_seen(actor, org_id)
    form = MoveForm(request.POST or None)

    def act() -> HttpResponse:
        parent = selectors.org_by_code(form.cleaned_data["parent_code"])
        services.org_move(actor=actor, path=unit.path, to=parent.path)
        return _to_unit(request, org_id, "机构已移动，下级机构一并随迁。")

    return _answer(
        request, form, act, "people/create.html", {"heading": f"移动 {unit.name}", "submit": "移动"}
    )


@form_page
def org_close(request: HttpRequest, org_id: int) -> HttpResponse:
    """The unit, no longer in use."""
    actor = actor_of_request(request)
    require(actor, "org:close")
    unit = selectors.org_seen(actor, org_id)
    form = Plain(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        services.org_close(actor=actor, path=unit.path)
        return _to_unit(request, org_id, "机构已撤销。")

    return _answer(
        request, form, act, "people/create.html", {"heading": f"撤销 {unit.name}", "submit": "撤销"}
    )


def _answer(
    request: HttpRequest, form: Plain, act: Callable[[], HttpResponse], template: str, more: dict[str, Any]
) -> HttpResponse:
    """Do it when the form is in order; otherwise the form again, with what was typed and what is wrong."""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                return act()
            except (InvalidInput, NotFound) as error:
                form.refuse(error)
    return render(request, template, {"form": form, **more}, status=status)


def _one_time(request: HttpRequest, found: selectors.User, password: str) -> HttpResponse:
    return render(request, "people/one_time.html", {"person": found, "password": password})


def _back(request: HttpRequest, user_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("people:user", args=[user_id]), status=303)


def _to_unit(request: HttpRequest, org_id: int, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("people:org", args=[org_id]), status=303)
