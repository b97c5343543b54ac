"""What fingers, keys and paper need: targets large enough, every action by keyboard, a sheet with its clock."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import complaints as make

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

# Links inside a sentence are exempt (WCAG 2.5.8), so is what lies off the screen for readers alone.
SMALL = """
() => Array.from(document.querySelectorAll("a[href],button,input:not([type=hidden]),select,summary,textarea"))
  .filter((node) => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!box.width || !box.height || style.visibility === "hidden") return false;
    if (node.closest(".skip,.sr,svg") || (node.tagName === "INPUT" && node.closest("label"))) return false;
    const beside = Array.from(node.parentElement.childNodes).some((one) => one.nodeType === 3 && one.textContent.trim());
    if (style.display === "inline" && beside) return false;
    return box.width < 24 || box.height < 24;
  }).map((node) => node.outerHTML.slice(0, 90))
"""
FOCUS = """
() => { const node = document.activeElement, style = getComputedStyle(node);
  return node === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none" || node.id === "main"
    || getComputedStyle(node.querySelector("rect,circle") || node).stroke !== "none"; }
"""


@pytest.fixture
def desk(page: Page, transactional_db: Any, sign_in: Callable[..., None]) -> Page:
    """A page signed in as the officer, with a case in hand."""
    from django.core.cache import cache

    cache.clear()
    crew = make.cast()
    make.handling(crew, title="提前还款被收取违约金")
    sign_in(crew.xiaomin, page)
    return page


def open_case(page: Page, base: str) -> None:
    """The page of the one complaint."""
    page.goto(base + "/complaints/")
    page.goto(base + str(page.locator("a[data-open]").first.get_attribute("href")))


def test_targets_are_large_enough_for_a_finger(desk: Page, live_server: Any) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    small = []
    for path in (
        "/",
        "/complaints/",
        "/complaints/new/",
        "/complaints/heat/",
        "/search/?q=违约金",
        "/report/2020/",
    ):
        desk.goto(live_server.url + path)
        small += [f"{path} {html}" for html in desk.evaluate(SMALL)]
    open_case(desk, live_server.url)
    small += desk.evaluate(SMALL)
    assert small == []


def test_on_a_phone_charts_begin_at_the_newest_month_and_show_each_count(
    desk: Page, live_server: Any
) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(live_server.url + "/")
    ends = desk.locator(".chart-scroll[data-end]")
    assert ends.evaluate(
        "box => box.scrollLeft > 0 && box.scrollLeft + box.clientWidth >= box.scrollWidth - 1"
    )
    assert "linear-gradient" in ends.evaluate("box => getComputedStyle(box).backgroundImage")
    # The count ends at 396 of 500 units: it is seen where the box shows that share of the drawing.
    seen = "box => box.clientWidth / box.querySelector('svg').getBoundingClientRect().width"
    assert desk.locator(".chart-scroll.narrow").evaluate(seen) >= 396 / 500
    box = desk.locator("#global-search")
    assert box.get_attribute("placeholder") == "搜索投诉"


def test_large_text_fits_a_phone(desk: Page, live_server: Any) -> None:
    from xiaobao.base.people.models import User

    User.objects.filter(username="xiaomin").update(text_size="large")
    desk.set_viewport_size({"width": 390, "height": 844})
    wide = []
    for path in (
        "/",
        "/complaints/",
        "/complaints/new/",
        "/complaints/heat/",
        "/report/2020/",
        "/people/me/",
        "",
    ):
        open_case(desk, live_server.url) if not path else desk.goto(live_server.url + path)
        assert desk.get_attribute("html", "data-size") == "large"
        over = desk.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        wide += [(desk.url, over)] if over > 0 else []
    assert wide == []


HIDDEN = """
() => { const wide = document.documentElement.clientWidth;
  return Array.from(document.querySelectorAll("main *, header *")).filter((node) => {
    if (!node.getClientRects().length || node.closest("svg,.sr,.skip,thead,.chart-scroll,.heat-scroll,.tabs")) return false;
    const box = node.getBoundingClientRect(), clips = getComputedStyle(node).overflowX !== "visible";
    return box.right > wide + 1 || box.left < -1 || (clips && !node.value && node.scrollWidth > node.clientWidth + 2);
  }).map((node) => node.outerHTML.slice(0, 90)); }
