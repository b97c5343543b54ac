"""Min, max and distinct while a window moves: what enters and what leaves, never the whole window."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any

from xiaobao.engines.fraud.windows import Aggregate

Value = int | float | str | None


def plain(aggregate: Aggregate, values: Sequence[Any]) -> Value:
    """Min, max or distinct of all these values; those that are missing are left out."""
    values = [value for value in values if value is not None]
    if aggregate is Aggregate.DISTINCT:
        return len(set(values))
    if not values:
        return None
    extreme: Value = min(values) if aggregate is Aggregate.MIN else max(values)
    return extreme


class Mover:
    """Min, max or distinct over a window whose two edges only move forward."""

    __slots__ = ("_aggregate", "_counts", "_high", "_low", "_queue")

    def __init__(self, aggregate: Aggregate, base: int) -> None:
        self._aggregate = aggregate
        self._low = self._high = base
        self._counts: dict[Any, int] = {}
        self._queue: deque[tuple[int, Any]] = deque()

    def move(self, column: Sequence[Any], low: int, high: int, base: int) -> Value:
        """The aggregate of `column[low:high]`; `base` is how many rows were trimmed before row 0."""
        low, high = low + base, high + base
        start = max(self._high, low) if self._aggregate is not Aggregate.DISTINCT else self._high
        for place in range(start, high):
            self._enter(place, column[place - base])
        if self._aggregate is Aggregate.DISTINCT:
            for place in range(self._low, low):
                self._leave(column[place - base])
        while self._queue and self._queue[0][0] < low:
            self._queue.popleft()
        self._low, self._high = low, high
        if self._aggregate is Aggregate.DISTINCT:
            return len(self._counts)
        return self._queue[0][1] if self._queue else None

    def _enter(self, place: int, value: Any) -> None:
        if value is None:
            return
        if self._aggregate is Aggregate.DISTINCT:
            self._counts[value] = self._counts.get(value, 0) + 1
            return
        queue, smallest = self._queue, self._aggregate is Aggregate.MIN
        while queue and (queue[-1][1] >= value if smallest else queue[-1][1] <= value):
            queue.pop()
        queue.append((place, value))

    def _leave(self, value: Any) -> None:
        if value is None:
            return
        left = self._counts[value] - 1
        if left:
            self._counts[value] = left
        else:
            del self._counts[value]
