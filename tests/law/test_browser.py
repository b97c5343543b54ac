"""The law library in a real browser: reading at a place, search, two versions side by side, a change's impact."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import people as make
from tests.impact import change
from tests.law import library
from xiaobao.kernel.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(live_server: Any, page: Page, sign_in: Callable[[Any, Page], None], tmp_path: Path) -> Page:
    library.take(library.write(tmp_path))
    sign_in(make.user("reader", make.bank().office, Role.OFFICER), page)
    page.goto(f"{live_server.url}/law/")
    return page


def test_a_citation_opens_at_its_place(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/law/N00/2020-03-01/#a2.1.2")
    place = reader.locator("[id='a2.1.2']")
    expect(place).to_be_in_viewport()
    assert place.evaluate("node => node.matches(':target')")
    reader.click(".toc a >> text=第二章")
    expect(reader.locator("h2", has_text="第二章 办理")).to_be_in_viewport()


def test_an_older_version_is_one_click_away(reader: Page) -> None:
    reader.click("text=试验投诉办法 >> nth=0")
    reader.click(".vers a >> text=2015-01-01")
    expect(reader.locator(".note")).to_contain_text("这是旧版")


def test_words_are_found_and_marked(reader: Page) -> None:
    reader.fill(".law-search input", "延长 告知")
    reader.press(".law-search input", "Enter")
    expect(reader.locator(".law-hits mark").first).to_have_text("延长")
    reader.click(".law-hits a[data-open]")
    reader.wait_for_url("**/law/N00/2020-03-01/#a4")


def test_two_versions_stand_side_by_side(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/law/N00/2015-01-01..2020-03-01/?only=amended")
    old, new = (reader.locator(".pair-amended .both p").nth(at) for at in (0, 1))
    expect(old.locator("ins")).to_have_count(0)
    expect(new.locator("del")).to_have_count(0)
    places = [one.evaluate("node => [node.offsetTop, node.offsetLeft]") for one in (old, new)]
    assert places[0][0] == places[1][0]
    assert places[0][1] < places[1][1]
    reader.set_viewport_size({"width": 390, "height": 844})
    assert reader.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_changed_law_is_read_again_by_its_owner(reader: Page, live_server: Any, tmp_path: Path) -> None:
    folder = tmp_path / "change"
    folder.mkdir()
    library.take(change.write(folder))
    reader.goto(f"{live_server.url}/impact/")
    reader.click("text=试验反洗钱法")
    expect(reader.locator(".layers")).to_contain_text("不同的决定")
    reader.click("text=派发")
    expect(reader.locator("#reviews")).to_contain_text("已出新版本")
    expect(reader.locator("#behaviour")).to_contain_text("2029-06-30")
