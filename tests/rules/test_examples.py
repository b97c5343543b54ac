"""Every rule's examples, every change date, and a mutation of every number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
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


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_examples_stand_in_every_corner(rule: Rule, version: Version) -> None:
    corners = {example.corner for example in version.examples}
    assert "missing" in corners
    assert corners & {"fail", "boundary"}
    assert any(example.verdict is not Verdict.UNDECIDED for example in version.examples)


def mutants(value: Any) -> list[Any]:
    """Copies of nested parameters, each with one number moved by one."""
    if isinstance(value, bool | str | type(None)) or not isinstance(value, int | tuple):
        return []
    if isinstance(value, int):
        return [value + 1, value - 1] if value else []
    made: list[Any] = []
    for at, item in enumerate(value):
        for mutant in mutants(item):
            items = [*value[:at], mutant, *value[at + 1 :]]
            made.append(type(value)(*items) if hasattr(value, "_fields") else tuple(items))
    return made


def mutated(version: Version) -> list[Version]:
    """The version with one number of its parameters or its scope moved by one."""
    params = [version._replace(params=mutant) for mutant in mutants(version.params)]
    return params + [version._replace(scope=mutant) for mutant in mutants(version.scope)]


def survives(rule: Rule, changed: Version) -> bool:
    """Whether every example still holds for the changed version."""
    try:
        return all(right(rule, changed, example) for example in changed.examples)
    except ValueError:
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
