"""Which of the places that rules struck become findings: one a place and topic, and not thousands of one rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import Hit

MOST = 200  # findings of one rule that a report lists; of the rest it tells the number


class Strike(NamedTuple):
    """A hit of a rule with its span in the document as it was written; an empty span means the whole piece."""

    rule: Rule
    hit: Hit
    start: int
    end: int


class _Topic:
    """The places of one topic that are taken; they never overlap, so a new one is held against its neighbours only."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._whole: set[str] = set()

    def takes(self, strike: Strike) -> bool:
        """Whether the place was free; it is not any more."""
        if strike.end <= strike.start:
            is_free = strike.rule.id not in self._whole
            self._whole.add(strike.rule.id)
            return is_free
        at = bisect_left(self._starts, strike.end)
        if at and self._ends[at - 1] > strike.start:
            return False
        self._starts.insert(at, strike.start)
        self._ends.insert(at, strike.end)
        return True


def settled(strikes: Iterable[Strike]) -> list[Strike]:
    """In order of place; of those on one topic that overlap, the gravest stays, then the closest rule's, then the longest."""
    topics: dict[str, _Topic] = {}
    kept = [
        strike
        for strike in sorted(strikes, key=_weight)
        if topics.setdefault(strike.rule.topic, _Topic()).takes(strike)
    ]
    return sorted(kept, key=lambda one: (one.start, one.end, one.rule.id))


def _weight(strike: Strike) -> tuple[int, bool, int, int, str]:
    rule = strike.rule
    return -rule.severity.rank, rule.general, strike.start - strike.end, strike.start, rule.id


def listed(strikes: Iterable[Strike]) -> tuple[list[Strike], tuple[str, ...]]:
    """The first of each rule, at most MOST, and in words how many more there are."""
    counts: Counter[str] = Counter()
    kept = []
    more: dict[str, Rule] = {}
    for strike in strikes:
        counts[strike.rule.id] += 1
        if counts[strike.rule.id] <= MOST:
            kept.append(strike)
        else:
            more[strike.rule.id] = strike.rule
    told = (
        f"{rule.topic}（{name}）共 {counts[name]} 处，列出前 {MOST} 处，其余 {counts[name] - MOST} 处未逐一列出"
        for name, rule in more.items()
    )
    return kept, tuple(told)
