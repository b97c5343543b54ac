"""The frame of every page: the menu each post sees, its current line, the look."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role
from xiaobao.site.navigation import MENU, menu
from xiaobao.site.shell import shell_of


def actor(*roles: Role) -> Actor:
    return Actor(1, "林晓敏", frozenset(roles), "0001.", "0001.")


def lines(groups: Any) -> list[str]:
    return [line.label for _, group in groups for line in group]


def test_every_address_of_the_menu_exists() -> None:
    for _, entries in MENU:
        for entry in entries:
            assert reverse(entry.url_name)


@pytest.mark.parametrize(
    ("role", "seen", "unseen"),
    [
        (Role.OFFICER, "投诉工单", "审计日志"),
        (Role.AUDIT_ADMIN, "审计日志", "投诉工单"),
        (Role.SECURITY_ADMIN, "人员与机构", "工作台"),
    ],
)
def test_each_post_sees_its_own_menu(role: Role, seen: str, unseen: str) -> None:
    found = lines(menu(actor(role), ""))
    assert seen in found
    assert unseen not in found


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SYSTEM, Role.INTEGRATION)])
def test_no_line_of_the_menu_refuses_the_post_that_sees_it(db: None, role: Role) -> None:
    client = Client()
    client.force_login(people.user("asker", people.bank().office, role))
    opened = {
        line.href: client.get(line.href).status_code for _, group in menu(actor(role), "") for line in group
    }
    assert opened
    assert set(opened.values()) <= {200, 302}, opened


def test_nobody_sees_no_menu() -> None:
    assert menu(None, "") == []


@pytest.mark.parametrize(
    ("view", "label"),
    [
        ("complaints:workbench", "工作台"),
        ("complaints:propose", "投诉工单"),
        ("complaints:heat", "投诉热力图"),
        ("rulebook:rule", "规则册"),
        ("rulebook:calculator", "计算器"),
        ("figures:year", "年度报告"),
    ],
)
def test_one_line_is_current_and_it_is_the_nearest(view: str, label: str) -> None:
    current = [line.label for _, group in menu(actor(Role.OFFICER), view) for line in group if line.current]
    assert current == [label]


@pytest.mark.parametrize(
    ("theme", "size", "shown"),
    [
        ("", "", ("light", "normal")),
        ("dark", "large", ("dark", "large")),
        ("pink", "huge", ("light", "normal")),
    ],
)
def test_the_look_is_one_of_the_known(theme: str, size: str, shown: tuple[str, str]) -> None:
    request: Any = SimpleNamespace(
        user=SimpleNamespace(theme=theme, text_size=size),
        actor=None,
        resolver_match=None,
        GET={},
        _messages=(),
    )
    frame = shell_of(request)
    assert (frame.theme, frame.size) == shown
    assert not frame.is_known


def test_a_page_without_a_request_still_has_a_frame() -> None:
    assert shell_of(None).groups == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "offered"), [(Role.OFFICER, True), (Role.EXAMINER, True), (Role.SYSTEM_ADMIN, False)]
)
def test_the_search_is_offered_to_those_who_may_read_what_it_finds(role: Role, offered: bool) -> None:
    asked = SimpleNamespace(
        actor=actor(role), user=None, resolver_match=None, GET={}, _messages=[], COOKIES={}, META={}
    )
    assert bool(shell_of(asked).search) is offered  # type: ignore[arg-type]
