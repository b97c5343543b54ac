"""A complaint from intake to the investigation with nothing but keys: what is reached is seen, faults are led to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.complaints.web.test_reach import FOCUS
from tests.factories import complaints as make

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AT = "document.activeElement.id || document.activeElement.textContent.trim()"


@pytest.fixture
def desk(browser: Any, transactional_db: Any, sign_in: Callable[..., None]) -> Iterator[Page]:
    """A page signed in as the officer; a refusal is part of the walk."""
    from django.core.cache import cache

    from tests.browser import fresh_page

    cache.clear()
    with fresh_page(browser) as page:
        sign_in(make.cast().xiaomin, page)
        yield page


def tab_to(page: Page, name: str) -> None:
    """On by Tab until the control of this id or words; every stop on the way is seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS), page.evaluate("document.activeElement.outerHTML.slice(0, 90)")
        if page.evaluate(AT) == name:
            return
    pytest.fail(f"{name} is not reached by Tab")


def fill(page: Page, **typed: str) -> None:
    """Type into the fields in the order of the page."""
    for name, words in typed.items():
        tab_to(page, f"id_{name}")
        page.keyboard.type(words)


def test_a_refused_form_leads_to_its_faults(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/")
    desk.keyboard.press("n")
    desk.wait_for_url("**/complaints/new/")
    tab_to(desk, "登记投诉")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#errsum")
    assert desk.evaluate(AT) == "errsum"
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert desk.evaluate(AT) == "id_title"


def test_from_intake_to_the_investigation(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/new/")
    fill(desk, title="多收年费", facts="客户来电称多收年费，要求退还。")
    for name in ("channel", "org_code"):
        tab_to(desk, f"id_{name}")
        desk.keyboard.press("ArrowDown")
    fill(desk, name="王小敏", phone="13800001234")
    tab_to(desk, "登记投诉")
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile(r"/complaints/\d+/$"))
    for step in ("受理", "分派"):
        tab_to(desk, step)
        desk.keyboard.press("Enter")
        desk.wait_for_selector("dialog[open] form[method=post]")
        desk.keyboard.press("Escape")
        assert desk.evaluate(AT) == step
        desk.keyboard.press("Enter")
        desk.wait_for_selector("dialog[open] form[method=post]")
        if step == "受理":
            assert desk.evaluate(AT) == "id_duplicates_seen"
            desk.keyboard.press("Space")
        tab_to(desk, step)
        desk.keyboard.press("Enter")
        desk.wait_for_selector(f".note-success:has-text('已{step}')")
    tab_to(desk, "记录调查、上传证据")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("dialog[open] #id_text")
    assert desk.evaluate(AT) == "id_text"
    desk.keyboard.type("调阅合同与双录")
    fill(desk, none_because="电子件在信贷系统")
    tab_to(desk, "调查取证")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".note-success:has-text('已调查取证')")
    assert "调阅合同与双录" in desk.inner_text(".case-main")
