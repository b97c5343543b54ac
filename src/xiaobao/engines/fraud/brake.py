"""The brake: a rule that suddenly stops too many people falls back to shadow by itself."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from xiaobao.engines.fraud.controls import Lift
from xiaobao.engines.fraud.rules import Outcome, Rule

KEPT = 1_000  # incidents
_MENDED = "规则已修改并重新启用"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` and at most `share` of the decisions in the last `span` ms may reach `outcome`.

    The share counts only once `minimum` decisions were made in the span. With `rule`, only decisions
    count in which that rule fired, and it is the one that is set aside.
    """

    outcome: Outcome
    span: int
    count: int
    share: float
    minimum: int = 200
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """A breach: which limit, at what moment, how many of how many, and the rule that was set aside.

    No rule where none had made it: a list, or the fail policy. A rule that acts again has a `reason`, and
    where people lifted it their names and the time (ms).
    """

    moment: int
    outcome: Outcome
    reached: int
    of: int
    rule: str
    number: int = 0
    limit: Limit | None = None
    lifted_by: str = ""
    approved_by: str = ""
    reason: str = ""
    lifted_at: int = 0


class Brake:
    """Counts outcomes over event time and names the rule to be set aside on a breach."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = tuple(limits)
        self._all: list[deque[int]] = [deque() for _ in limits]
        self._reached: list[deque[int]] = [deque() for _ in limits]
        self.shadowed: set[str] = set()
        self._aside: dict[str, str] = {}  # rule -> what it said when it was set aside
        self.incidents: list[Incident] = []

    def state(self) -> list[Any]:
        """Everything a snapshot needs, as plain lists."""
        moments = [
            [list(every), list(reached)] for every, reached in zip(self._all, self._reached, strict=True)
        ]
        return [moments, sorted(self.shadowed), self.incidents, _limits_of(self._limits), self._aside]

    def restore(self, state: Sequence[Any]) -> None:
        """Take over what `state()` returned; limits that are new begin to count anew."""
        moments, shadowed, incidents, *more = state
        self._take_over(more[0] if more else _limits_of(self._limits), moments)
        self._aside = dict(more[1]) if more[1:] else {}
        self.shadowed = set(shadowed)
        self.incidents = [msgspec.convert(incident, Incident) for incident in incidents]

    def relimit(self, limits: Sequence[Limit]) -> None:
        """Other limits from now on; one that stays the same goes on counting."""
        before = _limits_of(self._limits), list(zip(self._all, self._reached, strict=True))
        self._limits = tuple(limits)
        self._all, self._reached = [deque() for _ in limits], [deque() for _ in limits]
        self._take_over(*before)

    def _take_over(self, limits: Sequence[Any], moments: Sequence[Any]) -> None:
        for limit, (every, reached) in zip(limits, moments, strict=False):
            for place in [at for at, own in enumerate(_limits_of(self._limits)) if own == limit]:
                self._all[place], self._reached[place] = deque(every), deque(reached)

    def observe(self, moment: int, outcome: Outcome, fired: Sequence[Rule]) -> Incident | None:
        """Takes a decision into account; an incident when it broke a limit."""
        breach: Incident | None = None
        for place, limit in enumerate(self._limits):
            if limit.rule and limit.rule not in [rule.id for rule in fired]:
                continue
            every, reached = self._all[place], self._reached[place]
            every.append(moment)
            if outcome >= limit.outcome:
                reached.append(moment)
            _forget(every, moment, limit.span)
            _forget(reached, moment, limit.span)
            if breach is None and _broken(limit, len(reached), len(every)):
                breach = self._set_aside(moment, limit, len(reached), len(every), fired)
                reached.clear()
        return breach

    def release_mended(self, rules: Sequence[Rule]) -> None:
        """Rules that no longer say what they said when they were set aside act again: somebody approved them."""
        now = {rule.id: _said(rule) for rule in rules}
        before = self.shadowed
        self.shadowed = {name for name in before if now.get(name) == self._aside.get(name, now.get(name))}
        self._close(before - self.shadowed, reason=_MENDED)
        self._aside = {name: said for name, said in self._aside.items() if name in self.shadowed}

    def lift(self, lift: Lift) -> None:
        """The rule acts again as it is; its incidents say who wanted that and why."""
        self.shadowed = self.shadowed - {lift.rule}
        self._aside.pop(lift.rule, None)
        self._close(
            {lift.rule},
            reason=lift.reason,
            lifted_by=lift.by,
            approved_by=lift.approved_by,
            lifted_at=lift.at,
        )

    def _close(self, rules: set[str], **how: Any) -> None:
        self.incidents = [
            replace(one, **how) if one.rule in rules and not one.reason else one for one in self.incidents
        ]

    def _set_aside(
        self, moment: int, limit: Limit, reached: int, of: int, fired: Sequence[Rule]
    ) -> Incident | None:
        acting = [rule for rule in fired if rule.id not in self.shadowed]
        if limit.rule:
            acting = [rule for rule in acting if rule.id == limit.rule]
        direct = [rule for rule in acting if (rule.outcome or Outcome.ALLOW) >= limit.outcome]
        candidates = direct or [rule for rule in acting if rule.points > 0] or acting
        newest = max(candidates, key=lambda rule: (rule.since, rule.order), default=None)
        if newest is not None:
            self.shadowed = self.shadowed | {newest.id}
            self._aside[newest.id] = _said(newest)
        number = self.incidents[-1].number + 1 if self.incidents else 1
        incident = Incident(moment, limit.outcome, reached, of, newest.id if newest else "", number, limit)
        self.incidents = [*self.incidents[1 - KEPT :], incident]
        return incident


def _forget(moments: deque[int], now: int, span: int) -> None:
    """What left the span goes; so does what a clock that runs ahead put at the front."""
    while moments and not now - span < moments[0] <= now + span:
        moments.popleft()


def _limits_of(limits: Sequence[Limit]) -> list[list[Any]]:
    return [[int(one.outcome), one.span, one.count, one.share, one.minimum, one.rule] for one in limits]


def _said(rule: Rule) -> str:
    return hashlib.sha256(msgspec.json.encode(rule, order="sorted")).hexdigest()


def _broken(limit: Limit, reached: int, of: int) -> bool:
    return reached > limit.count or (of >= limit.minimum and reached > limit.share * of)
