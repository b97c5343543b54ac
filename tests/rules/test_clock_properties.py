"""The complaint clock against a second, naive reading, and what must hold whatever happens."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.groups import IN_CI
from tests.rules import clock_cases
from tests.rules.naive_clock import naive_due
from xiaobao.kernel import ports
from xiaobao.rules.book import book
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_clock import ClockFacts, Overlay, due
from xiaobao.rules.complaint_days import DayStatus, day_table
from xiaobao.rules.notices import Notice
from xiaobao.rules.values import Confidence, Unit

BATCH = 100
BATCHES = 2_000 if IN_CI else 50
START = datetime(2026, 1, 1, tzinfo=UTC)
SEEDS = st.integers(0, 2**48)
LONG = settings(max_examples=BATCHES, deadline=None, suppress_health_check=list(HealthCheck))
SHORT = settings(max_examples=200, deadline=None)


def chance(seed: int) -> Random:
    return ports.seeded(seed, START).rng


@LONG
@given(SEEDS)
def test_agrees_with_the_naive_reading(seed: int) -> None:
    """200,000 cases under CI=true, 5,000 otherwise."""
    rng, rules, known = chance(seed), book(), calendar_at()
    for _ in range(BATCH):
        facts, own = clock_cases.facts(rng), clock_cases.overlays(rng)
        found = due(facts, rules, known, own)
        assert (found.on, found.legal_on) == naive_due(facts, own, known.is_working), (facts, own)


@SHORT
@given(SEEDS)
def test_overlays_only_tighten(seed: int) -> None:
    rng = chance(seed)
    facts, own = clock_cases.facts(rng), clock_cases.overlays(rng)
    with_own, law = due(facts, book(), None, own), due(facts, book())
    assert with_own.on <= law.on
    assert with_own.legal_on == law.legal_on


@SHORT
@given(SEEDS, st.integers(0, 60))
def test_new_facts_never_move_the_day_backward(seed: int, after: int) -> None:
    facts = clock_cases.facts(chance(seed))
    more = facts._replace(new_facts_on=(*facts.new_facts_on, facts.received_on + timedelta(after)))
    assert due(more, book()).on >= due(facts, book()).on


@SHORT
@given(SEEDS)
def test_monotone_in_the_day_of_receipt(seed: int) -> None:
    facts = clock_cases.facts(chance(seed))
    plain = ClockFacts(facts.received_on, complexity=facts.complexity, pauses=facts.pauses)
    later = plain._replace(received_on=facts.received_on + timedelta(1))
    assert due(later, book()).on >= due(plain, book()).on


@SHORT
@given(SEEDS)
def test_day_table_counts_to_the_due_day(seed: int) -> None:
    facts = clock_cases.facts(chance(seed))._replace(given=(), withdrawn_on=None)
    found = due(facts, book())
    rows = day_table(facts, book())
    statutory = found.tracks[0].on if found.tracks else found.on
    assert rows[-1].day == statutory
    assert rows[-1].status is DayStatus.COUNTED
    assert [row.number for row in rows if row.number] == list(range(1, rows[-1].number + 1))


def with_day(known: Calendar, day: date, *, is_off: bool) -> Calendar:
    extra = Notice(2026, date(2026, 12, 31), "测试", "测试", Confidence.LIKELY, ((day, is_off, "测试"),))
    return Calendar((*known.notices, extra))


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 3, 1), date(2026, 6, 30)), st.integers(0, 40), st.integers(1, 25))
def test_a_new_holiday_never_makes_it_earlier(start: date, after: int, length: int) -> None:
    own = (Overlay("T", "本行目标", length, Unit.WORKING_DAY, date(2020, 1, 1)),)
    known = calendar_at()
    more = with_day(known, start + timedelta(after), is_off=True)
    assert due(ClockFacts(start), book(), more, own).on >= due(ClockFacts(start), book(), known, own).on
    assert more.add_working(start, length) >= known.add_working(start, length)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2020, 3, 1), date(2026, 6, 30)), st.integers(0, 40), st.integers(1, 25))
def test_a_new_working_day_never_makes_it_later(start: date, after: int, length: int) -> None:
    own = (Overlay("T", "本行目标", length, Unit.WORKING_DAY, date(2020, 1, 1)),)
    known = calendar_at()
    more = with_day(known, start + timedelta(after), is_off=False)
    assert due(ClockFacts(start), book(), more, own).on <= due(ClockFacts(start), book(), known, own).on
    assert more.add_working(start, length) <= known.add_working(start, length)
