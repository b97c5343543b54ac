"""Lives are told in the order of time, on one clock that never goes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from xiaobao.demo.timeline import Timeline, at_desk
from xiaobao.kernel.ports import SHANGHAI, SettableClock, SystemClock
from xiaobao.rules.calendar import calendar_at

START = datetime(2020, 1, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def _life(
    told: list[tuple[str, datetime]], clock: SettableClock, name: str, *days: int
) -> Iterator[datetime]:
    for day in days:
        yield START + day * DAY
        told.append((name, clock.moment))


def test_steps_of_many_lives_come_in_the_order_of_time() -> None:
    told: list[tuple[str, datetime]] = []
    clock = SettableClock(START)
    timeline = Timeline(clock)
    timeline.add(_life(told, clock, "a", 1, 5))
    timeline.add(_life(told, clock, "b", 2, 3))
    timeline.run(START + 9 * DAY)
    assert [name for name, _ in told] == ["a", "b", "b", "a"]
    assert [moment for _, moment in told] == sorted(moment for _, moment in told)


def test_lives_past_the_end_stay_open_and_can_go_on() -> None:
    told: list[tuple[str, datetime]] = []
    clock = SettableClock(START)
    timeline = Timeline(clock)
    timeline.add(_life(told, clock, "a", 1, 30))
    assert timeline.run(START + 9 * DAY) == 1
    assert clock.moment == START + 9 * DAY
    assert timeline.run(START + 40 * DAY) == 0
    assert len(told) == 2


def test_a_step_that_asks_for_the_past_happens_now() -> None:
    told: list[tuple[str, datetime]] = []
    clock = SettableClock(START)
    timeline = Timeline(clock)
    timeline.add(_life(told, clock, "a", 5, 2))
    timeline.run(START + 9 * DAY)
    assert [moment for _, moment in told] == [START + 5 * DAY] * 2


def test_each_end_of_a_life_is_reported() -> None:
    ends: list[int] = []
    clock = SettableClock(START)
    timeline = Timeline(clock)
    for name in "abc":
        timeline.add(_life([], clock, name, 1))
    timeline.run(START + 2 * DAY, lambda: ends.append(1))
    assert len(ends) == 3


def test_a_clock_that_cannot_be_set_is_refused() -> None:
    with pytest.raises(TypeError):
        Timeline(SystemClock())


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 1, 17, 10, tzinfo=SHANGHAI), "2020-01-17"),
        (datetime(2020, 1, 18, 10, tzinfo=SHANGHAI), "2020-01-19"),  # Sunday, a make-up working day
        (datetime(2020, 1, 24, 10, tzinfo=SHANGHAI), "2020-02-03"),  # the Spring Festival, prolonged
        (datetime(2020, 1, 16, 22, tzinfo=SHANGHAI), "2020-01-17"),
        (datetime(2020, 1, 17, 3, tzinfo=SHANGHAI), "2020-01-17"),
    ],
)
def test_desk_hours_follow_the_calendar(moment: datetime, day: str) -> None:
    desk = at_desk(moment, calendar_at())
    assert desk.date().isoformat() == day
    assert 9 <= desk.hour < 17
