"""What only a browser shows: keys, dialogs, drafts while typing, phones, both themes, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280)
PAGES = (
    "/",
    "/complaints/",
    "/complaints/new/",
    "/complaints/heat/",
    "/complaints/notices/",
    "/search/?q=违约金",
    "/rules/",
    "/rules/CMP-005/",
)


@pytest.fixture
def bank(transactional_db: Any) -> Any:
    """The cast, one complaint in hand and one closed, on the real clock."""
    from django.core.cache import cache

    from tests.factories import complaints as make

    cache.clear()
    crew = make.cast()
    make.handling(crew, title="提前还款被收取违约金")
    make.closed(crew)
    return crew


@pytest.fixture
def paths(bank: Any) -> tuple[str, ...]:
    """Every kind of page, with a case in hand, its clock, a step's form and a look in clear."""
    from xiaobao.duties.complaints.selectors import complaint_list

    case = f"/complaints/{complaint_list(actor=bank.actor('xiaomin')).rows[0].id}/"
    return (*PAGES, case, f"{case}clock/", f"{case}propose/", f"{case}assign/", f"{case}parties/1/reveal/")


@pytest.fixture
def cookie(bank: Any, live_server: Any) -> dict[str, str]:
    """The officer's session as a browser carries it."""
    client = Client()
    client.force_login(bank.xiaomin)
    return {"name": "xb-session", "value": client.cookies["xb-session"].value, "url": live_server.url}


@pytest.fixture
def desk(page: Page, cookie: Any) -> Page:
    """A page signed in as the officer."""
    page.context.add_cookies([cookie])
    return page


def test_keys_walk_the_list_and_open_a_row(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.keyboard.press("j")
    assert desk.locator("tr.at").count() == 1
    desk.keyboard.press("x")
    assert desk.locator("[data-picked]").inner_text() == "1"
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/complaints/*/")


def test_slash_goes_to_the_search_and_question_mark_to_the_help(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.keyboard.press("?")
    assert desk.locator("#help").is_visible()
    desk.keyboard.press("Escape")
    assert not desk.locator("#help").is_visible()
    desk.keyboard.press("/")
    assert desk.evaluate("document.activeElement.id") == "global-search"


def test_a_step_opens_in_a_dialog_and_takes_effect(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.locator("a[data-open]").first.click()
    desk.locator(".case-main a[data-dialog]", has_text="记录调查").click()
    desk.fill("dialog #id_text", "调阅合同与双录")
    desk.fill("dialog #id_none_because", "电子件在信贷系统")
    desk.locator("dialog .btn-p").click()
    desk.wait_for_selector(".note-success")
    assert "调阅合同与双录" in desk.inner_text(".case-main")


def test_escape_closes_the_dialog_and_gives_the_focus_back(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.locator("a[data-open]").first.click()
    desk.locator(".next a[data-dialog]").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_selector("dialog[open]")
    desk.keyboard.press("Escape")
    assert desk.locator("dialog[open]").count() == 0
    assert desk.evaluate("document.activeElement.closest('.next') !== null")


def test_a_draft_is_kept_while_typing(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/new/")
    desk.fill("#id_title", "提前还款被收取违约金")
    desk.fill("#id_phone", "13800001234")
    desk.wait_for_selector("#aside .saved, #aside .dups")
    assert "联系电话相同" in desk.inner_text("#aside")
    desk.goto(live_server.url + "/complaints/new/")
    desk.locator(".note-info a").first.click()
    assert desk.input_value("#id_title") == "提前还款被收取违约金"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_scrolls_sideways(
    browser: Browser, cookie: Any, live_server: Any, paths: tuple[str, ...], width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    context.add_cookies([cookie])
    page = context.new_page()
    wide = []
    for path in paths:
        page.goto(live_server.url + path)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [(path, over)] if over > 0 else []
    context.close()
    assert wide == []


def test_the_menu_works_on_a_phone_without_script(browser: Browser, cookie: Any, live_server: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(live_server.url + "/")
    assert not page.locator(".side nav").is_visible()
    page.click(".menu-btn")
    page.click(".side nav a[href='/complaints/']")
    assert "投诉工单" in page.title()
    context.close()


@pytest.fixture
def themed(bank: Any) -> Any:
    """A way to set the officer's look."""
    from xiaobao.base.people.models import User

    return lambda **look: User.objects.filter(pk=bank.xiaomin.pk).update(**look)


CONTRAST = """
() => {
  const rgb = (text) => { const m = text.match(/[\\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m; };
  const light = (c) => { const f = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const ground = (node) => { for (; node; node = node.parentElement) {
    const style = getComputedStyle(node); if (style.backgroundImage !== "none") return null;
    const c = rgb(style.backgroundColor); if (c && (c.length < 4 || c[3] === 1)) return c; } return [255, 255, 255]; };
  const poor = [];
  for (const node of document.querySelectorAll("main *, header *, aside *")) {
    if (node.closest("svg,option,.sr,[hidden],details:not([open])")) continue;
    if (!Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.textContent.trim())) continue;
    if (!node.getClientRects().length) continue;
    const ink = rgb(getComputedStyle(node).color), paper = ground(node);
    if (!ink || !paper) continue;
    const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(node.className + " " + node.textContent.trim().slice(0, 20) + " " + ratio.toFixed(2));
  }
  return poor;
}
"""


@pytest.mark.parametrize("look", [{"theme": ""}, {"theme": "dark"}, {"theme": "", "text_size": "large"}])
def test_text_is_readable_in_every_look(
    browser: Browser, themed: Any, cookie: Any, live_server: Any, paths: tuple[str, ...], look: dict[str, str]
) -> None:
    themed(**look)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([cookie])
    page = context.new_page()
    poor = []
    for path in paths:
        page.goto(live_server.url + path)
        poor += [f"{path} {words}" for words in page.evaluate(CONTRAST)]
    context.close()
    assert poor == []
