"""Pure parts of the pages: marked hits, articles in words, days of the clock, short reasons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from xiaobao.duties.complaints.domain.rows import ClockStep, ClockView
from xiaobao.duties.complaints.domain.values import DueSource
from xiaobao.duties.complaints.web.articles import article_words, rule_article
from xiaobao.duties.complaints.web.page import clock_lines, reasons
from xiaobao.duties.complaints.web.search import marked

START = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "terms", "shown"),
    [
        ("提前还款违约金", ("违约金",), "提前还款<mark>违约金</mark>"),
        ("<b>费</b>", ("费",), "&lt;b&gt;<mark>费</mark>&lt;/b&gt;"),
        ("App 与 APP", ("app",), "<mark>App</mark> 与 <mark>APP</mark>"),
        ("利率(年化)", ("(年化)",), "利率<mark>(年化)</mark>"),
        ("没有", (), "没有"),
    ],
)
def test_hits_are_marked_and_the_rest_escaped(text: str, terms: tuple[str, ...], shown: str) -> None:
    assert str(marked(text, terms)) == shown


def test_citations_are_written_out() -> None:
    assert article_words("N00@2020-03-01:18.1") == "《投诉办法》第十八条第一款"
    assert article_words("监消转〔2026〕00675号") == "监消转〔2026〕00675号"


def test_a_rule_names_its_article() -> None:
    assert rule_article("CMP-003").endswith("第十八条第一款")
    assert rule_article("CMP-999") == ""


def clock() -> ClockView:
    due = START + timedelta(days=5)
    steps = (
        ClockStep("reason", START, due, 0, "收到当日不计入", "CMP-003", "L20@2021-01-01:201.1"),
        ClockStep("skipped", START, START, 1, "起算当日不计入"),
        ClockStep("counted", START + timedelta(days=1), START + timedelta(days=2), 2, "自然日，计入"),
        ClockStep("paused", START + timedelta(days=3), START + timedelta(days=3), 1, "鉴定期间不计入"),
        ClockStep("counted", START + timedelta(days=4), due, 2, "自然日，计入"),
    )
    return ClockView(due, due, DueSource.LEGAL, "CMP-003", "2020-03-01", "", "2025-11-04", False, steps)


def test_every_day_is_shown_once_with_its_number() -> None:
    lines = clock_lines(clock())
    assert [line.on for line in lines] == [(START + timedelta(days=n)).isoformat() for n in range(6)]
    assert [line.number for line in lines] == ["—", "1", "2", "—", "3", "4"]
    assert [line.is_due for line in lines] == [False] * 5 + [True]


def test_the_reasons_come_before_the_days_with_their_article() -> None:
    assert reasons(clock()) == [
        ("收到当日不计入", "《民法典》第二百零一条第一款", "/law/L20/2021-01-01/#a201.1")
    ]
