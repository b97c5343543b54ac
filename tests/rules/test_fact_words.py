"""Every fact of the book, and every value an example gives it, has a word the office knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.fact_words import FACTS, VALUES, fact_word, value_word
from xiaobao.rules.values import Condition

LISTS = {"given", "asked", "covered", "done", "already_held", "text"}


def conditions(value: Any) -> Iterator[Condition]:
    if isinstance(value, Condition):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from conditions(part)


def test_every_fact_has_a_word() -> None:
    asked = {name for rule in book() for v in rule.versions for e in v.examples for name in e.facts}
    asked |= {version.applies_by for rule in book() for version in rule.versions}
    parts = [(v.params, v.scope, v.unless) for rule in book() for v in rule.versions]
    asked |= {test.fact for part in parts for test in conditions(part)}
    assert not asked - set(FACTS)


def test_every_choice_has_a_word() -> None:
    given = {
        (name, value)
        for rule in book()
        for version in rule.versions
        for example in version.examples
        for name, value in example.facts.items()
        if isinstance(value, str) and name not in LISTS
    }
    assert not {(name, value) for name, value in given if value not in VALUES.get(name, {})}


@pytest.mark.parametrize(
    ("fact", "value", "word"),
    [
        ("told", False, "否"),
        ("closed_on", date(2026, 1, 2), "2026-01-02"),
        ("assets_yuan", 1000000, "1,000,000"),
        ("approver", ("superior", "head_office"), "上级机构、总行高级管理人员"),
        ("done", {"a": True, "b": False}, "甲：是；乙：否"),
        ("capacity", None, "不详"),
        ("given", (), "无"),
    ],
)
def test_values_are_written_as_the_office_does(fact: str, value: Any, word: str) -> None:
    assert value_word(fact, value, {"a": "甲", "b": "乙"}) == word


def test_a_name_nobody_knows_stays() -> None:
    assert fact_word("no_such_fact") == "no_such_fact"
