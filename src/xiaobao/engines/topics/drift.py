"""Week by week: how the shares of the topics and of the abstentions move against the weeks before."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_BEFORE = 8  # weeks a week is compared with
_ALARM = 0.2  # population stability index from which a distribution counts as moved
_NONE = "（未判定）"


@dataclass(frozen=True, slots=True)
class Week:
    """One week from its Monday: its complaints, share of abstentions, index against the weeks before.

    `index` is None in the first weeks and in weeks of fewer than 20 complaints: too little to compare.
    """

    monday: date
    count: int
    abstained: float
    index: float | None
    risen: tuple[tuple[str, float], ...]

    @property
    def has_moved(self) -> bool:
        """Whether somebody should look."""
        return self.index is not None and self.index >= _ALARM


def weekly(judged: Iterable[tuple[date, str | None]]) -> list[Week]:
    """The weeks of (day, topic or None for an abstention), oldest first, each against the eight before it."""
    weeks: dict[date, Counter[str]] = defaultdict(Counter)
    for day, topic in judged:
        weeks[day - timedelta(day.weekday())][topic or _NONE] += 1
    mondays = sorted(weeks)
    return [_week(monday, weeks, [one for one in mondays if one < monday][-_BEFORE:]) for monday in mondays]


def _week(monday: date, weeks: dict[date, Counter[str]], before: list[date]) -> Week:
    now = weeks[monday]
    earlier: Counter[str] = sum((weeks[one] for one in before), Counter())
    count = now.total()
    is_comparable = count >= 20 and earlier.total() >= 20
    gains = {topic: now[topic] / count - _share(earlier, topic) for topic in now}
    risen = sorted(((topic, gain) for topic, gain in gains.items() if gain > 0.05), key=lambda one: -one[1])
    return Week(
        monday=monday,
        count=count,
        abstained=now[_NONE] / count,
        index=_index(now, earlier) if is_comparable else None,
        risen=tuple(risen[:3]) if is_comparable else (),
    )


def _index(now: Counter[str], earlier: Counter[str]) -> float:
    """Population stability index over topics; half a complaint stands in for none."""
    total = 0.0
    topics = set(now) | set(earlier)
    for topic in topics:
        new = (now[topic] + 0.5) / (now.total() + 0.5 * len(topics))
        old = (earlier[topic] + 0.5) / (earlier.total() + 0.5 * len(topics))
        total += (new - old) * math.log(new / old)
    return total


def _share(counts: Counter[str], topic: str) -> float:
    return counts[topic] / counts.total() if counts else 0.0
