"""The same facts under two books: every decision that differs is listed, and no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiaobao.rules.book import BookError, book
from xiaobao.rules.complaint_clock import ClockFacts, due
from xiaobao.rules.impact import Answered, Case, ask, compare, examples, frozen, proposed

BEFORE, AFTER = date(2024, 12, 31), date(2025, 1, 1)


def of_day(day: date) -> Any:
    return frozen(book(), day)


def test_a_frozen_book_is_the_law_of_its_day_for_every_fact() -> None:
    for day in (BEFORE, AFTER):
        found = of_day(day)
        assert set(found.rules) == set(book().at(day))
        assert {r.id: r.versions[0].params for r in found} == {
            i: book().at(day)[i].params for i in found.rules
        }


def test_a_longer_retention_is_found() -> None:
    compared = compare(examples(book(), ["PI-016"]), of_day(BEFORE), of_day(AFTER))
    assert compared.cases >= len(compared.differences) > 0
    facts = {"relation_end_on": date(2020, 1, 1)}
    assert ask(of_day(AFTER), "PI-016", facts) == Answered("due", date(2030, 1, 1))
    assert ask(of_day(BEFORE), "PI-016", {"relation_end_on": date(2015, 1, 1)}) == Answered(
        "due", date(2020, 1, 1)
    )


def test_a_renumbered_duty_decides_nothing_differently() -> None:
    old, new = of_day(date(2025, 12, 31)), of_day(date(2026, 1, 1))
    assert compare(examples(book(), ["PI-017"]), old, new).differences == ()


def test_a_rule_that_begins_differs_in_every_example() -> None:
    cases = list(examples(book(), ["MKT-013"]))
    compared = compare(cases, of_day(date(2026, 9, 29)), of_day(date(2026, 9, 30)))
    assert len(compared.differences) == compared.cases == len(cases)
    assert compared.differences[0].old.say == "没有这条规则"


def test_the_same_facts_are_asked_once_a_rule() -> None:
    cases = [repr(case.id) for case in examples(book(), [rule.id for rule in book()])]
    assert len(cases) == len(set(cases))


def test_stored_facts_are_decided_like_examples() -> None:
    facts = ClockFacts(date(2026, 1, 10))
    case = Case("TS1", "投诉", "complaint", ("CMP-003",), lambda rules: Answered("due", due(facts, rules).on))
    shorter = proposed(book(), [{"rule": "CMP-003", "since": date(2026, 1, 1), "set": {"length": 10}}])
    (found,) = compare([case], book(), shorter).differences
    assert (found.old.value, found.new.value) == (date(2026, 1, 25), date(2026, 1, 20))
    assert found.new.say == "有期限：2026-01-20"


def test_a_proposal_binds_from_its_day_only() -> None:
    found = proposed(
        book(), [{"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"length": 10}}], name="草案"
    )
    assert found.get("CMP-003", date(2026, 12, 31)).params.length == 15
    newest = found.get("CMP-003", date(2027, 1, 1))
    assert (newest.params.length, newest.confidence.value) == (10, "likely")
    assert book().get("CMP-003", date(2027, 1, 1)).params.length == 15


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("x", "须有 rule、since、set"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1)}, "须有 rule、since、set"),
        ({"rule": "CMP-999", "since": date(2027, 1, 1), "set": {"length": 1}}, "没有规则“CMP-999”"),
        ({"rule": "CMP-003", "since": date(2019, 1, 1), "set": {"length": 1}}, "晚于现有版本 2020-03-01"),
        ({"rule": "CMP-003", "since": "2027", "set": {"length": 1}}, "since 应为日期"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"lengths": 1}}, "没有参数“lengths”"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"length": "10"}}, "类型不对"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"length": True}}, "类型不对"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1), "set": {}}, "set 应写明改动的参数"),
        ({"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"length": 1}, "cite": "第十八条"}, "读不懂"),
    ],
)
def test_a_wrong_proposal_names_file_entry_and_rule(entry: Any, words: str) -> None:
    with pytest.raises(BookError) as refused:
        proposed(book(), [entry], name="草案.yaml")
    assert refused.value.say.startswith("草案.yaml第1条")
    assert words in refused.value.say


def test_an_empty_proposal_is_refused() -> None:
    with pytest.raises(BookError, match=r"impact\.entry"):
        proposed(book(), [])


def test_a_unit_may_change_and_the_list_keeps_its_shape() -> None:
    entries = [{"rule": "CMP-003", "since": date(2027, 1, 1), "set": {"length": 10, "unit": "working_day"}}]
    assert proposed(book(), entries).get("CMP-003", date(2027, 1, 1)).params.unit.label == "个工作日"
    words = [{"rule": "MKT-001", "since": date(2027, 1, 1), "set": {"block": ["最佳"]}}]
    assert proposed(book(), words).get("MKT-001", date(2027, 1, 1)).params.block == ("最佳",)


def test_a_refusal_of_the_arithmetic_is_an_answer() -> None:
    found = ask(book(), "CMP-022", {"regulator_received_on": date(2040, 1, 1)})
    assert "2040" in found.say
