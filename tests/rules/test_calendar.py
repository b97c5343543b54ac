"""Working days: the State Council's notices, their versions, and what lies beyond them."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.groups import SHARED
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules import calendar_files
from xiaobao.rules.calendar import Calendar, OutsideCalendar, calendar_at, calendar_known_on, versions
from xiaobao.rules.notices import parse

ORIGINAL, EXTENDED = "2019-11-21", "2020-01-26"


@pytest.mark.real
def test_agrees_with_the_reference_table() -> None:
    file = SHARED / "data/reference/holiday_cn_2007_2026.csv"
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    entries = calendar_at().entries
    assert {date.fromisoformat(row["date"]): row["off_or_work"] == "off" for row in rows} == {
        day: entry.is_off for day, entry in entries.items()
    }


def test_spring_festival_of_2020_as_first_arranged_and_as_extended() -> None:
    first, then = calendar_at(ORIGINAL), calendar_at(EXTENDED)
    assert [first.is_working(date(2020, 1, 30) + timedelta(n)) for n in range(5)] == [
        False,
        True,
        True,
        False,
        True,
    ]
    assert [then.is_working(date(2020, 1, 30) + timedelta(n)) for n in range(5)] == [False] * 4 + [True]
    assert first.is_working(date(2020, 1, 19))
    assert then.is_working(date(2020, 1, 19))


def test_five_working_days_over_the_make_up_sunday() -> None:
    """Scenario 1 of the complaints: Friday 2020-01-17, Sunday 01-19 works, the festival does not."""
    assert calendar_at(ORIGINAL).add_working(date(2020, 1, 17), 5) == date(2020, 1, 23)
    assert calendar_at(ORIGINAL).add_working(date(2020, 1, 17), 6) == date(2020, 1, 31)
    assert calendar_at(EXTENDED).add_working(date(2020, 1, 17), 6) == date(2020, 2, 3)


def test_known_on_a_day_is_what_people_could_know() -> None:
    assert calendar_known_on(date(2020, 1, 25)).version == ORIGINAL
    assert calendar_known_on(date(2020, 1, 26)).version == EXTENDED
    assert calendar_at().version == versions()[-1]


def test_seven_working_days_over_the_autumn_holidays() -> None:
    assert calendar_at().add_working(date(2026, 9, 25), 7) == date(2026, 10, 12)


def test_beyond_the_table_the_year_is_named_and_bounded() -> None:
    with pytest.raises(OutsideCalendar) as caught:
        calendar_at().add_working(date(2026, 12, 28), 7)
    facts = caught.value.facts
    assert facts["year"] == 2027
    assert date(2027, 1, 1) <= facts["earliest"] < facts["latest"]
    assert "2027年的放假安排未录入" in caught.value.say


def test_the_bound_holds_when_the_year_arrives() -> None:
    """What 2020's table would have said of 2021, and what 2021 then was."""
    before, after = calendar_at("2020-01-26"), calendar_at("2020-11-25")
    for length in (4, 7, 10, 30, 60):
        start = date(2020, 12, 28)
        with pytest.raises(OutsideCalendar) as caught:
            before.add_working(start, length)
        facts = caught.value.facts
        assert facts["earliest"] <= after.add_working(start, length) <= facts["latest"]


def test_before_the_table_is_refused_too() -> None:
    with pytest.raises(OutsideCalendar, match="2006"):
        calendar_at().is_working(date(2006, 6, 1))
    with pytest.raises(OutsideCalendar):
        calendar_at().add_working(date(2006, 6, 1), 3)


def test_a_yearly_file_extends_the_table(tmp_path: Path) -> None:
    (tmp_path / "2027.csv").write_text("notice,2026-11-20,,likely,测试\n2027-01-01,off,元旦\n", "utf-8")
    known = Calendar((*calendar_files.recorded(), *calendar_files.recorded(tmp_path)))
    assert known.add_working(date(2026, 12, 31), 1) == date(2027, 1, 4)


@pytest.mark.parametrize(
    "line", ["2027-02-30,off,元旦", "2027-01-01,holiday,元旦", "2031-01-01,off,元旦", "notice,x,,likely,测试"]
)
def test_a_faulty_file_names_the_line(line: str) -> None:
    text = f"notice,2026-11-20,,likely,测试\n{line}\n"
    with pytest.raises(InvalidInput, match=r"2027\.csv第2行"):
        parse(text, year=2027, name="2027.csv")


def test_between_counts_what_adding_gives() -> None:
    known = calendar_at()
    for length in (1, 5, 22):
        end = known.add_working(date(2026, 4, 30), length)
        assert known.working_between(date(2026, 4, 30), end) == length


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(InvalidInput, match="没有1999-01-01"):
        calendar_at("1999-01-01")
