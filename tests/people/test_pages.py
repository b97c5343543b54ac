from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from xiaobao.kernel.roles import Role


@pytest.fixture
def bank(db):
    return make.bank()


@pytest.fixture
def enter(settings):
    settings.SECOND_FACTOR_FOR_ADMINS = False

    def signed_in(person):
        client = Client()
        client.force_login(person)
        return client

    return signed_in


MINE = [
    "people:me",
    "mfa_index",
    "usersessions_list",
    "account_logout",
    "mfa_list_webauthn",
    "account_change_password",
]


@pytest.mark.parametrize("name", MINE)
def test_own_pages_are_chinese_and_free_of_inline_code(bank, enter, name):
    page = enter(make.user("chen", bank.outlet, Role.HANDLER, name="小陈", password=make.PASSWORD)).get(
        reverse(name)
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "style=" not in text
    assert "onclick" not in text
    assert "小陈" in text


def test_system_admin_makes_an_account_and_hands_over_a_one_time_password(bank, enter):
    client = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    page = client.post(
        reverse("people:create"), {"username": "Zhou", "display_name": "老周", "org_code": "B1"}
    )
    assert page.status_code == 200
    assert "一次性密码" in page.content.decode()


def test_unknown_unit_keeps_what_was_typed(bank, enter):
    client = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    page = client.post(
        reverse("people:create"), {"username": "zhou", "display_name": "老周", "org_code": "XX"}
    )
    assert page.status_code == 400
    assert "没有找到该机构" in page.content.decode()
    assert "老周" in page.content.decode()


def test_tree_counts_people_of_the_whole_subtree(bank, enter):
    make.user("chen", bank.outlet, Role.HANDLER)
    page = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN)).get(reverse("people:users"))
    assert "省分行</span><small>1 人</small>" in page.content.decode()
    assert "总行</span><small>2 人</small>" in page.content.decode()


def test_people_page_costs_at_most_eight_statements(bank, enter, django_assert_max_num_queries):
    client = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    with django_assert_max_num_queries(8):
        client.get(reverse("people:users"))


def test_a_page_costs_two_statements_for_session_and_person(bank, enter, django_assert_num_queries):
    client = enter(make.user("chen", bank.outlet, Role.HANDLER))
    client.get("/nowhere/")  # the numbers beside the menu are counted once and kept for a while
    with django_assert_num_queries(2):
        client.get("/nowhere/")


def test_security_admin_changes_roles_on_screen(bank, enter):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    client = enter(make.user("sec1", bank.office, Role.SECURITY_ADMIN))
    page = client.post(
        reverse("people:roles", args=[chen.pk]), {"roles": ["unit_head"], "reason": "岗位调整"}
    )
    chen.refresh_from_db()
    assert page.status_code == 303
    assert chen.roles == ["unit_head"]


def test_disable_asks_first_and_then_ends_the_session(bank, enter):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    his = enter(chen)
    admin = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    address = reverse("people:disable", args=[chen.pk])
    assert "停用后立即不能登录" in admin.get(address).content.decode()
    assert admin.post(address, {"reason": "离职"}).status_code == 303
    assert his.get(reverse("people:me")).status_code == 302


def test_own_account_offers_no_changes(bank, enter):
    sec = make.user("sec1", bank.office, Role.SECURITY_ADMIN)
    text = enter(sec).get(reverse("people:user", args=[sec.pk])).content.decode()
    assert "须由另一位管理员变更" in text
    assert "变更角色</button>" not in text


def test_preferences_are_kept_on_the_server(bank, enter):
    chen = make.user("chen", bank.outlet, Role.HANDLER)
    client = enter(chen)
    client.post(reverse("people:preferences"), {"text_size": "large", "next": "/people/me/"})
    assert 'data-size="large"' in client.get(reverse("people:me")).content.decode()


def test_preferences_never_lead_to_another_site(bank, enter):
    client = enter(make.user("chen", bank.outlet, Role.HANDLER))
    page = client.post(reverse("people:preferences"), {"theme": "dark", "next": "https://evil.example/"})
    assert page.headers["Location"] == "/"


def test_a_new_token_is_given_to_whom_must_first_add_a_factor_and_to_no_stranger(bank, enter, settings):
    settings.SECOND_FACTOR_FOR_ADMINS = True
    admin = enter(make.user("root1", bank.office, Role.SYSTEM_ADMIN))
    given = admin.get(reverse("people:token"))
    assert (given.status_code, given.headers["Content-Type"]) == (200, "text/plain")
    assert len(given.content) == 64
    assert "no-store" in given.headers["Cache-Control"]
    assert Client().get(reverse("people:token")).status_code == 302
