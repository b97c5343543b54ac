"""The trace is kept as data and written when it is read; reading twice says the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import clock_cases
from xiaobao.kernel import ports
from xiaobao.rules import calendar as calendars
from xiaobao.rules.book import book
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_clock import ClockFacts, due
from xiaobao.rules.complaint_facts import written
from xiaobao.rules.values import Step

START = datetime(2026, 1, 1, tzinfo=UTC)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 2**48))
def test_reading_twice_says_the_same(seed: int) -> None:
    rng = ports.seeded(seed, START).rng
    facts, own = clock_cases.facts(rng), clock_cases.overlays(rng)
    found = due(facts, book(), None, own)
    assert found.steps == found.steps
    assert found == due(facts, book(), None, own)
    assert all(isinstance(step, Step) and step.used for step in found.steps)
    assert all(isinstance(step, Step) and not step.used for step in found.unused)
    assert found.as_dict()["steps"] == [step.as_dict() for step in found.steps]


def test_lines_of_every_sort_are_written_in_their_order() -> None:
    one, two, three = (Step(say) for say in "一二三")
    assert written(()) == ()
    assert written((one,)) == (one,)
    assert written((one, (lambda: two,), (lambda: (three, one),))) == (one, two, three, one)
    assert written(((lambda: (two, three),),)) == (two, three)


def test_sentences_do_not_depend_on_who_asked_before() -> None:
    """A day is named by the calendar it is counted with, not by one asked earlier."""
    facts = ClockFacts(date(2020, 3, 10))
    before, after = calendar_at("2019-11-21"), calendar_at("2020-01-26")
    day = date(2020, 1, 31)
    assert before.name_day(day) != after.name_day(day)
    assert due(facts, book(), before).steps == due(facts, book(), before).steps


def test_named_days_are_not_kept_without_end() -> None:
    known = Calendar(calendar_at().notices)
    first = date(2007, 1, 1).toordinal()
    for number in range(calendars.MOST_NAMED + 5):
        known.name_day(date.fromordinal(first + number))
    assert len(known.named) == 5
