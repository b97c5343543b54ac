"""An expired login in the middle of a form costs nothing that was typed: in a page and in a dialog."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session

from tests.factories import complaints as make

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def bank(transactional_db: Any) -> make.Cast:
    """The cast on the real clock."""
    from django.core.cache import cache

    cache.clear()
    return make.cast()


@pytest.fixture
def quiet(browser: Any) -> Any:
    """A page that may be refused: a 401 is what these tests are about."""
    from tests.browser import fresh_page

    with fresh_page(browser) as opened:
        yield opened


@pytest.fixture
def desk(quiet: Page, bank: make.Cast, sign_in: Callable[..., None]) -> Page:
    """A page signed in as the officer."""
    sign_in(bank.xiaomin, quiet)
    return quiet


def come_back(page: Page, bank: make.Cast, sign_in: Callable[..., None]) -> None:
    """Sign in again elsewhere and return to the window."""
    sign_in(bank.xiaomin, page)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#expired", state="detached")


def test_a_registration_waits_for_the_new_login(
    desk: Page, live_server: Any, bank: make.Cast, sign_in: Callable[..., None]
) -> None:
    desk.goto(live_server.url + "/complaints/new/")
    desk.select_option("#id_channel", "phone")
    desk.select_option("#id_org_code", "33001")
    desk.fill("#id_name", "王小敏")
    desk.fill("#id_phone", "13800001234")
    desk.fill("#id_facts", "客户来电，称办理提前还款时被收取违约金，签约时无人告知。")
    desk.fill("#id_title", "提前还款被收取违约金")
    Session.objects.all().delete()
    desk.click(".reg-foot .btn-p")
    desk.wait_for_selector("#expired")
    assert desk.input_value("#id_title") == "提前还款被收取违约金"
    come_back(desk, bank, sign_in)
    desk.click(".reg-foot .btn-p")
    desk.wait_for_url(re.compile(r"/complaints/\d+/$"))
    assert "提前还款被收取违约金" in desk.inner_text("h1")


def test_a_dialog_keeps_its_text_until_the_new_login(
    desk: Page, live_server: Any, bank: make.Cast, sign_in: Callable[..., None]
) -> None:
    done = make.handling(bank)
    desk.goto(f"{live_server.url}/complaints/{done.complaint_id}/")
    desk.locator(".case-main a[data-dialog]", has_text="记录调查").click()
    desk.fill("dialog #id_text", "调阅合同与双录")
    desk.fill("dialog #id_none_because", "电子件在信贷系统")
    Session.objects.all().delete()
    desk.click("dialog .btn-p")
    desk.wait_for_selector("dialog #expired")
    assert desk.input_value("dialog #id_text") == "调阅合同与双录"
    come_back(desk, bank, sign_in)
    desk.click("dialog .btn-p")
    desk.wait_for_selector(".note-success")
    assert "调阅合同与双录" in desk.inner_text(".case-main")


def test_without_script_the_login_leads_back_to_the_draft(
    bank: make.Cast, live_server: Any, browser: Any
) -> None:
    from xiaobao.duties.complaints import services

    services.draft_save(actor=bank.actor("xiaomin"), key="k" * 32, payload={"title": "半截的事项"})
    bank.xiaomin.set_password("the-moon-2026")
    bank.xiaomin.save()
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?expired=1&next=/complaints/new/%3Fdraft%3D{'k' * 32}")
    page.fill("input[name=login]", "xiaomin")
    page.fill("input[name=password]", "the-moon-2026")
    page.click("form .door-btn >> nth=0")
    assert page.input_value("#id_title") == "半截的事项"
    context.close()
