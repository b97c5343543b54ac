"""Events that cannot be judged, rule sets that may not go on, steps the table does not have."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from tests.engines.fraud.bank import RULES, START, rule
from xiaobao.engines.fraud.checks import check_rules
from xiaobao.engines.fraud.events import EVENT_FIELDS, EventError, json_schema, parse
from xiaobao.engines.fraud.lifecycle import TABLE, Command, LifecycleError, Stage, step
from xiaobao.engines.fraud.rules import RuleSet

GOOD = {
    "event_id": "e1",
    "type": "payment",
    "occurred_at": START,
    "received_at": START,
    "customer": "c1",
    "amount_fen": 100,
}
FIELDS = {**EVENT_FIELDS, "count_1h": int, "sum_1h": int, "payees_10m": int}


def line(**changes: Any) -> bytes:
    document = {**GOOD, **changes}
    return json.dumps({name: value for name, value in document.items() if value is not ...}).encode()


def test_a_good_event_is_read() -> None:
    assert parse(line(attributes={"ip_risk": 0.5})).attributes == {"ip_risk": 0.5}


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (line(type="transfer"), "event.malformed"),
        (line(customer=...), "event.entity"),
        (line(amount_fen=-1), "event.amount"),
        (line(amount_fen=1.5), "event.malformed"),
        (line(occurred_at=5), "event.time"),
        (line(received_at=4_102_444_800_000), "event.time"),
        (line(attributes={"note": "x" * 1_000_000}), "event.too_large"),
        (line(attributes={"risk": float("nan")}), "event.not_json"),
        (line(surname="王"), "event.malformed"),
        (line(schema=2), "event.schema"),
        (line(event_id=""), "event.id"),
        (line()[:-4], "event.not_json"),
        (b"[]", "event.malformed"),
    ],
)
def test_events_that_cannot_be_judged(raw: bytes, code: str) -> None:
    with pytest.raises(EventError) as refused:
        parse(raw)
    assert refused.value.code == code
    assert any("\u4e00" <= char <= "\u9fff" for char in refused.value.say)


def test_schema_is_published() -> None:
    assert "occurred_at" in json_schema()["$defs"]["Event"]["required"]


def test_sound_rules_pass() -> None:
    assert check_rules(RULES, FIELDS) == []


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (rule("X", ("velocity", ">", 1), points=1), "unknown_field"),
        (rule("X", ("customer", ">", 1), points=1), "wrong_type"),
        (rule("X", ("amount_fen", "=", "many"), points=1), "wrong_type"),
        (rule("X", ("hour", ">", 5), ("hour", "<", 4), points=1), "contradiction"),
        (rule("X", ("hour", ">", 5), ("hour", "<=", 5), points=1), "contradiction"),
        (rule("X", ("type", "=", "login"), ("type", "=", "payment"), points=1), "contradiction"),
        (rule("X", points=1), "unreachable"),
        (rule("X", ("hour", ">", 5), points=1, since=9, until=9), "unreachable"),
        (rule("X", ("hour", ">", 5)), "no_effect"),
        (rule("X", ("amount_fen", ">", 5_000_000), points=1), "duplicate"),
        (rule("R1", ("hour", ">", 5), points=1), "duplicate"),
    ],
)
def test_rules_that_may_not_go_on(bad: Any, code: str) -> None:
    problems = check_rules(RuleSet("x", (*RULES.rules, bad), ()), FIELDS)
    assert [problem.code for problem in problems] == [code]


def test_boundary_conditions_that_can_hold() -> None:
    fine = rule("X", ("hour", ">=", 5), ("hour", "<=", 5), points=1)
    assert check_rules(RuleSet("x", (fine,), ()), FIELDS) == []


@pytest.mark.parametrize(("stage", "command"), list(itertools.product(Stage, Command)))
def test_the_table_is_the_law(stage: Stage, command: Command) -> None:
    if (stage, command) in TABLE:
        assert step(stage, command, author="甲", actor="乙") is TABLE[stage, command]
    else:
        with pytest.raises(LifecycleError):
            step(stage, command, author="甲", actor="乙")


def test_nobody_approves_their_own_rules() -> None:
    with pytest.raises(LifecycleError, match="另一人"):
        step(Stage.REVIEW, Command.APPROVE, author="甲", actor="甲")


def test_a_step_that_is_not_in_the_table_is_refused_in_chinese() -> None:
    with pytest.raises(LifecycleError, match="处于“起草”，不能“复核通过”"):
        step(Stage.DRAFT, Command.APPROVE, author="甲", actor="乙")


def test_a_space_makes_no_second_person() -> None:
    with pytest.raises(LifecycleError, match="本人"):
        step(Stage.REVIEW, Command.APPROVE, author="Li Na", actor="li na ")
