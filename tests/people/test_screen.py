"""The pages in a browser: by keyboard alone, and on a phone."""

from __future__ import annotations

import pytest

from tests.factories import people as make
from xiaobao.kernel.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bank():
    return make.bank()


def test_login_by_keyboard_alone(live_server, page, bank):
    make.user("chen", bank.outlet, Role.HANDLER, name="小陈", password=make.PASSWORD)
    page.goto(f"{live_server.url}/accounts/login/?next=/people/me/")
    page.keyboard.type("chen")
    page.keyboard.press("Tab")
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/me/")
    assert page.locator("h1").inner_text() == "我的账户"


def test_wrong_password_is_said_beside_the_form(live_server, page, bank):
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", "chen")
    page.fill("#id_password", "wrong")
    page.keyboard.press("Enter")
    assert "用户名或密码不正确" in page.locator("[role=alert]").inner_text()
    assert page.input_value("#id_login") == "chen"


@pytest.mark.parametrize("path", ["/accounts/login/", "/people/", "/people/me/", "/accounts/2fa/"])
def test_pages_fit_a_phone(live_server, page, bank, sign_in, settings, path):
    settings.SECOND_FACTOR_FOR_ADMINS = False
    page.set_viewport_size({"width": 390, "height": 844})
    if path != "/accounts/login/":
        sign_in(make.user("root1", bank.office, Role.SYSTEM_ADMIN), page)
    page.goto(live_server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_large_text_is_kept_for_the_person(live_server, page, bank, sign_in):
    sign_in(make.user("chen", bank.outlet, Role.HANDLER), page)
    page.goto(f"{live_server.url}/people/me/")
    page.check("input[name=text_size][value=large]")
    page.locator("main button", has_text="保存").click()
    page.wait_for_selector("html[data-size=large]")
