"""Static checks on ranges that are hard to see through."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.fraud.bank import rule
from xiaobao.engines.fraud.checks import check_rules, feature_types
from xiaobao.engines.fraud.conditions import compile_conditions
from xiaobao.engines.fraud.domains import Values, meeting
from xiaobao.engines.fraud.events import EVENT_FIELDS
from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet, Threshold
from xiaobao.engines.fraud.windows import HOUR, Aggregate, Condition, FeatureSet, Operator, Window

FEATURES = FeatureSet(
    (
        Window("n", "customer", Aggregate.COUNT, HOUR),
        Window("mean", "customer", Aggregate.MEAN, HOUR, "amount_fen"),
        Window("place", "customer", Aggregate.LAST, HOUR, "channel"),
    )
)
FIELDS: dict[str, type] = EVENT_FIELDS | feature_types(FEATURES) | {"score": float, "list.gray.customer": int}


def codes(*rules: Rule, levels: tuple[Threshold, ...] = ()) -> list[str]:
    return [problem.code for problem in check_rules(RuleSet("x", rules, levels), FIELDS)]


def hold(name: str, *when: tuple[str, str, Any], **more: Any) -> Rule:
    return rule(name, *when, outcome=Outcome.HOLD, **more)


NEVER: list[tuple[tuple[str, str, Any], ...]] = [
    (("n", ">", 3), ("n", "<", 4)),
    (("n", "=", 2.5),),
    (("n", ">=", 3), ("n", "<=", 3), ("n", "!=", 3)),
    (("mean", ">", 1), ("mean", "<", 1)),
    (("mean", ">=", 1), ("mean", "<=", 1), ("mean", "!=", 1)),
    (("hour", ">", 23),),
    (("hour", ">=", 22), ("hour", "!=", 22), ("hour", "!=", 23)),
    (("night", "=", 2),),
    (("weekday", "in", (7, 8)),),
    (("amount_fen", "<", 0),),
    (("score", ">", 1),),
    (("type", "=", "paymnet"),),
    (("type", "in", ("payment", "login")), ("type", "=", "loan_apply")),
    (("channel", "in", ("app", "web")), ("channel", "in", ("atm",))),
    (("channel", "in", ()),),
    (("channel", "=", "app"), ("channel", "!=", "app")),
    (("amount_fen", "in", (100, 200)), ("amount_fen", ">", 200)),
    (("list.gray.customer", "=", 0),),
    (("attr.os", "=", "ios"), ("attr.os", ">", 5)),
    (("attr.os", "=", 3), ("attr.os", "in", ("ios",))),
]


@pytest.mark.parametrize("when", NEVER, ids=str)
def test_what_never_fires(when: tuple[tuple[str, str, Any], ...]) -> None:
    assert "contradiction" in codes(hold("R", *when))


SOMETIMES: list[tuple[tuple[str, str, Any], ...]] = [
    (("n", ">", 3), ("n", "<", 5)),
    (("mean", ">", 3), ("mean", "<", 4)),
    (("hour", ">", 22),),
    (("weekday", "in", (6, 7)),),
    (("score", ">=", 1),),
    (("mean", ">=", 1), ("mean", "<=", 1)),
    (("channel", "in", ("app", "web")), ("channel", "!=", "app")),
    (("list.gray.customer", "=", 1),),
    (("place", "=", "app"),),
    (("attr.level", ">", 1), ("attr.level", "<", 2)),
]


@pytest.mark.parametrize("when", SOMETIMES, ids=str)
def test_what_may_fire(when: tuple[tuple[str, str, Any], ...]) -> None:
    assert codes(hold("R", *when)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((("n", ">", 3),), (("n", ">=", 4),)),
        ((("n", ">", 3), ("n", ">", 1)), (("n", ">", 3),)),
        ((("channel", "in", ("a", "b")),), (("channel", "in", ("b", "a")),)),
        ((("channel", "=", "a"),), (("channel", "in", ("a",)),)),
        ((("hour", ">", 21),), (("hour", "in", (22, 23)),)),
        ((("mean", ">", 5),), (("mean", ">", 5.0),)),
    ],
)
def test_the_same_said_otherwise_is_a_duplicate(one: Any, other: Any) -> None:
    assert codes(hold("A", *one), hold("B", *other)) == ["duplicate"]


def test_a_rule_and_its_successor_may_say_the_same() -> None:
    when = ("n", ">", 3)
    assert codes(hold("A", when, since=10, until=20), hold("B", when, since=20)) == []
    assert codes(hold("A", when, since=10, until=21), hold("B", when, since=20)) == ["duplicate"]


@pytest.mark.parametrize(
    "when", [("amount_fen", "in", ("100",)), ("customer", "in", (5,)), ("n", "=", "3"), ("n", "in", 3)]
)
def test_constants_of_another_kind(when: Any) -> None:
    assert codes(hold("R", when)) == ["wrong_type"]


def test_levels_that_make_no_sense() -> None:
    points = rule("R", ("n", ">", 3), points=50)
    assert codes(points, levels=(Threshold(50, Outcome.HOLD),)) == []
    assert codes(points, levels=(Threshold(0, Outcome.ALLOW), Threshold(90, Outcome.HOLD))) == []
    assert codes(points, levels=(Threshold(0, Outcome.HOLD),)) == ["no_effect"]
    milder = (Threshold(20, Outcome.REFUSE), Threshold(50, Outcome.HOLD))
    assert codes(points, levels=milder) == ["contradiction"]
    assert codes(points, levels=(Threshold(50, Outcome.HOLD),) * 2) == ["duplicate"]


CONDITION = st.one_of(
    st.builds(
        Condition, st.just("x"), st.sampled_from([one for one in Operator if one != "in"]), st.integers(-3, 3)
    ),
    st.builds(
        Condition, st.just("x"), st.just(Operator.IN), st.lists(st.integers(-3, 3), max_size=3).map(tuple)
    ),
)


@settings(deadline=None, max_examples=300)
@given(st.lists(CONDITION, min_size=1, max_size=4))
def test_whole_numbers_are_judged_as_the_engine_judges_them(items: list[Condition]) -> None:
    holds = compile_conditions(items)
    possible = [value for value in range(-9, 10) if holds({"x": value})]
    assert meeting(items, Values(whole=True)).empty == (not possible)
