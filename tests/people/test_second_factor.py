from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from tests.factories import people as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.people import services
from xiaobao.kernel.roles import Role


@pytest.fixture
def bank(db):
    cache.clear()
    return make.bank()


@pytest.fixture
def chen(bank):
    return make.user("chen", bank.outlet, Role.HANDLER, name="小陈", password=make.PASSWORD)


def code_of(secret):
    counters = list(totp.yield_hotp_counters_from_time())
    return totp.format_hotp_value(totp.hotp_value(secret, counters[len(counters) // 2]))


def password(client, name="chen"):
    return client.post("/accounts/login/", {"login": name, "password": make.PASSWORD})


def again(client):
    """Confirm the password once more, as every change of factors asks."""
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})


def bound(person):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(person, secret)
    return secret


def test_password_alone_does_not_enter_once_a_factor_is_bound(chen):
    bound(chen)
    client = Client()
    assert password(client).headers["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/people/me/").status_code == 302
    assert "第二步验证" in client.get("/accounts/2fa/authenticate/").content.decode()


def test_code_of_the_app_enters_and_works_once(chen):
    secret = bound(chen)
    first, second = Client(), Client()
    code = code_of(secret)
    password(first)
    first.post("/accounts/2fa/authenticate/", {"code": code})
    assert first.get("/people/me/").status_code == 200
    password(second)
    second.post("/accounts/2fa/authenticate/", {"code": code})
    assert second.get("/people/me/").status_code == 302


def test_wrong_code_is_refused_and_recorded(chen):
    bound(chen)
    client = Client()
    password(client)
    answer = client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert answer.status_code == 200
    assert AuditEntry.objects.filter(tag="people:session:refuse_factor").exists()


def test_recovery_code_enters_once(chen):
    bound(chen)
    code = RecoveryCodes.activate(chen).get_unused_codes()[0]
    for expected in (200, 302):
        client = Client()
        password(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/people/me/").status_code == expected


def test_binding_an_app_on_screen(chen, django_capture_on_commit_callbacks):
    client = Client()
    password(client)
    again(client)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    secret = re.search(r'<span class="mono">([A-Z2-7]+)</span>', page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=chen, type="totp").exists()
    assert AuditEntry.objects.filter(tag="people:session:add_factor").count() == 2


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN])
def test_admin_posts_must_bind_a_factor_first(bank, role):
    client = Client()
    person = make.user("root1", bank.office, role, password=make.PASSWORD)
    password(client, "root1")
    assert client.get("/people/").headers["Location"] == "/accounts/2fa/?required=1"
    assert "请先绑定第二因素" in client.get("/accounts/2fa/?required=1").content.decode()
    bound(person)
    assert client.get("/people/").status_code == 200


def test_security_admin_takes_a_lost_factor_away(bank, chen):
    bound(chen)
    admin = make.actor(make.user("sec1", bank.office, Role.SECURITY_ADMIN))
    assert services.user_revoke_factors(actor=admin, user_id=chen.pk, reason="手机丢失") == 1
    client = Client()
    password(client)
    assert client.get("/people/me/").status_code == 200


def test_sensitive_change_asks_for_the_password_again(chen):
    client = Client()
    password(client)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert "再次确认身份" in client.get(answer.headers["Location"]).content.decode()
    again(client)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200


def test_passkey_pages_are_ready(chen):
    client = Client()
    password(client)
    again(client)
    page = client.get("/accounts/2fa/webauthn/add/").content.decode()
    assert "creation_options" in page
    options = Client().get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert "challenge" in options.json()["request_options"]["publicKey"]


def test_ending_one_session_ends_only_that_one(chen):
    from allauth.usersessions.models import UserSession

    here, there = Client(), Client()
    password(here)
    password(there)
    other = UserSession.objects.get(session_key=there.session.session_key)
    asked = here.get(f"/people/me/sessions/{other.pk}/end/").content.decode()
    assert "马上退出登录" in asked
    assert there.get("/people/me/").status_code == 200
    assert here.post(f"/people/me/sessions/{other.pk}/end/").status_code == 303
    assert there.get("/people/me/").status_code == 302
    assert here.get("/people/me/").status_code == 200
