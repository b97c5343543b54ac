"""Every calendar day of a clock: counted, paused or not counted, with its reason."""

from __future__ import annotations

from datetime import date

from xiaobao.rules.book import book
from xiaobao.rules.calendar import calendar_at
from xiaobao.rules.complaint_clock import ClockFacts, Overlay, Pause, PauseKind
from xiaobao.rules.complaint_days import DayRow, DayStatus, day_table
from xiaobao.rules.values import Unit

MAR_1 = date(2026, 3, 1)


def by_day(rows: list[DayRow]) -> dict[date, DayRow]:
    return {row.day: row for row in rows}


def test_mediation_days_are_paused_and_the_last_day_is_the_fifteenth() -> None:
    pause = Pause(PauseKind.MEDIATION, date(2026, 3, 5), date(2026, 3, 24))
    rows = day_table(ClockFacts(MAR_1, pauses=(pause,)), book())
    assert [row.status for row in rows].count(DayStatus.PAUSED) == 20
    assert (rows[0].status, rows[-1].day, rows[-1].number) == (DayStatus.START, date(2026, 4, 5), 15)
    assert rows[-1].reason == "自然日（清明节，照常计入）"
    assert by_day(rows)[date(2026, 3, 5)].cite == "N00@2020-03-01:23"


def test_days_before_new_facts_no_longer_count() -> None:
    rows = day_table(ClockFacts(MAR_1, new_facts_on=(date(2026, 3, 10),)), book())
    assert [row.status for row in rows].count(DayStatus.BEFORE) == 9
    assert by_day(rows)[date(2026, 3, 10)].status is DayStatus.START


def test_working_days_name_the_notice_that_moves_them() -> None:
    """Scenario 1: the festival as first arranged, then as extended."""
    own = Overlay("E-1", "应急期限", 6, Unit.WORKING_DAY, date(2020, 1, 1))
    facts = ClockFacts(date(2020, 3, 2))
    rows = day_table(facts, book(), calendar_at(), own)
    assert rows[-1].day == date(2020, 3, 10)
    spring = Overlay("E-2", "应急期限", 3, Unit.WORKING_DAY, date(2020, 1, 1))
    may = day_table(ClockFacts(date(2020, 4, 30)), book(), calendar_at(), spring)
    table = by_day(may)
    assert table[date(2020, 5, 1)].reason == "劳动节放假"
    assert table[date(2020, 5, 1)].cite == "国办发明电〔2019〕16号"
    assert table[date(2020, 5, 8)].number == 3


def test_a_make_up_saturday_counts() -> None:
    own = Overlay("E-1", "应急期限", 2, Unit.WORKING_DAY, date(2020, 1, 1))
    table = by_day(day_table(ClockFacts(date(2026, 10, 8)), book(), None, own))
    assert table[date(2026, 10, 10)].reason == "国庆节调休上班"
    assert table[date(2026, 10, 10)].number == 2


def test_nothing_binds_nothing_is_listed() -> None:
    assert day_table(ClockFacts(date(2020, 1, 2)), book()) == []
