"""Every rule's examples, every change date, and a mutation of every number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.kinds.clock import EndParams
from xiaobao.rules.kinds.limit import RatioParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.values import Example, Rule, Verdict, Version

VERSIONS = [(rule, version) for rule in book() for version in rule.versions]
NAMES = [f"{rule.id}@{version.name}" for rule, version in VERSIONS]
EXAMPLES = [(rule, version, example) for rule, version in VERSIONS for example in version.examples]


def right(rule: Rule, version: Version, example: Example) -> bool:
    """Whether the rule answers what the example expects; a missing fact must also be named."""
    found = decide(rule, version, example.facts)
    if example.corner == "missing" and not found.missing:
        return False
    return found.verdict is example.verdict and (example.value is None or found.value == example.value)


@pytest.mark.parametrize(
    ("rule", "version", "example"), EXAMPLES, ids=[f"{rule.id}-{n}" for n, (rule, *_) in enumerate(EXAMPLES)]
)
def test_example(rule: Rule, version: Version, example: Example) -> None:
    found = decide(rule, version, example.facts)
    assert right(rule, version, example), (found.verdict, found.value, found.missing)


KEPT = {Verdict.PASS, Verdict.DUE, Verdict.ENDED}
BROKEN = {Verdict.FAIL, Verdict.HOLD, Verdict.REFUSE}


def excused(version: Version) -> set[str]:
    """The corners a version cannot stand in, by what its parameters are; no other is excused."""
    found = set()
    if isinstance(version.params, EndParams | RatioParams):
        found.add(
            "broken"
        )  # a day on which something ended, a figure everybody computes alike: nothing to break
    if isinstance(version.params, PeriodParams) and version.params.unnumbered and not version.params.over:
        found |= {"broken", "missing"}  # a duty without a number asks for no fact
    if not mutated(version):
        found.add("boundary")  # yes-and-no questions and lists: no figure and no day within the version
    return found


def corners(version: Version) -> set[str]:
    """The corners the version's examples stand in: by what they answer, and by what they are called."""
    verdicts = {example.verdict for example in version.examples}
    named = {example.corner for example in version.examples} & {"boundary", "missing"}
    return named | ({"kept"} if verdicts & KEPT else set()) | ({"broken"} if verdicts & BROKEN else set())


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_examples_stand_in_every_corner(rule: Rule, version: Version) -> None:
    assert {"kept", "broken", "boundary", "missing"} - corners(version) <= excused(version)


def test_few_versions_are_excused_from_breaking() -> None:
    free = {rule.id for rule, version in VERSIONS if "broken" in excused(version)}
    assert free == {"CMP-010", "CMP-032", "PI-011"}


# A nought in these is a figure of the law (no change at all); elsewhere it says that nothing is set.
FIGURES = {"most", "least", "value", "years"}


def mutants(value: Any, name: str = "") -> list[Any]:
    """Copies of nested parameters, each with one number or one day moved by one."""
    if isinstance(value, date):
        return [value + timedelta(1), value - timedelta(1)]
    if isinstance(value, bool | str | type(None)) or not isinstance(value, int | float | tuple):
        return []
    if isinstance(value, int | float):
        return [value + 1, value - 1] if value else [value + 1] if name in FIGURES else []
    made: list[Any] = []
    names = getattr(value, "_fields", ())
    for at, item in enumerate(value):
        for mutant in mutants(item, names[at] if names else name):
            items = [*value[:at], mutant, *value[at + 1 :]]
            made.append(type(value)(*items) if hasattr(value, "_fields") else tuple(items))
    return made


def mutated(version: Version) -> list[Version]:
    """The version with one number of its parameters or its scope moved by one."""
    params = [version._replace(params=mutant) for mutant in mutants(version.params)]
    scopes = [version._replace(scope=mutant) for mutant in mutants(version.scope)]
    return [*params, *scopes, *(version._replace(unless=mutant) for mutant in mutants(version.unless))]


def survives(rule: Rule, changed: Version) -> bool:
    """Whether every example still holds for the changed version."""
    try:
        return all(right(rule, changed, example) for example in changed.examples)
    except (ValueError, InvalidInput):
        return False


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_a_number_moved_by_one_breaks_an_example(rule: Rule, version: Version) -> None:
    assert not [changed for changed in mutated(version) if survives(rule, changed)]


def test_the_mutation_check_can_fail() -> None:
    rule = book().rule("CMP-003")
    version = rule.versions[0]._replace(examples=())
    assert [changed for changed in mutated(version) if survives(rule, changed)]


@pytest.mark.parametrize("day", book().change_dates, ids=str)
def test_versions_change_on_the_day_itself(day: date) -> None:
    before, on = book().at(day - timedelta(1)), book().at(day)
    for rule in book():
        for version in rule.versions:
            if version.since == day:
                assert on.get(rule.id) is version
                assert before.get(rule.id) is not version
            if version.until == day:
                assert before.get(rule.id) is version
                assert on.get(rule.id) is not version


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_every_step_has_a_place(rule: Rule, version: Version) -> None:
    for example in version.examples:
        assert all(step.cite for step in decide(rule, version, example.facts).steps if step.used)
