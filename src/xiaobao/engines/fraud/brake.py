"""The brake: a rule that suddenly stops too many people falls back to shadow by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from xiaobao.engines.fraud.rules import Outcome, Rule


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` and at most `share` of the decisions in the last `span` ms may reach `outcome`.

    The share counts only once `minimum` decisions were made in the span.
    """

    outcome: Outcome
    span: int
    count: int
    share: float
    minimum: int = 200


@dataclass(frozen=True, slots=True)
class Incident:
    """A breach: which limit, at what moment, how many of how many, and the rule that was set aside."""

    moment: int
    outcome: Outcome
    reached: int
    of: int
    rule: str


class Brake:
    """Counts outcomes over event time and names the rule to be set aside on a breach."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = tuple(limits)
        self._all: list[deque[int]] = [deque() for _ in limits]
        self._reached: list[deque[int]] = [deque() for _ in limits]
        self.shadowed: set[str] = set()
        self.incidents: list[Incident] = []

    def state(self) -> list[Any]:
        """Everything a snapshot needs, as plain lists."""
        moments = [
            [list(every), list(reached)] for every, reached in zip(self._all, self._reached, strict=True)
        ]
        return [moments, sorted(self.shadowed), self.incidents]

    def restore(self, state: Sequence[Any]) -> None:
        """Take over what `state()` of the same limits returned."""
        moments, shadowed, incidents = state
        for place, (every, reached) in enumerate(moments):
            self._all[place], self._reached[place] = deque(every), deque(reached)
        self.shadowed = set(shadowed)
        self.incidents = [msgspec.convert(incident, Incident) for incident in incidents]

    def observe(self, moment: int, outcome: Outcome, fired: Sequence[Rule]) -> Incident | None:
        """Takes a decision into account; an incident when it broke a limit."""
        breach: Incident | None = None
        for place, limit in enumerate(self._limits):
            every, reached = self._all[place], self._reached[place]
            every.append(moment)
            if outcome >= limit.outcome:
                reached.append(moment)
            _forget(every, moment - limit.span)
            _forget(reached, moment - limit.span)
            if breach is None and _broken(limit, len(reached), len(every)):
                breach = self._set_aside(moment, limit, len(reached), len(every), fired)
                reached.clear()
        return breach

    def _set_aside(
        self, moment: int, limit: Limit, reached: int, of: int, fired: Sequence[Rule]
    ) -> Incident | None:
        candidates = [rule for rule in fired if rule.id not in self.shadowed]
        if not candidates:
            return None
        newest = max(candidates, key=lambda rule: (rule.since, rule.order))
        self.shadowed.add(newest.id)
        incident = Incident(moment, limit.outcome, reached, of, newest.id)
        self.incidents.append(incident)
        return incident


def _forget(moments: deque[int], before: int) -> None:
    while moments and moments[0] <= before:
        moments.popleft()


def _broken(limit: Limit, reached: int, of: int) -> bool:
    return reached > limit.count or (of >= limit.minimum and reached > limit.share * of)
