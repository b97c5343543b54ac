"""The second implementation: every window by looking at every event that arrived before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from xiaobao.engines.fraud.windows import Aggregate, Window


def feature(window: Window, events: Sequence[Mapping[str, Any]], at: int) -> Any:
    """The window's value for `events[at]`, from all events that arrived up to it."""
    event = events[at]
    moment = event["occurred_at"]
    known = sorted(
        (
            (other["occurred_at"], place, other)
            for place, other in enumerate(events[: at + 1])
            if _same(window, event, other)
        ),
        key=lambda entry: entry[:2],
    )
    inside = [
        other
        for when, _, other in known
        if moment - window.length - window.delay < when <= moment - window.delay
    ]
    before = [when for when, place, _ in known if (when, place) < (moment, at)]
    return _aggregate(window, [other.get(window.value) for other in inside], moment, before)


def _same(window: Window, event: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    kept = all(other[condition.field] == condition.constant for condition in window.where)
    return other[window.entity] == event[window.entity] and kept


def _aggregate(window: Window, values: list[Any], moment: int, before: list[int]) -> Any:
    if window.aggregate is Aggregate.SECONDS_SINCE:
        recent = before and before[-1] > moment - window.length
        return (moment - before[-1]) / 1000 if recent else None
    if window.aggregate in (Aggregate.SUM, Aggregate.MEAN, Aggregate.STDDEV):
        values = [value or 0 for value in values]
    elif window.aggregate in (Aggregate.MIN, Aggregate.MAX, Aggregate.DISTINCT):
        values = [value for value in values if value is not None]
    return PLAIN[window.aggregate](values)


def _spread(values: list[int]) -> float:
    if not values:
        return 0.0
    mean = sum(values) / len(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values))


PLAIN = {
    Aggregate.COUNT: len,
    Aggregate.SUM: sum,
    Aggregate.MEAN: lambda values: sum(values) / len(values) if values else 0,
    Aggregate.MIN: lambda values: min(values, default=None),
    Aggregate.MAX: lambda values: max(values, default=None),
    Aggregate.DISTINCT: lambda values: len(set(values)),
    Aggregate.LAST: lambda values: values[-1] if values else None,
    Aggregate.STDDEV: _spread,
}
