from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

WRONG = "用户名或密码不正确"


@pytest.fixture
def chen(db):
    cache.clear()
    bank = make.bank()
    return make.user("chen", bank.outlet, Role.HANDLER, name="小陈", password=make.PASSWORD)


def login(client, username="chen", password=make.PASSWORD, **query):
    return client.post(reverse("account_login"), {"login": username, "password": password, **query})


def tags():
    return list(AuditEntry.objects.order_by("pk").values_list("tag", flat=True))


def test_login_page_is_the_products_own(chen):
    text = Client().get(reverse("account_login")).content.decode()
    assert "door-mark" in text
    assert "用户名" in text
    assert "Sign" not in text


def test_right_password_enters_and_is_recorded(chen):
    client = Client()
    answer = login(client, next="/people/me/")
    assert answer.headers["Location"] == "/people/me/"
    assert "people:session:login" in tags()
    assert client.get("/people/me/").status_code == 200


def test_name_is_read_in_any_case(chen):
    assert login(Client(), "CHEN").status_code == 302


def test_wrong_password_is_refused_and_recorded(chen):
    answer = login(Client(), password="wrong password 1")
    assert WRONG in answer.content.decode()
    assert "people:session:refuse" in tags()


def test_unknown_name_reads_exactly_like_a_wrong_password(chen):
    known = login(Client(), password="wrong password 1").content.decode()
    unknown = login(Client(), "nobody", "wrong password 1").content.decode()
    strip = lambda text: text[text.index('role="alert"') : text.index("<form")]  # noqa: E731
    assert strip(known) == strip(unknown)


def test_disabled_account_reads_exactly_like_a_wrong_password(chen):
    chen.is_active = False
    chen.save()
    assert WRONG in login(Client()).content.decode()


def test_a_typed_name_that_is_no_account_is_not_kept(chen):
    login(Client(), "my-secret-password", "x")
    entry = AuditEntry.objects.get(tag="people:session:refuse")
    assert "my-secret" not in str(entry.body)


def test_five_wrong_passwords_close_the_door_for_a_while(chen):
    client = Client()
    for _ in range(5):
        login(client, password="wrong password 1")
    assert "尝试次数过多" in login(client).content.decode()


def test_session_id_changes_at_login(chen):
    client = Client()
    client.session["before"] = 1
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["xb-session"] = planted.session_key
    login(client)
    assert client.cookies["xb-session"].value != planted.session_key


def test_logout_kills_the_session_and_is_recorded(chen):
    client = Client()
    login(client)
    kept = client.cookies["xb-session"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["xb-session"] = kept
    assert thief.get("/people/me/").status_code == 302
    assert "people:session:logout" in tags()


def test_get_never_logs_out(chen):
    client = Client()
    login(client)
    client.get(reverse("account_logout"))
    assert client.get("/people/me/").status_code == 200


@pytest.mark.parametrize(("wait", "alive"), [({"minutes": 29}, True), ({"minutes": 31}, False)])
def test_idle_session_ends(chen, wait, alive):
    with ports.use(ports.seeded(7, ports.now())) as run:
        client = Client()
        login(client)
        run.clock.advance(**wait)
        assert (client.get("/people/me/").status_code == 200) is alive


def test_busy_session_ends_after_the_absolute_limit(chen):
    with ports.use(ports.seeded(7, ports.now())) as run:
        client = Client()
        login(client)
        for _ in range(23):
            run.clock.advance(minutes=20)
            assert client.get("/people/me/").status_code == 200
        run.clock.advance(minutes=21)
        assert client.get("/people/me/").status_code == 302


def test_expired_post_leads_back_to_the_form_it_came_from(chen):
    client = Client()
    answer = client.post(
        reverse("people:preferences"),
        {"theme": "dark"},
        headers={"referer": "http://testserver/people/me/?a=1"},
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fpeople%2Fme%2F%3Fa%3D1&expired=1"
    assert "草稿不会丢失" in client.get(answer.headers["Location"]).content.decode()


def test_expired_htmx_request_is_sent_to_the_login_page(chen):
    answer = Client().get("/people/me/", headers={"hx-request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/accounts/login/")


def test_nobody_signs_up(chen):
    assert Client().get("/accounts/signup/").status_code == 404


def test_password_change_refuses_the_old_one_and_a_short_one(chen):
    client = Client()
    login(client)
    for new in (make.PASSWORD, "short"):
        answer = client.post(
            reverse("account_change_password"),
            {"oldpassword": make.PASSWORD, "password1": new, "password2": new},
        )
        assert answer.status_code == 200
        assert "f-err" in answer.content.decode()


def test_one_time_password_must_be_changed_first(chen):
    admin = make.user("root1", make.org("IT", "department", chen.org.parent.parent), Role.SYSTEM_ADMIN)
    once = make.services.user_reset(actor=make.actor(admin), user_id=chen.pk)
    client = Client()
    login(client, password=once)
    assert client.get("/people/me/").headers["Location"] == reverse("account_change_password")
    new = "my own long sentence"
    client.post(reverse("account_change_password"), {"oldpassword": once, "password1": new, "password2": new})
    assert client.get("/people/me/").status_code == 200
    assert tags()[-1] == "people:session:change_password"
