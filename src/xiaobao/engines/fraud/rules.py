"""Rules as data: a typed table compiled to closures. Nothing of a rule is ever executed as text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import msgspec

from xiaobao.engines.fraud.conditions import COMPARE, Test, compile_conditions
from xiaobao.engines.fraud.windows import Condition, Operator

Row = Mapping[str, Any]


class Outcome(IntEnum):
    """What the channel is told, from mild to severe; the most severe wins."""

    ALLOW = 0
    CHALLENGE = 1
    HOLD = 2
    REFUSE = 3

    @property
    def label(self) -> str:
        """The word the officer reads."""
        return ("放行", "加验", "暂缓", "拒绝")[self]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: all conditions hold -> points, or an outcome at once.

    `say` is what the customer may be told; `since` and `until` are milliseconds of event time,
    `until` 0 for open.
    """

    id: str
    when: tuple[Condition, ...]
    reason: str
    say: str
    owner: str
    points: int = 0
    outcome: Outcome | None = None
    since: int = 0
    until: int = 0
    order: int = 0

    def in_force(self, moment: int) -> bool:
        """Whether the rule is in force at this event time."""
        return self.since <= moment and (self.until == 0 or moment < self.until)


@dataclass(frozen=True, slots=True)
class Threshold:
    """From this many points on, this outcome."""

    points: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Rules and thresholds under one hash. Publishing swaps one reference to one of these."""

    name: str
    rules: tuple[Rule, ...]
    thresholds: tuple[Threshold, ...]

    @property
    def hash(self) -> str:
        """64 hexadecimal digits over the canonical form."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


class Compared(msgspec.Struct, frozen=True, gc=False):
    """One comparison that held, with the value that was seen."""

    field: str
    operator: str
    constant: Any
    value: Any


Compare = Callable[[Any, Any], bool]


class CompiledRules:
    """A rule set ready to judge rows."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.hash = rules.hash
        self._tests = tuple(_compile(rule) for rule in rules.rules)
        self._seen = {
            id(rule): tuple((item.field, item.operator.value, item.constant) for item in rule.when)
            for rule in rules.rules
        }
        self._levels = sorted(((level.points, level.outcome) for level in rules.thresholds), reverse=True)

    def fired(self, row: Row, moment: int) -> list[Rule]:
        """Rules in force whose conditions all hold, in the order of the table."""
        found = []
        get = row.get
        for rule, field, compare, constant, rest in self._tests:
            value = get(field)
            try:
                if value is None or not compare(value, constant):
                    continue
                if (rest is None or rest(row)) and rule.in_force(moment):
                    found.append(rule)
            except TypeError:  # a word where a number was declared: the comparison does not hold
                continue
        return found

    def explain(self, rule: Rule, row: Row) -> tuple[Compared, ...]:
        """The comparisons of one of this set's rules with the values they saw."""
        get = row.get
        return tuple(
            [Compared(field, sign, constant, get(field)) for field, sign, constant in self._seen[id(rule)]]
        )

    def outcome(self, fired: Sequence[Rule]) -> tuple[Outcome, int]:
        """The most severe of the direct outcomes and the level the points reach; and the points."""
        points, outcome = 0, Outcome.ALLOW
        for rule in fired:
            points += rule.points
            if rule.outcome is not None and rule.outcome > outcome:
                outcome = rule.outcome
        for least, reached in self._levels:
            if points >= least:
                return (reached if reached > outcome else outcome), points
        return outcome, points


def _compile(rule: Rule) -> tuple[Rule, str, Compare, Any, Test | None]:
    """The first comparison apart, so that most rules are left after one step; the others as one test.

    A rule without conditions compares nothing and never fires.
    """
    if not rule.when:
        return rule, "", COMPARE[Operator.EQ], None, None
    first, *others = rule.when
    rest = compile_conditions(others) if others else None
    return rule, first.field, COMPARE[first.operator], first.constant, rest
