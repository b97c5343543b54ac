"""Units and people: the tree with its counts, the list, one account."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from xiaobao.base.people import selectors
from xiaobao.base.people.access import may, require
from xiaobao.base.people.selectors import UserFilter
from xiaobao.base.people.web.asker import actor_of_request
from xiaobao.base.people.web.forms import GRANTABLE, FilterForm, RolesForm
from xiaobao.kernel.roles import Role

PAGE = 50

ACTS = (
    ("disable", "停用账号"),
    ("enable", "恢复账号"),
    ("reset", "重置密码"),
    ("end_sessions", "结束全部会话"),
    ("revoke_factors", "撤销第二因素"),
)


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """人员与机构: the tree at the left, the accounts of the chosen unit at the right."""
    actor = actor_of_request(request)
    require(actor, "user:list")
    wanted = FilterForm(request.GET).wanted()
    scope = selectors.managed_path(actor)
    users = list(selectors.user_list(scope, UserFilter(**wanted), PAGE + 1))
    more = len(users) > PAGE
    return render(
        request,
        "people/people.html",
        {
            "tree": selectors.org_branches(scope),
            "chosen": selectors.org_tree(scope).filter(path=wanted["org"]).first() if wanted["org"] else None,
            "users": [_line(user) for user in users[:PAGE]],
            "wanted": wanted,
            "roles": [("", "全部角色"), *GRANTABLE],
            "states": [("", "在用"), ("off", "已停用"), ("all", "全部")],
            "first": _link({**wanted, "after": ""}) if wanted["after"] else "",
            "older": _link({**wanted, "after": users[PAGE - 1].username}) if more else "",
            "can_create": may(actor, "user:create"),
            "can_org": may(actor, "org:create"),
        },
    )


def _line(user: selectors.User) -> dict[str, object]:
    return {
        "id": user.pk,
        "username": user.username,
        "name": user.display_name,
        "org": user.org.name,
        "roles": [Role.label_of(role) for role in user.roles],
        "is_active": user.is_active,
        "last_login": user.last_login,
    }


def _link(wanted: dict[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in wanted.items() if value})


@require_GET
def user(request: HttpRequest, user_id: int) -> HttpResponse:
    """One account and what the asker may do with it."""
    actor = actor_of_request(request)
    require(actor, "user:list")
    found = selectors.user_get(actor, user_id)
    own = found.pk == actor.user_id
    return render(
        request,
        "people/user.html",
        {
            "person": found,
            "roles": [Role.label_of(role) for role in found.roles],
            "acts": []
            if own
            else [act for act in ACTS if may(actor, f"user:{act[0]}") and _fits(act[0], found)],
            "form": RolesForm(initial={"roles": found.roles})
            if not own and may(actor, "user:change_roles")
            else None,
            "factors": selectors.factor_count(found),
            "own": own,
        },
    )


def _fits(verb: str, found: selectors.User) -> bool:
    """Disable only what is in use, enable only what is not."""
    return {"disable": found.is_active, "enable": not found.is_active}.get(verb, True)


@require_GET
def org(request: HttpRequest, org_id: int) -> HttpResponse:
    """One unit: what stands above and below it, and its people."""
    actor = actor_of_request(request)
    require(actor, "org:list")
    unit = selectors.org_seen(actor, org_id)
    return render(
        request,
        "people/org.html",
        {
            "unit": unit,
            "above": selectors.org_line(unit.path),
            "children": list(unit.children.order_by("path")),
            "can_change": may(actor, "org:rename"),
            "is_root": unit.parent_id is None,
        },
    )
