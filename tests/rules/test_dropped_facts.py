"""A fact that is taken away leaves the answer as it was, or open with that fact named; it is never read as no."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.fact_words import VALUES
from xiaobao.rules.facts import conditions, facts_of
from xiaobao.rules.kinds.clock import ClockParams, StageParams
from xiaobao.rules.kinds.limit import LimitParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams
from xiaobao.rules.values import Outcome, Rule, Verdict, Version

VERSIONS = [(rule, version) for rule in book() for version in rule.versions]
NAMES = [f"{rule.id}@{version.name}" for rule, version in VERSIONS]
KEPT = (Verdict.PASS, Verdict.NOT_APPLICABLE)
OPEN = (Verdict.UNDECIDED, Verdict.DUE)


class Told(dict[str, Any]):
    """Facts that remember which of them were looked at."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__(facts)
        self.read: set[str] = set()

    def get(self, name: str, other: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, other)

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)


def near(name: str, value: Any) -> list[Any]:
    """The value and others a fact of its kind may take."""
    if isinstance(value, bool):
        return [True, False]
    if isinstance(value, int):
        return [value - 1, value, value + 1]
    if isinstance(value, date) and not isinstance(value, datetime):
        return [value - timedelta(400), value, value + timedelta(3)]
    return [value, *VALUES.get(name, ())] if isinstance(value, str) else [value]


def values_of(version: Version, name: str) -> list[Any]:
    """What the fact may be: as in the examples and the conditions, and beside."""
    seen = [example.facts[name] for example in version.examples if example.facts.get(name) is not None]
    for test in conditions(version):
        if test.fact == name:
            seen += list(test.value) if test.op in ("in", "not in") else [test.value]
    return [one for value in seen for one in near(name, value)]


def cases(version: Version) -> Iterator[dict[str, Any]]:
    """The examples' facts, and whole sets of facts at random."""
    rng = random.Random(version.name)
    choices = {name: values_of(version, name) or [fact.sample] for name, fact in facts_of(version).items()}
    yield from (dict(example.facts) for example in version.examples)
    for _ in range(60):
        yield {name: rng.choice(values) for name, values in choices.items()}


def events(version: Version) -> set[str]:
    """Facts that are events: untold, they have not happened, and what stands without them is answered."""
    params = version.params
    clocks: tuple[ClockParams, ...] = (params,) if isinstance(params, ClockParams) else ()
    found = {"done_on", "done_at", "destroyed_on"}
    found |= {"times", "covered"} if isinstance(params, PeriodParams) else set()
    if isinstance(params, StageParams):
        clocks = tuple(one for _, one in params.stages)
        found |= {one.start for one in clocks}
    if isinstance(params, RetentionParams) and params.each:
        found |= {span.start for span in params.at_least}
    return found | ({"approver"} if any(one.extended for one in clocks) else set())


def instead(version: Version) -> set[str]:
    """Facts a log stands in for, and the log itself."""
    if not isinstance(version.params, LimitParams):
        return set()
    return {name for bound in version.params.bounds if bound.log for name in (bound.log, bound.measure, "on")}


def honest(version: Version, name: str, full: Outcome, less: Outcome) -> bool:
    """Whether the answer without the fact is the answer with it, or says that the fact is missing."""
    if (less.verdict, less.value) == (full.verdict, full.value) or name in less.missing:
        return True
    if full.verdict is Verdict.UNDECIDED:
        return less.verdict in OPEN
    if less.verdict is Verdict.UNDECIDED:
        return bool(less.missing) and (name in instead(version) or bool(full.missing))
    kept_either_way = full.verdict in KEPT and less.verdict in KEPT
    return kept_either_way and any("适用与否均不违反" in step.say for step in less.steps)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_a_fact_taken_away_is_never_read_as_no(rule: Rule, version: Version) -> None:
    aside = events(version) | instead(version)
    for facts in cases(version):
        full = decide(rule, version, facts)
        for name in facts:
            less = decide(rule, version, {other: facts[other] for other in facts if other != name})
            assert name in aside or honest(version, name, full, less), (name, facts, full, less)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_an_event_untold_leaves_what_stands_without_it(rule: Rule, version: Version) -> None:
    for case in cases(version):
        for name in sorted(events(version) & set(case)):
            aside = (
                {"times", "covered"} if name == "done_on" else {"done_on"}
            )  # two ways to tell the same thing
            facts = {one: case[one] for one in case if one not in aside}
            full = decide(rule, version, facts)
            less = decide(rule, version, {other: facts[other] for other in facts if other != name})
            assert less.verdict in OPEN or less.verdict is full.verdict or name in less.missing, (name, facts)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_every_fact_that_is_looked_at_is_declared(rule: Rule, version: Version) -> None:
    asked = {name.partition(".")[0] for name in facts_of(version)}
    for facts in cases(version):
        told = Told(facts)
        decide(rule, version, told)
        assert told.read - {""} <= asked, told.read - asked
