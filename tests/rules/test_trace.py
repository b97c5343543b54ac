"""The trace is kept as data and written when it is read; reading twice says the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules import clock_cases
from xiaobao.kernel import ports
from xiaobao.rules import complaint_trace as trace
from xiaobao.rules.book import RuleBook, book
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_clock import ClockFacts, due
from xiaobao.rules.complaint_facts import written
from xiaobao.rules.complaint_plan import plan_for
from xiaobao.rules.notices import Notice
from xiaobao.rules.values import Confidence, Step

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
    """A last day is named by the calendar it is counted with, not by one that was asked earlier."""
    facts = ClockFacts(date(2020, 3, 10))
    extra = Notice(
        2020, date(2020, 3, 1), "测试", "测试", Confidence.LIKELY, ((date(2020, 3, 25), True, "测试"),)
    )
    plain, other = calendar_at(), Calendar((*calendar_at().notices, extra))
    first = due(facts, book(), plain).steps
    assert first[-1].say == "届满日为2020-03-25（星期三）"
    assert [step.say for step in due(facts, book(), other).steps][-2:] == [
        "届满日为2020-03-25（星期三，测试放假）",
        "届满日逢节假日不顺延：从严解释，本行口径（民法总则第二百零三条第一款未采用）",
    ]
    assert due(facts, book(), plain).steps == first


def test_sentences_are_not_kept_without_end() -> None:
    kept: dict[date, str] = {}
    for number in range(trace.MOST_KEPT + 5):
        trace.keep(kept, date.fromordinal(700_000 + number), "句")
    assert len(kept) == 5


def test_one_plan_serves_every_span_in_which_its_rules_are_the_same() -> None:
    rules = RuleBook(book())
    plans = {id(plan_for(rules, day)) for day in rules.change_dates if day >= date(2021, 1, 1)}
    assert len(plans) == 1
    assert plan_for(rules, date(2020, 3, 1)) is not plan_for(rules, date(2021, 1, 1))
    assert plan_for(rules, date(2020, 2, 29)) is None


def test_a_changed_number_gets_a_plan_of_its_own() -> None:
    day = date(2026, 1, 1)
    changed = []
    for rule in book():
        if rule.id == "CMP-003":
            old = rule.versions[0]
            new = old._replace(since=day, params=old.params._replace(length=10))
            changed.append(rule._replace(versions=(old._replace(until=day), new)))
        else:
            changed.append(rule)
    rules = RuleBook(changed)
    facts = [ClockFacts(date(2025, 12, 31)), ClockFacts(day)]
    assert [due(one, rules).steps[1].value for one in facts] == [15, 10]
