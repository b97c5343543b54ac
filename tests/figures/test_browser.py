"""The report and the journal in a browser: no script error, nothing refused by the policy, no sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.audit.journal import drop_triggers, person, write
from tests.factories import people as make
from tests.figures.annual import full, registered_figure
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.audit.sequencer import sequence
from xiaobao.base.audit.services import journal_check
from xiaobao.base.figures.services import figure_freeze
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("XB_PICTURES", "")


def opened(page: Any, live_server: Any, name: str, *args: Any) -> Any:
    """The page at this address; it must not be wider than the screen."""
    page.goto(live_server.url + reverse(name, args=args))
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{name} scrolls sideways by {wide}"
    if PICTURES:
        page.screenshot(
            path=f"{PICTURES}/{name.replace(':', '-')}-{page.viewport_size['width']}.png", full_page=True
        )
    return page


@pytest.fixture
def bank(settings: Any) -> make.Bank:
    settings.SECOND_FACTOR_FOR_ADMINS = False
    return make.bank()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_figure_is_opened_frozen_and_checked(
    page: Any, live_server: Any, sign_in: Callable[..., None], bank: make.Bank, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(make.user("leader", bank.office, Role.LEADER, name="老周"), page)
    rows = full(120)
    with registered_figure(rows):
        figure_freeze(actor=person(Role.LEADER), figure_id="F99", year=2020)
        rows.rows["TS2020009999"] = (2020, "0001.0002.")
        opened(page, live_server, "figures:year", 2020)
        opened(page, live_server, "figures:figure", 2020, "F99")
        assert page.get_by_text("摘要重算一致").is_visible()
        opened(page, live_server, "figures:freeze", 2020, "F99")
        page.get_by_label("原因").fill("补录一笔")
        page.get_by_role("button", name="确认定稿").click()
        page.get_by_role("heading", name="全年监测客户投诉 121 笔").wait_for()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_broken_link_is_read_and_explained(
    page: Any, live_server: Any, sign_in: Callable[..., None], bank: make.Bank, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(make.user("auditor", bank.head, Role.AUDIT_ADMIN, name="审计员"), page)
    entry = write(3)[1]
    sequence()
    drop_triggers("audit_auditentry")
    AuditEntry.objects.filter(pk=entry.pk).update(actor_name="小陈")
    journal_check(actor=system_actor("审计核验"))
    opened(page, live_server, "audit:list")
    opened(page, live_server, "audit:entry", entry.pk)
    opened(page, live_server, "audit:heads")
    opened(page, live_server, "audit:verify")
    page.get_by_label("说明原因").fill("迁移脚本误改一行，已核对备份")
    page.get_by_role("button", name="提交说明").click()
    page.get_by_text("已核对备份").wait_for()
