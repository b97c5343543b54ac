"""Each change of people and units: by the post that has it, by no other, and with nothing written when refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people import services
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.kernel.errors import IllegalStep, NotAllowed
from xiaobao.kernel.roles import ADMIN_ROLES, Role

SYSTEM, SECURITY = Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN
Act = Callable[..., Any]
POSTS: dict[str, tuple[set[Role], Act]] = {
    "org_create": (
        {SYSTEM},
        lambda bank, chen, actor: services.org_create(
            actor=actor, code="B9", name="新分行", kind="branch", parent_path=bank.head.path
        ),
    ),
    "org_rename": (
        {SYSTEM},
        lambda bank, chen, actor: services.org_rename(actor=actor, path=bank.outlet.path, name="新名"),
    ),
    "org_move": (
        {SYSTEM},
        lambda bank, chen, actor: services.org_move(actor=actor, path=bank.outlet.path, to=bank.sibling.path),
    ),
    "org_close": (
        {SYSTEM},
        lambda bank, chen, actor: services.org_close(actor=actor, path=bank.sibling_outlet.path),
    ),
    "user_create": (
        {SYSTEM},
        lambda bank, chen, actor: services.user_create(
            actor=actor, username="li", display_name="李", org_path=bank.outlet.path
        ),
    ),
    "user_change_roles": (
        {SECURITY},
        lambda bank, chen, actor: services.user_change_roles(
            actor=actor, user_id=chen.pk, roles=[Role.OFFICER]
        ),
    ),
    "user_disable": (
        {SYSTEM, SECURITY},
        lambda bank, chen, actor: services.user_disable(actor=actor, user_id=chen.pk),
    ),
    "user_enable": (
        {SYSTEM},
        lambda bank, chen, actor: services.user_enable(actor=actor, user_id=chen.pk),
    ),
    "user_reset": ({SYSTEM}, lambda bank, chen, actor: services.user_reset(actor=actor, user_id=chen.pk)),
    "user_end_sessions": (
        {SYSTEM, SECURITY},
        lambda bank, chen, actor: services.user_end_sessions(actor=actor, user_id=chen.pk),
    ),
    "user_revoke_factors": (
        {SECURITY},
        lambda bank, chen, actor: services.user_revoke_factors(actor=actor, user_id=chen.pk),
    ),
}
"""Command -> the posts that have it, as the three powers are set apart: nobody makes an account and grants it."""


@pytest.fixture
def bank(db: None) -> make.Bank:
    return make.bank()


@pytest.fixture
def chen(bank: make.Bank) -> User:
    return make.user("chen", bank.outlet, Role.HANDLER, name="小陈")


@pytest.fixture
def enter(settings: Any) -> Callable[[User], Client]:
    settings.SECOND_FACTOR_FOR_ADMINS = False

    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


@pytest.fixture
def sysadmin(bank: make.Bank, enter: Any) -> Client:
    return enter(make.user("root1", bank.office, SYSTEM))


@pytest.fixture
def secadmin(bank: make.Bank, enter: Any) -> Client:
    return enter(make.user("sec1", bank.office, SECURITY))


def _kept() -> list[Any]:
    """Everything a change of this room could have touched, but for the log of who came in."""
    entries = AuditEntry.objects.exclude(tag__startswith="people:session")
    return [list(rows.order_by("pk").values()) for rows in (User.objects, OrgUnit.objects, entries)]


@pytest.mark.parametrize("command", POSTS)
def test_a_change_is_one_posts_and_is_refused_to_every_other(
    bank: make.Bank, chen: User, command: str
) -> None:
    posts, act = POSTS[command]
    admin = make.actor(make.user("x1", bank.office, SYSTEM))
    before = _kept()
    for role in set(Role) - posts - {Role.SYSTEM}:
        with pytest.raises(NotAllowed) as caught:
            act(bank, chen, replace(admin, roles=frozenset({role})))
        assert caught.value.code == "people.not_allowed"
    assert _kept() == before
    act(bank, chen, replace(admin, roles=frozenset({min(posts)})))
    assert AuditEntry.objects.latest("pk").tag == f"people:{command.replace('_', ':', 1)}"


def test_no_post_both_makes_accounts_and_grants_them() -> None:
    assert not POSTS["user_create"][0] & POSTS["user_change_roles"][0]
    assert not any(Role.AUDIT_ADMIN in posts for posts, _ in POSTS.values())


@pytest.mark.parametrize(
    "command", ["user_change_roles", "user_disable", "user_reset", "user_revoke_factors"]
)
def test_nobody_changes_their_own_account(bank: make.Bank, command: str) -> None:
    posts, act = POSTS[command]
    own = make.user("own", bank.office, min(posts))
    before = _kept()
    with pytest.raises(NotAllowed) as caught:
        act(bank, own, make.actor(own))
    assert caught.value.code in {"people.roles.own", "people.user.own"}
    assert _kept() == before


@pytest.mark.parametrize("role", sorted(ADMIN_ROLES))
def test_the_last_of_each_admin_post_is_neither_disabled_nor_given_another(
    bank: make.Bank, role: Role
) -> None:
    last = make.user("last1", bank.office, role)
    other = replace(make.actor(last), user_id=0, roles=frozenset({SECURITY}))
    for act in (
        lambda: services.user_disable(actor=other, user_id=last.pk),
        lambda: services.user_change_roles(actor=other, user_id=last.pk, roles=[Role.HANDLER]),
    ):
        with pytest.raises(IllegalStep) as caught:
            act()
        assert caught.value.facts["role"] == role.label
    make.user("next1", bank.office, role)
    services.user_disable(actor=other, user_id=last.pk)


def test_a_unit_does_not_take_a_post_of_the_head_office_down_the_tree(bank: make.Bank) -> None:
    admin = make.actor(make.user("root1", bank.office, SYSTEM))
    unit = make.org("IA", "department", bank.head, "内审部")
    auditor = make.user("nei", unit, Role.INTERNAL_AUDIT, name="内审员")
    with pytest.raises(IllegalStep) as caught:
        services.org_move(actor=admin, path=unit.path, to=bank.branch.path)
    assert caught.value.code == "people.org.head_office_posts"
    assert User.objects.get(pk=auditor.pk).org.path == unit.path
    services.user_change_roles(
        actor=make.actor(make.user("sec1", bank.office, SECURITY)), user_id=auditor.pk, roles=[]
    )
    moved = services.org_move(actor=admin, path=unit.path, to=bank.branch.path)
    assert moved.path.startswith(bank.branch.path)


# ---- on screen -------------------------------------------------------------------------------

VERBS = {"disable": SYSTEM, "end_sessions": SYSTEM, "reset": SYSTEM, "revoke_factors": SECURITY}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("reason", ["", " ", "停"])
def test_a_step_without_a_reason_is_asked_again_and_not_done(
    bank: make.Bank, chen: User, enter: Any, verb: str, reason: str
) -> None:
    client = enter(make.user("adm1", bank.office, VERBS[verb]))
    before = _kept()
    answer = client.post(reverse(f"people:{verb}", args=[chen.pk]), {"reason": reason})
    assert answer.status_code == 400
    assert 'id="id_reason_error"' in answer.content.decode()
    assert _kept() == before


@pytest.mark.parametrize("verb", VERBS)
def test_the_step_is_done_with_its_reason_in_the_journal(
    bank: make.Bank, chen: User, enter: Any, verb: str
) -> None:
    client = enter(make.user("adm1", bank.office, VERBS[verb]))
    answer = client.post(reverse(f"people:{verb}", args=[chen.pk]), {"reason": "工单 2026-12 号"})
    assert answer.status_code == (200 if verb == "reset" else 303)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.tag, entry.facts["reason"]) == (f"people:user:{verb}", "工单 2026-12 号")


def test_a_one_time_password_is_on_the_screen_once_and_nowhere_else(
    bank: make.Bank, chen: User, sysadmin: Client
) -> None:
    page = sysadmin.post(reverse("people:reset", args=[chen.pk]), {"reason": "忘记密码"}).content.decode()
    chen.refresh_from_db()
    words = [word for word in page.replace("<", " ").replace(">", " ").split() if chen.check_password(word)]
    assert len(words) == 1
    assert chen.must_change_password
    assert not any(words[0] in entry.body for entry in AuditEntry.objects.all())
    assert words[0] not in sysadmin.get(reverse("people:user", args=[chen.pk])).content.decode()


def test_conflicting_roles_come_back_ticked_and_change_nothing(
    bank: make.Bank, chen: User, secadmin: Client
) -> None:
    before = _kept()
    page = secadmin.post(
        reverse("people:roles", args=[chen.pk]), {"roles": ["handler", "audit_admin"], "reason": "岗位调整"}
    )
    assert page.status_code == 400
    assert "互相排斥" in page.content.decode()
    assert page.content.decode().count(" checked") == 2
    assert _kept() == before


def test_a_unit_is_made_renamed_moved_and_closed_on_screen(bank: make.Bank, sysadmin: Client) -> None:
    typed = {"code": "B1-02", "name": "新支行", "kind": "outlet", "parent_code": "B1"}
    assert sysadmin.post(reverse("people:org_create"), typed).status_code == 303
    unit = OrgUnit.objects.get(code="B1-02")
    steps = [("org_rename", {"name": "湖滨支行"}), ("org_move", {"parent_code": "B2"}), ("org_close", {})]
    for name, data in steps:
        assert "<form" in sysadmin.get(reverse(f"people:{name}", args=[unit.pk])).content.decode()
        assert sysadmin.post(reverse(f"people:{name}", args=[unit.pk]), data).status_code == 303, name
    unit.refresh_from_db()
    assert (unit.name, unit.parent, unit.is_active) == ("湖滨支行", bank.sibling, False)
    assert unit.path.startswith(bank.sibling.path)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("org_create", {"code": "B1", "name": "某", "kind": "branch", "parent_code": "HQ"}, "已被使用"),
        ("org_create", {"code": "N", "name": "某", "kind": "branch", "parent_code": "B1"}, "不能设在"),
        ("org_create", {"code": "N", "name": "某", "kind": "branch", "parent_code": "XX"}, "没有找到该机构"),
        ("org_create", {"code": "N", "name": "某", "kind": "moon", "parent_code": "HQ"}, "机构类型"),
    ],
)
def test_a_unit_that_cannot_be_keeps_what_was_typed(
    bank: make.Bank, sysadmin: Client, name: str, typed: dict[str, str], words: str
) -> None:
    before = _kept()
    page = sysadmin.post(reverse(f"people:{name}"), typed)
    assert page.status_code == 400
    assert words in page.content.decode()
    assert f'value="{typed["code"]}"' in page.content.decode()
    assert _kept() == before


def test_a_unit_is_not_moved_below_itself_on_screen(bank: make.Bank, sysadmin: Client) -> None:
    before = _kept()
    page = sysadmin.post(reverse("people:org_move", args=[bank.branch.pk]), {"parent_code": "B1-01"})
    assert page.status_code in {400, 409}
    assert _kept() == before


@pytest.mark.parametrize("name", ["create", "org_create"])
@pytest.mark.parametrize("role", [SECURITY, Role.AUDIT_ADMIN, Role.OFFICER, Role.HANDLER])
def test_the_page_itself_is_closed_to_other_posts(bank: make.Bank, enter: Any, name: str, role: Role) -> None:
    assert enter(make.user("any1", bank.office, role)).get(reverse(f"people:{name}")).status_code == 403


def test_the_list_narrows_by_role_state_words_and_unit(bank: make.Bank, chen: User, sysadmin: Client) -> None:
    make.user("gone", bank.outlet, Role.UNIT_HEAD, name="老周")
    services.user_disable(actor=make.BUILDER, user_id=User.objects.get(username="gone").pk)
    shown = {
        query: [
            name for name in ("小陈", "老周") if name in sysadmin.get(f"/people/?{query}").content.decode()
        ]
        for query in ("", "state=off", "state=all", "role=handler", "q=chen", "org=0001.0002.", "role=ghost")
    }
    assert shown == {
        "": ["小陈"],
        "state=off": ["老周"],
        "state=all": ["小陈", "老周"],
        "role=handler": ["小陈"],
        "q=chen": ["小陈"],
        "org=0001.0002.": [],
        "role=ghost": ["小陈"],
    }
