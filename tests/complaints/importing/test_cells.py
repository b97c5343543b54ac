"""One cell: what is accepted, what is refused, and with which words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xiaobao.duties.complaints.domain.intake_formats.cells import Cells

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def codes(cells: Cells) -> list[str]:
    return [fault.code for fault in cells.faults]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019/3/5 15:36:21", "2019-03-05T15:36:21+08:00"),
        ("2019-11-01 8:02:05", "2019-11-01T08:02:05+08:00"),
        ("2026-01-10", "2026-01-10T00:00:00+08:00"),
        ("２０２６-０１-１０", "2026-01-10T00:00:00+08:00"),
        ("2026年1月10日", "2026-01-10T00:00:00+08:00"),
        ("20260110", "2026-01-10T00:00:00+08:00"),
    ],
)
def test_a_date_is_read_on_shanghais_clock(text: str, iso: str) -> None:
    cells = Cells({"时间": text})
    moment = cells.moment("时间", now=NOW)
    assert moment is not None
    assert moment.isoformat() == iso


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("2026-01-10 25:00:00", "date_impossible"),
        ("昨天", "date_impossible"),
        ("2026-11-24", "date_future"),
        ("1899-12-30", "date_too_early"),
        ("", "missing"),
    ],
)
def test_an_impossible_date_names_its_rule(text: str, code: str) -> None:
    cells = Cells({"时间": text})
    assert cells.moment("时间", now=NOW, required=True) is None
    assert codes(cells) == [code]
    assert cells.faults[0].wrong
    assert cells.faults[0].remedy


@pytest.mark.parametrize(
    ("text", "currency", "fen"),
    [("1,234.50元", "", 123450), ("￥5", "", 500), ("CNY 12", "", 1200), ("３.5", "CNY", 350)],
)
def test_an_amount_becomes_fen(text: str, currency: str, fen: int) -> None:
    assert Cells({"金额": text}).amount_fen("金额", currency=currency) == fen


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("100", "", "amount_without_currency"),
        ("-100元", "", "amount_negative"),
        ("1.005元", "", "amount_too_fine"),
        ("一百元", "", "amount_unreadable"),
        ("USD 100", "CNY", "amount_foreign"),
        ("100", "USD", "amount_foreign"),
        ("1" + "0" * 30 + "元", "", "amount_too_large"),
        ("NaN", "CNY", "amount_unreadable"),
    ],
)
def test_a_bad_amount_is_a_fault(text: str, currency: str, code: str) -> None:
    cells = Cells({"金额": text})
    assert cells.amount_fen("金额", currency=currency) is None
    assert codes(cells) == [code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("有\x00空字节", "nul"),
        ("有\x07响铃", "control"),
        ("有\x85", "control"),
        ("字" * 40_001, "too_long"),
        ("字" * 100_000, "too_long"),
        ('=HYPERLINK("http://x","点")', "formula"),
        ("@SUM(A1:A9)", "formula"),
        ("+cmd|' /C calc'!A0", "formula"),
        ("#NAME?", "sheet_error"),
    ],
)
def test_prose_that_is_no_prose_is_refused(text: str, code: str) -> None:
    cells = Cells({"内容": text})
    assert cells.prose("内容") == ""
    assert codes(cells) == [code]


@pytest.mark.parametrize("text", ["-----\n你好", "@客服 你好", "+1 支持楼上", "第一行\n第二行\t制表"])
def test_prose_may_begin_like_a_formula_and_be_none(text: str) -> None:
    cells = Cells({"内容": text})
    assert cells.prose("内容") == text
    assert not cells.faults


def test_a_short_text_never_begins_like_a_formula() -> None:
    cells = Cells({"投诉人": "-王敏"})
    cells.text("投诉人")
    assert codes(cells) == ["formula"]


def test_a_control_character_is_named_with_its_place() -> None:
    cells = Cells({"内容": "投诉\x07"})
    cells.prose("内容")
    assert "U+0007" in cells.faults[0].wrong
    assert "第 3 个字符" in cells.faults[0].wrong


def test_line_breaks_are_made_one() -> None:
    assert Cells({"内容": "一\r\n二\r三"}).prose("内容") == "一\n二\n三"


def test_unseen_characters_are_dropped() -> None:
    assert Cells({"标题": "\u200b扰民\ufeff"}).text("标题") == "扰民"


def test_the_sources_word_for_nothing_is_nothing() -> None:
    cells = Cells({"Tags": "None"}, nothing=frozenset({"None"}))
    assert cells.raw("Tags") == ""


def test_a_missing_text_is_reported_once() -> None:
    cells = Cells({})
    cells.text("标题", required=True)
    assert codes(cells) == ["missing"]
