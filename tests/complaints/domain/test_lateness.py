"""Natural days from receipt to answer, and how many were later than a limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain.lateness import LIMITS, SHANGHAI, lateness, natural_days

MOMENTS = st.integers(1_300_000_000, 1_900_000_000).map(
    lambda second: datetime.fromtimestamp(second, SHANGHAI)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+08:00")


@pytest.mark.parametrize(
    ("received", "replied", "days"),
    [
        ("2026-01-10T23:59:59", "2026-01-11T00:00:00", 1),
        ("2026-01-10T00:00:00", "2026-01-10T23:59:59", 0),
        ("2026-01-10T09:00:00", "2026-01-25T23:59:59", 15),
        ("2026-01-10T23:00:00", "2026-01-26T01:00:00", 16),
    ],
)
def test_the_first_day_is_not_counted_and_the_last_is(received: str, replied: str, days: int) -> None:
    assert natural_days(at(received), at(replied)) == days


def test_days_are_shanghais_whatever_the_zone() -> None:
    assert natural_days(datetime(2026, 1, 9, 17, tzinfo=UTC), datetime(2026, 1, 10, 15, tzinfo=UTC)) == 0


def test_what_is_not_answered_is_counted_apart() -> None:
    found = lateness([(at("2026-01-10T00:00"), None), (at("2026-01-10T00:00"), at("2026-03-12T00:00"))])
    assert (found.answered, found.unanswered) == (1, 1)
    assert found.later_than == {15: 1, 30: 1, 60: 1}


@given(st.lists(st.tuples(MOMENTS, st.integers(0, 90 * 86_400))))
def test_counts_agree_with_a_naive_reading(told: list[tuple[datetime, int]]) -> None:
    pairs = [(received, received + timedelta(seconds=seconds)) for received, seconds in told]
    found = lateness(pairs)
    for limit in LIMITS:
        late = [1 for received, replied in pairs if replied.date() > received.date() + timedelta(days=limit)]
        assert found.later_than[limit] == len(late)
        assert found.full_days[limit] <= found.later_than[limit]
    assert found.later_than[60] <= found.later_than[30] <= found.later_than[15] <= found.answered
