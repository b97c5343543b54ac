"""What facts a rule asks for, and the refusal of a wrong one naming rule, fact and what it should be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiaobao.kernel.days import parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.book import book
from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.deciding import decide
from xiaobao.rules.facts import FactType, check_types, facts_of, label_of, read_facts
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.values import Rule, Verdict, Version

MAR_1 = date(2026, 3, 1)
VERSIONS = [(rule, version) for rule in book() for version in rule.versions]


def binding(rule: str, on: date = MAR_1) -> tuple[Rule, Version]:
    return book().rule(rule), book().get(rule, on)


def read(rule: str, **texts: str) -> dict[str, Any]:
    return read_facts(*binding(rule), texts)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=[f"{one.id}@{two.name}" for one, two in VERSIONS])
def test_every_fact_has_a_type_a_label_and_a_sample_that_fits(rule: Rule, version: Version) -> None:
    asked = facts_of(version)
    assert asked
    for fact in asked.values():
        assert fact.label != fact.name, f"{rule.id}: {fact.name} has no Chinese name"
    for example in version.examples:
        assert check_types(rule, version, example.facts) == ()


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=[f"{one.id}@{two.name}" for one, two in VERSIONS])
def test_nothing_known_is_undecided_and_every_missing_fact_is_named(rule: Rule, version: Version) -> None:
    found = decide(rule, version, {})
    if asks_nothing(version):
        assert (found.verdict, found.missing) == (Verdict.DUE, ())
        return
    assert found.verdict is Verdict.UNDECIDED
    assert found.missing
    for name in found.missing:
        assert label_of(version, name) != name
        assert name.partition(".")[0] in facts_of(version)


def asks_nothing(version: Version) -> bool:
    """Whether the version is a duty without a number, which needs no fact to be owed."""
    params = version.params
    return isinstance(params, PeriodParams) and bool(params.unnumbered) and not params.over


READ = [
    ("CMP-018", {"representatives": "6"}, {"representatives": 6}),
    ("CMP-018", {"representatives": "６"}, {"representatives": 6}),
    ("CMP-013", {"decision_received_on": "2026年3月20日"}, {"decision_received_on": date(2026, 3, 20)}),
    ("CMP-012", {"given": "facts，ground"}, {"given": ("facts", "ground")}),
    ("CMP-031", {"done.asked_partner": "是"}, {"done": {"asked_partner": True}}),
    ("MKT-001", {"text": "2026-03-01"}, {"text": "2026-03-01"}),
    ("DR-003", {"assessed_on": "2026-01-01,2026-02-01"}, {"assessed_on": (date(2026, 1, 1), date(2026, 2, 1))}),
    ("PI-010", {"confirmed_at": "2026-03-01T09:00"}, {"confirmed_at": parse_moment("2026-03-01T09:00")}),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "texts", "facts"), READ, ids=[rule for rule, *_ in READ])
def test_texts_are_read_by_the_type_of_the_fact(
    rule: str, texts: dict[str, str], facts: dict[str, Any]
) -> None:
    assert read_facts(*binding(rule), texts) == facts


WRONG = [
    ("CMP-018", {"representatives": "许多"}, "数字"),
    ("CMP-018", {"representatives": "inf"}, "数字"),
    ("CMP-013", {"decision_received_on": "昨天"}, "日期"),
    ("CMP-031", {"done.asked_partner": "大概"}, "是或否"),
    ("DR-004", {"high_risk": "也许"}, "是或否"),
    ("PI-010", {"confirmed_at": "九点"}, "日期和时刻"),
    ("DR-003", {"assessed_on": "2026-01-01,上周"}, "若干日期"),
]


@pytest.mark.parametrize(
    ("rule", "texts", "wanted"), WRONG, ids=[f"{one}-{n}" for n, (one, *_) in enumerate(WRONG)]
)
def test_a_wrong_one_is_refused_by_rule_fact_and_sample(
    rule: str, texts: dict[str, str], wanted: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_facts(*binding(rule), texts)
    said = caught.value.say
    assert caught.value.code == "rules.fact_type"
    assert f"{rule}（" in said
    assert f"应为{wanted}" in said
    assert "例如" in said


def test_an_impossible_day_stays_its_own_refusal() -> None:
    with pytest.raises(InvalidInput, match="不存在"):
        read("CMP-013", decision_received_on="2026-02-30")


def test_a_fact_the_rule_does_not_ask_for_is_named() -> None:
    rule, version = binding("CMP-018")
    assert check_types(rule, version, {"representatives": 6, "colour": "red"}) == ("colour",)


def test_deciding_on_a_wrong_type_names_it_too() -> None:
    rule, version = binding("CMP-018")
    with pytest.raises(InvalidInput, match="CMP-018（2020-03-01版）的事实representatives"):
        decide(rule, version, {"representatives": "六"})


def test_a_count_beyond_the_calendar_names_rule_year_and_two_bounds() -> None:
    rule, version = binding("CMP-022")
    with pytest.raises(OutsideCalendar) as caught:
        decide(rule, version, {"regulator_received_on": date(2026, 12, 28)})
    said = caught.value.say
    assert said.startswith("CMP-022：2027年")
    assert caught.value.facts["earliest"].isoformat() in said
    assert caught.value.facts["latest"].isoformat() in said


def test_types_are_told_apart() -> None:
    asked = facts_of(book().get("DR-003", MAR_1))
    assert (asked["assessed_on"].type, asked["grades"].type) == (FactType.DAYS, FactType.NUMBER)
