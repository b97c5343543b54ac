"""Many due days at once are the very days of one by one, whatever happened to them."""

from __future__ import annotations

from array import array
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import clock_cases
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import RuleBook, book
from xiaobao.rules.complaint_batch import NO_DAY, Batch, columns, due_ordinals
from xiaobao.rules.complaint_clock import ClockFacts, Complexity, due
from xiaobao.rules.complaint_facts import Pause, PauseKind
from xiaobao.rules.values import Rule

START = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = st.integers(0, 2**48)


def one_by_one(facts: list[ClockFacts], rules: RuleBook) -> list[int]:
    found = [due(one, rules).on for one in facts]
    return [on.toordinal() if on else NO_DAY for on in found]


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_equal_to_one_by_one(seed: int) -> None:
    rng = ports.seeded(seed, START).rng
    facts = [clock_cases.facts(rng, eventful=rng.random() < 0.5) for _ in range(60)]
    assert list(due_ordinals(columns(facts), book())) == one_by_one(facts, book())


def test_before_the_law_there_is_no_day_whatever_happened() -> None:
    pause = Pause(PauseKind.MEDIATION, date(2020, 2, 1), date(2020, 2, 5))
    facts = [
        ClockFacts(date(2020, 2, 29)),
        ClockFacts(date(2020, 3, 1)),
        ClockFacts(date(2020, 1, 5), pauses=(pause,)),
    ]
    found = due_ordinals(columns(facts), book())
    assert list(found) == [NO_DAY, date(2020, 3, 16).toordinal(), NO_DAY]


def changed_book() -> RuleBook:
    """The book in which the fifteen days become ten on 2026-01-01."""
    day = date(2026, 1, 1)
    rules: list[Rule] = []
    for rule in book():
        if rule.id == "CMP-003":
            old = rule.versions[0]
            new = old._replace(since=day, params=old.params._replace(length=10))
            rules.append(rule._replace(versions=(old._replace(until=day), new)))
        else:
            rules.append(rule)
    return RuleBook(rules)


def test_a_change_of_the_law_is_kept_apart_by_the_day_of_receipt() -> None:
    rules = changed_book()
    facts = [
        ClockFacts(date(2025, 12, 30) + timedelta(days), complexity=complexity)
        for days in range(5)
        for complexity in (Complexity.SIMPLE, Complexity.COMPLEX)
    ]
    found = due_ordinals(columns(facts), rules)
    assert list(found) == one_by_one(facts, rules)
    assert found[4] - facts[4].received_on.toordinal() == 10


def test_a_reversed_pause_is_refused_here_too() -> None:
    pause = Pause(PauseKind.MEDIATION, date(2026, 3, 9), date(2026, 3, 8))
    with pytest.raises(InvalidInput, match="颠倒"):
        due_ordinals(columns([ClockFacts(date(2026, 3, 1), pauses=(pause,))]), book())


def test_a_complaint_without_a_day_of_receipt_names_its_row() -> None:
    with pytest.raises(ValueError, match="row 1"):
        columns([ClockFacts(date(2026, 3, 1)), ClockFacts(None)])


def test_nothing_in_nothing_out() -> None:
    assert due_ordinals(Batch(array("i"), b"", {}), book()) == array("i")
