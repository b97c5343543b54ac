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


def test_a_draft_that_was_not_saved_says_so_and_is_saved_after_the_new_login(
    desk: Page, live_server: Any, bank: make.Cast, sign_in: Callable[..., None]
) -> None:
    from xiaobao.duties.complaints import selectors

    desk.goto(live_server.url + "/complaints/new/")
    desk.fill("#id_title", "提前还款")
    desk.wait_for_selector("#aside .saved:has-text('已保存')")
    Session.objects.all().delete()
    desk.fill("#id_title", "提前还款被收取违约金")
    desk.wait_for_selector("#aside .unsaved")
    card = desk.locator("#aside [data-draft-state]")
    assert "没有保存" in card.inner_text()
    assert "已保存" not in card.inner_text()
    assert card.locator("a[target=_blank][href^='/accounts/login/']").inner_text() == "重新登录"
    desk.wait_for_selector("#expired")
    come_back(desk, bank, sign_in)
    desk.wait_for_selector("#aside .saved:has-text('已保存')")
    key = desk.input_value("input[name=draft_key]")
    kept = selectors.draft_get(actor=bank.actor("xiaomin"), key=key)
    assert kept is not None
    assert kept["title"] == "提前还款被收取违约金"


def test_a_system_that_is_away_is_not_called_saved(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/new/")
    desk.fill("#id_title", "提前还款")
    desk.wait_for_selector("#aside .saved:has-text('已保存')")
    desk.route("**/complaints/new/draft/", lambda route: route.fulfill(status=503, body="away"))
    desk.fill("#id_title", "提前还款被收")
    desk.wait_for_selector("#aside .unsaved:has-text('系统暂时不可用')")
    desk.route("**/complaints/new/draft/", lambda route: route.abort())
    desk.fill("#id_title", "提前还款被收取")
    desk.wait_for_selector("#aside .unsaved:has-text('连不上系统')")


def test_an_old_page_goes_through_after_a_login_in_another_window(
    desk: Page, live_server: Any, bank: make.Cast, sign_in: Callable[..., None]
) -> None:
    done = make.handling(bank)
    desk.goto(f"{live_server.url}/complaints/{done.complaint_id}/refer/")
    desk.fill("#id_number", "转办〔2026〕7号")
    desk.select_option("#id_body", index=1)
    log_in_elsewhere(desk, live_server.url, bank)
    with desk.expect_navigation():
        desk.click(".sheet .btn-p")
    assert "页面已过期" not in desk.inner_text("body")
    assert desk.input_value("#id_number") == "转办〔2026〕7号"
    assert "收到来函的日期" in desk.inner_text("#errsum")


def log_in_elsewhere(page: Page, base: str, bank: make.Cast) -> None:
    """A real login in another window of the same browser: a new session and a new token."""
    page.context.clear_cookies(name="xb-session")
    bank.xiaomin.set_password("the-moon-2026")
    bank.xiaomin.save()
    other = page.context.new_page()
    other.goto(f"{base}/accounts/login/")
    other.fill("input[name=login]", "xiaomin")
    other.fill("input[name=password]", "the-moon-2026")
    other.click("form .door-btn >> nth=0")
    other.wait_for_selector(".who-menu")
    other.close()


def test_without_script_nothing_typed_is_lost_by_a_new_login(
    bank: make.Cast, live_server: Any, browser: Any, sign_in: Callable[..., None]
) -> None:
    done = make.handling(bank)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(bank.xiaomin, page)
    page.goto(f"{live_server.url}/complaints/{done.complaint_id}/investigate/")
    page.fill("#id_text", "调阅合同与双录：“原文”\n第二行 <b>")
    page.fill("#id_none_because", "电子件在信贷系统")
    Session.objects.all().delete()
    page.click(".sheet .btn-p")
    assert page.inner_text("h1") == "登录已失效，还没有提交"
    log_in_elsewhere(page, live_server.url, bank)
    page.click("text=继续 >> nth=-1")
    assert "还没有提交" in page.inner_text("#errsum")
    assert page.input_value("#id_text") == "调阅合同与双录：“原文”\n第二行 <b>"
    page.click(".sheet .btn-p")
    assert "电子件在信贷系统" in page.inner_text(".case-main")
    context.close()
