"""Many at once in a browser: who goes and who stays is read before the click, and comes true."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import complaints as make

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_person_reads_who_goes_before_the_click(
    page: Page, transactional_db: Any, sign_in: Callable[..., None], live_server: Any
) -> None:
    crew = make.cast()
    ready, unproved, early = make.delivered(crew), make.replied(crew), make.handling(crew)
    sign_in(crew.xiaomin, page)
    page.goto(live_server.url + "/complaints/")
    page.check("[data-pick-all]")
    page.click("[data-bulk] button[value=close]")
    rows = {no: page.locator("tr[data-row]", has_text=no) for no in (ready.no, unproved.no, early.no)}
    assert "填好下表即可办" in rows[ready.no].inner_text()
    assert "登记送达日期和送达凭证" in rows[unproved.no].inner_text()
    assert "先办“提出处理决定”" in rows[early.no].inner_text()
    assert "CMP-014" in page.inner_text(".asked")
    page.fill("#id_cause", "违约金披露不足")
    page.click("text=确认办结 1 件")
    page.wait_for_selector("h1:has-text('1 件已办结，2 件还不能办')")
    stayed = page.locator("tr[data-row]", has_text=early.no).inner_text()
    assert "处理中" in stayed
    assert "“办结”要到“已答复”才能办" in stayed
    assert "请刷新" not in page.inner_text("main")
