"""Binding a factor and entering with it, whole, in a browser: a passkey on a virtual authenticator, a code of an app."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from tests.factories import people as make
from tests.people.test_second_factor import code_of
from xiaobao.base.audit.models import AuditEntry
from xiaobao.kernel.roles import Role

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from xiaobao.base.people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACCOUNT = re.compile(r"^[^?]*/people/me/$")
INTERNAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def chen(settings: Any) -> User:
    """小陈, with a password; the test's server speaks plain HTTP on localhost."""
    cache.clear()
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    bank = make.bank()
    return make.user("chen", bank.outlet, Role.HANDLER, name="小陈", password=make.PASSWORD)


@pytest.fixture
def key(page: Page) -> Any:
    """The page's authenticator, as a laptop with a fingerprint reader has it; its DevTools session and id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": INTERNAL})
    return session, made["authenticatorId"]


def enter(page: Page, base: str, where: str) -> None:
    """Sign in by password and confirm it once more, as every change of factors asks."""
    page.goto(f"{base}/accounts/login/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    page.goto(base + where)
    if "/reauthenticate/" in page.url:
        page.fill("input[name=password]", make.PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{where}*")


def leave(page: Page, base: str) -> None:
    """Sign out."""
    page.goto(f"{base}/accounts/logout/")
    page.locator("main button").click()
    page.wait_for_load_state()


def credentials(key: Any) -> list[Any]:
    """What the authenticator holds."""
    session, authenticator = key
    return list(session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"])


def bind_key(page: Page, base: str) -> None:
    """Add a passkey that may enter alone."""
    enter(page, base, "/accounts/2fa/webauthn/add/")
    page.fill("#id_name", "办公室电脑")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)


def test_a_passkey_is_made_and_enters_without_a_password(
    live_server: Any, page: Page, chen: User, key: Any
) -> None:
    bind_key(page, live_server.url)
    assert len(credentials(key)) == 1
    assert Authenticator.objects.filter(user=chen, type=Authenticator.Type.WEBAUTHN).count() == 1
    leave(page, live_server.url)
    page.goto(f"{live_server.url}/accounts/login/?next=/people/me/")
    page.click("#passkey_login")
    page.wait_for_url(ACCOUNT)
    assert page.locator("h1").inner_text() == "我的账户"
    assert credentials(key)[0]["signCount"] >= 2
    assert AuditEntry.objects.filter(tag="people:session:login", actor_name="小陈").count() == 2


def test_a_passkey_is_the_second_step_after_the_password(
    live_server: Any, page: Page, chen: User, key: Any
) -> None:
    bind_key(page, live_server.url)
    leave(page, live_server.url)
    page.goto(f"{live_server.url}/accounts/login/?next=/people/me/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/2fa/authenticate/**")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(ACCOUNT)


def test_another_authenticator_does_not_enter(live_server: Any, page: Page, chen: User, key: Any) -> None:
    bind_key(page, live_server.url)
    leave(page, live_server.url)
    session, authenticator = key
    session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    page.goto(f"{live_server.url}/people/me/")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey_said:visible")
    assert "没有本系统的通行密钥" in page.inner_text("#passkey_said")
    assert "/accounts/login/" in page.url


def test_a_code_of_the_app_is_bound_and_asked_for(live_server: Any, page: Page, chen: User) -> None:
    enter(page, live_server.url, "/accounts/2fa/totp/activate/")
    secret = page.locator(".hint .mono").inner_text()
    page.fill("input[name=code]", code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/totp/activate/" not in url)
    leave(page, live_server.url)
    cache.clear()
    page.goto(f"{live_server.url}/accounts/login/?next=/people/me/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/2fa/authenticate/**")
    page.fill("input[name=code]", code_of(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(ACCOUNT)
