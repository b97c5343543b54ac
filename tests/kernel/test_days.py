"""Natural days, months and years, and what people type for a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.kernel import days
from xiaobao.kernel.errors import InvalidInput

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DATES, st.integers(-600, 600))
def test_months_keep_the_day_or_take_the_last(start: date, months: int) -> None:
    due = days.add_months(start, months)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months
    assert due.day == min(start.day, days.month_length(due.year, due.month))


@given(DATES, DATES, st.integers(0, 240))
def test_months_are_monotone(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))
    assert days.add_months(early, months) <= days.add_months(late, months)


@given(DATES)
def test_what_is_printed_is_read_again(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}", days.day_zh(day)):
        assert days.parse_day(text) == day


@given(DATES)
def test_the_month_ends_where_the_next_begins(day: date) -> None:
    last = day.replace(day=days.month_length(day.year, day.month))
    assert (last + days.ONE_DAY).day == 1


def test_full_width_digits_are_read() -> None:
    assert days.parse_day("２０２６－０１－１０") == date(2026, 1, 10)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "day.impossible"),
        ("2026-13-01", "day.impossible"),
        ("昨天", "day.unreadable"),
        ("", "day.unreadable"),
        ("2026-1-1x", "day.unreadable"),
    ],
)
def test_no_day_is_refused_with_its_field(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        days.parse_day(text, field="received_on")
    assert (caught.value.code, caught.value.field) == (code, "received_on")


def test_moments_are_on_shanghais_clock() -> None:
    assert days.parse_moment("2026-03-01 09:00").utcoffset() == days.SHANGHAI.utcoffset(None)
    assert days.parse_moment("2026-03-01T01:00+00:00").hour == 9
    with pytest.raises(InvalidInput, match=r"moment\.unreadable"):
        days.parse_moment("九点")


def test_the_day_in_shanghai_begins_eight_hours_early() -> None:
    assert days.day_of(datetime(2026, 1, 25, 16, 0, tzinfo=UTC)) == date(2026, 1, 26)
    assert days.day_of(datetime(2026, 1, 25, 15, 59, tzinfo=UTC)) == date(2026, 1, 25)


@given(DATES)
def test_a_day_ends_where_the_next_starts(day: date) -> None:
    assert days.end_of(day) == days.start_of(day + days.ONE_DAY)
    assert days.day_of(days.start_of(day)) == day


def test_weekdays_in_chinese() -> None:
    assert [days.weekday_zh(date(2026, 11, 23 + n)) for n in range(7)] == [
        f"星期{c}" for c in "一二三四五六日"
    ]
