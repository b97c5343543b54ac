"""Many lives told in the order of time: each is a generator that says when its next step comes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from xiaobao.kernel.ports import SHANGHAI, Clock, SettableClock
from xiaobao.rules.calendar import Calendar

Life = Iterator[datetime]
OPENS, CLOSES = 9, 17
MOMENT = timedelta(minutes=1)
"""The story ends this long before the present, so that nothing in it lies ahead of a real clock."""


class Timeline:
    """Runs lives step by step on one clock that only moves forward."""

    def __init__(self, clock: Clock) -> None:
        if not isinstance(clock, SettableClock):
            raise TypeError("a timeline needs a clock it can set")
        self.clock = clock
        self._waiting: list[tuple[datetime, int, Life]] = []
        self._started = 0

    def add(self, life: Life) -> None:
        """Take in a life; its first `yield` says when it begins."""
        self._started += 1
        self._next(self._started, life)

    def run(self, until: datetime, on_life: Callable[[], None] = lambda: None) -> int:
        """Play every step up to `until`; how many lives are still open. `on_life` is called at each end."""
        while self._waiting and self._waiting[0][0] <= until:
            moment, number, life = heapq.heappop(self._waiting)
            self.clock.set(max(moment, self.clock.moment))
            if not self._next(number, life):
                on_life()
        self.clock.set(max(until, self.clock.moment))
        return len(self._waiting)

    def _next(self, number: int, life: Life) -> bool:
        moment = next(life, None)
        if moment is not None:
            heapq.heappush(self._waiting, (moment, number, life))
        return moment is not None


def at_desk(moment: datetime, calendar: Calendar) -> datetime:
    """The moment itself in office hours of a working day, or the start of the next ones."""
    local = moment.astimezone(SHANGHAI)
    if local.hour >= CLOSES:
        local = _morning(local + timedelta(days=1))
    elif local.hour < OPENS:
        local = _morning(local)
    while not calendar.is_working(local.date()):
        local = _morning(local + timedelta(days=1))
    return local


def _morning(moment: datetime) -> datetime:
    return moment.replace(hour=OPENS, minute=5 + moment.minute % 40)