"""


def test_large_text_on_a_phone_cuts_nothing(desk: Page, live_server: Any) -> None:
    from xiaobao.base.people.models import User

    User.objects.filter(username="xiaomin").update(text_size="large")
    desk.set_viewport_size({"width": 390, "height": 844})
    open_case(desk, live_server.url)
    case = desk.url
    cut = []
    for path in ("", "clock/", "propose/", "assign/", "refer/", "investigate/", "parties/1/reveal/"):
        desk.goto(case + path)
        cut += [f"{path} {html}" for html in desk.evaluate(HIDDEN)]
    for path in ("/complaints/new/", "/complaints/notices/", "/search/?q=违约金", "/", "/complaints/"):
        desk.goto(live_server.url + path)
        cut += [f"{path} {html}" for html in desk.evaluate(HIDDEN)]
    assert cut == []
    assert desk.locator("#global-search").evaluate("box => box.clientWidth") > 300
    assert "linear-gradient" in desk.locator(".tabs").evaluate("box => getComputedStyle(box).backgroundImage")


def test_a_draft_is_offered_by_its_title_and_dropped_after_a_question(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/new/")
    desk.fill("#id_title", "半截的事项")
    desk.wait_for_selector("#aside .saved")
    desk.goto(live_server.url + "/complaints/new/")
    assert desk.locator(".drafts a").inner_text() == "半截的事项"
    box = desk.locator(".drafts details").bounding_box()
    assert box is not None
    assert box["height"] < 40
    desk.click(".drafts summary")
    desk.click(".drafts .btn-d")
    desk.wait_for_selector(".messages .note")
    assert desk.locator(".drafts a").count() == 0


def test_a_save_that_waited_does_not_bring_a_registered_draft_back(desk: Page, live_server: Any) -> None:
    from xiaobao.duties.complaints.models import Draft

    def slowly(route: Any) -> None:
        """The command is done, its answer is long on the way: the page still stands."""
        answer = route.fetch(max_redirects=0)
        time.sleep(1.5)
        route.fulfill(response=answer)

    desk.goto(live_server.url + "/complaints/new/")
    for name, words in (("title", "年费"), ("facts", "多收了年费，要求退还。"), ("name", "王小敏")):
        desk.fill(f"#id_{name}", words)
    desk.select_option("#id_channel", index=1)
    desk.select_option("#id_org_code", "33001")
    desk.wait_for_selector("#aside .ok, #aside :text('已保存')")
    desk.route(
        "**/complaints/new/",
        lambda route: slowly(route) if route.request.method == "POST" else route.continue_(),
    )
    desk.fill("#id_request", "退还")
    desk.click("button.btn-p:has-text('登记投诉')")
    desk.wait_for_selector("text=已登记为")
    assert not Draft.objects.exists()


def test_every_step_of_the_keyboard_is_seen_and_the_content_comes_first(desk: Page, live_server: Any) -> None:
    open_case(desk, live_server.url)
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"
    reached, unseen = set(), []
    for _ in range(40):
        desk.keyboard.press("Tab")
        reached.add(desk.evaluate("document.activeElement.textContent.trim()"))
        if not desk.evaluate(FOCUS):
            unseen.append(desk.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    assert unseen == []
    assert {"打印", "更正", "查看明文", "为什么是这一天", "提出处理决定", "分派"} <= reached


def test_the_shortcuts_are_listed_and_each_works(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.keyboard.press("?")
    assert {"/", "j", "k", "Enter", "x", "n", "?", "Esc"} <= set(desk.locator("#help kbd").all_inner_texts())
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    desk.wait_for_url("**/complaints/new/")


def test_a_printed_complaint_carries_its_clock_and_no_navigation(desk: Page, live_server: Any) -> None:
    open_case(desk, live_server.url)
    desk.emulate_media(media="print")
    desk.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert desk.locator(".days").is_visible()
    assert "打印人 林晓敏" in desk.locator(".printed").inner_text()
    assert desk.locator(".crumb .mono").is_visible()
    # Chromium draws what is fixed on every sheet.
    mark = desk.evaluate(
        "(({content, position}) => [content, position])(getComputedStyle(document.querySelector('.printed'), '::after'))"
    )
    assert "林晓敏 2" in mark[0]
    assert mark[1] == "fixed"
    for gone in (".side", ".top", ".page-head .act", ".next-card", ".party .btn"):
        assert not desk.locator(gone).first.is_visible(), gone
    desk.evaluate("window.dispatchEvent(new Event('afterprint'))")
    desk.emulate_media(media="screen")
    assert not desk.locator(".days").is_visible()


def test_the_clock_is_open_on_paper_even_without_a_script(desk: Page, live_server: Any) -> None:
    open_case(desk, live_server.url)
    assert not desk.locator(".days").is_visible()
    desk.emulate_media(media="print")
    assert desk.locator(".days").is_visible()
    assert desk.locator(".reasons").is_visible()


def test_a_printed_list_is_rows_and_nothing_to_click(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + "/complaints/")
    desk.emulate_media(media="print")
    row = desk.locator("table.tbl tbody tr").first
    assert "提前还款被收取违约金" in row.inner_text()
    for kept in (".tbl .c-biz", ".tbl .c-org", ".printed", ".tbl .due b"):
        assert desk.locator(kept).first.is_visible(), kept
    for gone in (".side", ".top", ".filters", ".bulk", ".tbl .ck", ".tbl .op", ".page-head .act"):
        assert not desk.locator(gone).first.is_visible(), gone
    assert (
        desk.evaluate("getComputedStyle(document.querySelector('.tbl thead')).display")
        == "table-header-group"
    )
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_complaint_is_printed_upright_on_few_sheets(desk: Page, live_server: Any) -> None:
    open_case(desk, live_server.url)
    sheets = desk.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", sheets))
    assert boxes
    assert {(int(float(width)), int(float(height))) for width, height in boxes} <= {
        (594, 841),
        (595, 841),
        (595, 842),
    }
    assert 1 <= sheets.count(b"/Type /Page\n") <= 3
