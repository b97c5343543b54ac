"""What holds for every calculator: samples, missing facts, shape, places, and no surprise on any facts."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.calculators.asking import ask
from xiaobao.kernel.days import parse_moment
from xiaobao.kernel.errors import InvalidInput, XiaobaoError
from xiaobao.rules.book import book
from xiaobao.rules.calculators import CALCULATORS, Answer, Calculator, Input, InputType, desk, read
from xiaobao.rules.instruments import INSTRUMENTS, parse_cite
from xiaobao.rules.values import Confidence, Verdict

EVERY = list(CALCULATORS.values())
NAMES = [one.name for one in EVERY]
SAMPLES = [(one, title, texts) for one in EVERY for title, texts in one.samples]
SHAPE = {"rule", "version", "verdict", "value", "steps", "missing", "confidence"}


def run(one: Calculator, texts: dict[str, str]) -> Answer:
    return one.ask(read(one, texts), desk(one.name))


def test_the_issue_names_them_all() -> None:
    assert set(NAMES) == {
        "complaint", "recheck", "mediation-confirmation", "petition", "pboc-transfer", "leak-notice", "subject-request",
        "retention", "assessments", "senior-customer", "audit-cycle", "self-assessment", "complaint-ratios", "prize",
    }  # fmt: skip


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_declarations_are_whole(one: Calculator) -> None:
    assert len(one.by_name) == len(one.inputs)
    assert all(rule in book().rules for rule in one.rules)
    assert one.samples
    assert one.question
    for each in one.inputs:
        assert each.label
        assert bool(each.choices) is (each.type in (InputType.CHOICE, InputType.CHOICES))


@pytest.mark.parametrize(("one", "title", "texts"), SAMPLES, ids=[f"{one.name}-{t}" for one, t, _ in SAMPLES])
def test_a_sample_is_answered_in_steps_with_their_places(
    one: Calculator, title: str, texts: dict[str, str]
) -> None:
    found = run(one, texts)
    assert found.say.endswith("。")
    assert found.rule in one.rules
    assert 1 <= len(found.steps) <= 12
    for step in (*found.steps, *found.unused):
        assert step.cite, step.say
        assert parse_cite(step.cite).instrument in INSTRUMENTS
    assert found.text.startswith(found.say)
    assert set(json.loads(json.dumps(found.as_dict(), ensure_ascii=False))) >= SHAPE


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
def test_without_facts_it_is_undecided_and_says_what_is_missing(one: Calculator) -> None:
    found = run(one, {})
    assert (found.verdict, found.value) == (Verdict.UNDECIDED, None)
    assert set(found.missing) <= set(one.by_name)
    assert found.say == "不能确定，尚缺：" + "、".join(found.missing_zh) + "。"


@pytest.mark.parametrize(("one", "title", "texts"), SAMPLES, ids=[f"{one.name}-{t}" for one, t, _ in SAMPLES])
def test_each_required_fact_is_missed(one: Calculator, title: str, texts: dict[str, str]) -> None:
    for each in one.inputs:
        if each.required and each.name in texts:
            found = run(one, {name: text for name, text in texts.items() if name != each.name})
            assert (found.verdict, each.name in found.missing) == (Verdict.UNDECIDED, True), each.name


def test_what_nobody_has_checked_says_so() -> None:
    found = ask("audit-cycle", "audit=privacy;last_on=2025-05-01;persons=20000000")
    assert found.confidence is Confidence.LIKELY
    assert "未核原文" in found.text


DAYS = st.dates(date(2017, 1, 1), date(2028, 12, 31))


def values(each: Input) -> st.SearchStrategy[Any]:
    by_type: dict[InputType, st.SearchStrategy[Any]] = {
        InputType.DAY: DAYS,
        InputType.MOMENT: DAYS.map(lambda day: parse_moment(f"{day}T09:30")),
        InputType.DAYS: st.lists(DAYS, max_size=4).map(tuple),
        InputType.PERIODS: st.tuples(DAYS, st.integers(0, 40)).map(
            lambda pair: ((pair[0], pair[0] + timedelta(pair[1])),)
        ),
        InputType.YEAR: st.integers(2019, 2030),
        InputType.NUMBER: st.integers(0, 20_000_000),
        InputType.FLAG: st.booleans(),
        InputType.CHOICE: st.sampled_from([value for value, _ in each.choices] or [""]),
        InputType.CHOICES: st.lists(
            st.sampled_from([value for value, _ in each.choices] or [""]), unique=True, max_size=3
        ).map(tuple),
        InputType.TEXT: st.just("跨行取证"),
    }
    return by_type[each.type]


def answered(one: Calculator, facts: dict[str, Any]) -> tuple[Answer | None, str]:
    """The answer, or the sentence of the refusal."""
    try:
        return one.ask(facts, desk(one.name)), ""
    except XiaobaoError as error:
        return None, error.say


@pytest.mark.parametrize("one", EVERY, ids=NAMES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_facts_are_answered_or_refused_in_words(one: Calculator, data: st.DataObject) -> None:
    facts = {each.name: data.draw(st.none() | values(each)) for each in one.inputs}
    found, refused = answered(one, facts)
    assert found.say if found else refused
    if found:
        assert found.verdict is not Verdict.UNDECIDED or found.missing
        assert all(step.cite for step in found.steps)
        json.dumps(found.as_dict())


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("complaint", "received_on=2026-03-01;told_on=2026-02-01"),
        ("pboc-transfer", "received_on=2026-03-01;told_on=2026-02-01"),
        ("recheck", "decision_received_on=2026-03-20;recheck_asked_on=2026-03-19"),
        ("recheck", "recheck_asked_on=2026-03-20;recheck_told_on=2026-03-19"),
        ("mediation-confirmation", "agreed_on=2026-03-01;applied_on=2026-02-28"),
        ("leak-notice", "confirmed_at=2026-03-01T09:00;endangers=否;reported_at=2026-03-01T08:59"),
        ("subject-request", "requested_on=2026-03-01;right=copy;answered_on=2026-02-28"),
        ("audit-cycle", "audit=internal;last_on=2026-03-01;done_on=2026-02-28"),
    ],
)
def test_what_follows_cannot_come_first(name: str, facts: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        ask(name, facts)
    assert caught.value.code == "calc.order"
    assert "早于" in caught.value.say
