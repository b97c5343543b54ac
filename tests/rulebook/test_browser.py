"""The rule book in a real browser: the list by keyboard, examples run, days compared, a calculator, paper, a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import people as make
from xiaobao.kernel.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reader(live_server: Any, page: Page, sign_in: Callable[[Any, Page], None]) -> Page:
    sign_in(make.user("reader", make.bank().office, Role.OFFICER), page)
    page.goto(f"{live_server.url}/rules/")
    return page


def test_the_list_is_narrowed_and_opened_by_keyboard(reader: Page) -> None:
    reader.select_option("select[name=kind]", "text_scan")
    reader.wait_for_url("**kind=text_scan**")
    assert reader.locator("tr[data-row]").count() == 5
    reader.keyboard.press("j")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/rules/MKT-001/")


def test_another_day_shows_another_law(reader: Page) -> None:
    reader.fill(".law-day input[name=q]", "MKT-013")
    reader.fill("input[name=on]", "2026-09-29")
    reader.wait_for_url("**on=2026-09-29**")
    expect(reader.locator("tr[data-row]")).to_contain_text("尚未施行")


def test_the_examples_of_a_rule_are_run_and_explained(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/rules/CMP-003/")
    expect(reader.locator("#examples .card-h")).to_contain_text("7 / 7 通过")
    first = reader.locator("#examples li").first
    first.locator("summary").click()
    expect(first.locator("ol.reasons")).to_contain_text("2026-01-25")
    expect(reader.locator("#uses")).to_contain_text("在原到期日之内")


def test_two_days_are_compared(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/rules/changes/")
    reader.fill("input[name=from]", "2025-12-31")
    reader.fill("input[name=to]", "2026-01-01")
    reader.click("text=比较")
    reader.wait_for_url("**from=2025-12-31**")
    expect(reader.locator(".changed > li")).to_have_count(1)
    expect(reader.locator(".changed")).to_contain_text("网络安全法第二十三条")


def test_a_calculator_answers_and_its_address_says_it_again(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/rules/calc/complaint/")
    reader.fill("input[name=received_on]", "2026-03-01")
    reader.fill("textarea[name=mediation]", "2026-03-05..2026-03-24")
    reader.select_option("[name=mediation_both]", label="是")
    reader.get_by_role("button", name="计算", exact=True).click()
    expect(reader.locator(".conclusion")).to_contain_text("2026-04-05")
    expect(reader.locator(".trace a.cite").first).to_have_attribute("href", "/law/L20/2021-01-01/#a201.1")
    address = reader.locator("#share").input_value()
    reader.goto(f"{live_server.url}/rules/")
    reader.goto(address)
    expect(reader.locator(".conclusion")).to_contain_text("2026-04-05")
    expect(reader.locator(".trace")).to_contain_text("本行口径")


@pytest.mark.parametrize(
    "address",
    [
        "/rules/",
        "/rules/REV-006/",
        "/rules/changes/",
        "/rules/calc/",
        "/rules/calc/complaint/?received_on=2026-03-01",
    ],
)
def test_nothing_runs_over_the_edge(reader: Page, live_server: Any, address: str) -> None:
    reader.goto(f"{live_server.url}{address}")
    for size in ("normal", "large"):
        reader.evaluate(f"document.documentElement.dataset.size = '{size}'")
        for width in (360, 390, 760, 820, 1000):
            reader.set_viewport_size({"width": width, "height": 844})
            wide = reader.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide <= 0, (size, width, wide)


def test_paper_has_the_answer_and_not_the_form(reader: Page, live_server: Any) -> None:
    reader.goto(f"{live_server.url}/rules/calc/complaint/?received_on=2026-03-01")
    reader.emulate_media(media="print")
    expect(reader.locator(".conclusion")).to_be_visible()
    expect(reader.locator(".calc-form")).to_be_hidden()
