"""The first screen: greeting, figures, order of work, statements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao import site
from xiaobao.duties.complaints.domain.rows import Month, Radar, Workbench
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.duties.complaints.web.desk import _hello, _punctual, landing
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

Text = Callable[..., str]


def test_says_what_to_do_first(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.handling(crew, received_at=make.START - make.days(16), title="逾期的那一件")
    make.handling(crew, received_at=make.START - make.days(15), title="今天到期的那一件")
    body = text_of(office.get("/"))
    assert "上午好，林晓敏。今天先办这 2 件" in body
    assert "1 件已逾期，1 件今日到期" in body
    assert body.index("逾期的那一件") < body.index("今天到期的那一件")


def test_what_is_answered_or_due_tomorrow_is_not_first(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    late = make.START - make.days(16)
    make.delivered(crew, received_at=late, title="已送达的那一件")
    make.handling(crew, received_at=make.START - make.days(14), title="明天到期的那一件")
    make.handling(crew, received_at=late, title="逾期的那一件")
    body = text_of(office.get("/"))
    assert "今天先办这 1 件" in body
    assert "1 件已逾期，今日没有到期" in body
    assert "已送达的那一件" not in body


def test_more_than_the_list_shows_is_not_promised(crew: make.Cast, office: Client, text_of: Text) -> None:
    for _ in range(7):
        make.handling(crew, received_at=make.START - make.days(16))
    body = text_of(office.get("/"))
    assert "今天先办这 6 件" in body
    assert body.count("去办理</a>") == 6
    assert '<a href="/complaints/?tab=open">全部在办 ›</a>' in body


def test_a_handler_is_led_to_the_own_cases(crew: make.Cast, text_of: Text, sign: Any) -> None:
    make.handling(crew)
    body = text_of(sign("xiaochen").get("/"))
    assert '<a href="/complaints/?tab=mine">我经办的 ›</a>' in body


def test_an_empty_bank_is_told_so(office: Client, text_of: Text) -> None:
    body = text_of(office.get("/"))
    assert "目前没有在办的工单" in body
    assert "登记第一件投诉后" in body


def test_each_figure_leads_to_its_records(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.received(crew, channel=Channel.NFRA)
    body = text_of(office.get("/"))
    assert 'href="/complaints/?tab=overdue"' in body
    assert 'href="/complaints/?tab=regulator&amp;from=2026-03-01"' in body


def test_costs_at_most_eight_statements_cold(
    crew: make.Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.closed(crew)
    make.handling(crew)
    office.get("/complaints/")
    from django.core.cache import cache

    cache.clear()
    with django_assert_max_num_queries(8):
        office.get("/")


def test_a_stranger_is_sent_to_the_login(db: Any) -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_post_without_complaints_begins_at_its_own_desk(crew: make.Cast) -> None:
    assert landing(crew.actor("admin")) == "/people/"
    assert landing(crew.actor("admin", roles=frozenset({Role.AUDIT_ADMIN}))) == "/audit/"


def _desk(rate: float | None, overdue: int) -> Workbench:
    now = datetime(2026, 11, 23, 9, tzinfo=ports.SHANGHAI)
    month = Month("2026-11", 0, 0, 2, 0)
    return Workbench(now, overdue, 0, overdue, 0, 0, rate, None, (), Radar((), ""), (), (month,), (), ())


def test_punctuality_is_not_praised_while_overdue_cases_are_open() -> None:
    words = str(_punctual(_desk(100.0, 5)))
    assert "仅计已办结" in words
    assert '<b class="up">另有 5 件逾期未办结</b>' in words
    assert "已达到" not in words
    assert "另有 5 件逾期未办结" in str(_punctual(_desk(None, 5)))
    assert '<b class="down">已达到</b>' in str(_punctual(_desk(100.0, 0)))


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "夜深了"), (4, "夜深了"), (5, "早上好"), (11, "上午好"), (18, "晚上好"), (23, "夜深了")],
)
def test_the_greeting_follows_the_hour(hour: int, words: str) -> None:
    now = datetime(2026, 11, 23, hour, 22, tzinfo=ports.SHANGHAI)
    assert _hello(now, "林晓敏", _desk(None, 0)).startswith(f"{words}，林晓敏。")


def test_the_sheet_prints_the_servers_clock(crew: make.Cast, office: Client, text_of: Text) -> None:
    body = text_of(office.get("/"))
    assert f'<time data-now datetime="{ports.now().isoformat()}">' in body
    script = (Path(site.__file__).parent / "static/xb/xb.js").read_text(encoding="utf-8")
    assert 'timeZone: "Asia/Shanghai"' in script
    assert "new Date()" not in script
