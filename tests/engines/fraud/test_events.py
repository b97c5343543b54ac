"""Events that cannot be judged are refused by name; the contract is published."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.engines.fraud.bank import START, pay
from xiaobao.engines.fraud.events import EventError, encode, json_schema, parse, row_of

GOOD = json.loads(encode(pay(1)))


def line(**change: Any) -> bytes:
    return json.dumps(
        {name: value for name, value in {**GOOD, **change}.items() if value is not None}
    ).encode()


def test_there_and_back() -> None:
    assert parse(encode(pay(1))) == pay(1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "transfer"}, "event.malformed"),
        ({"colour": 1}, "event.malformed"),
        ({"customer": None}, "event.entity"),
        ({"amount_fen": None}, "event.entity"),
        ({"amount_fen": -1}, "event.amount"),
        ({"amount_fen": 10**15 + 1}, "event.amount"),
        ({"amount_fen": 1.5}, "event.malformed"),
        ({"occurred_at": 0}, "event.time"),
        ({"received_at": 4_102_444_800_000}, "event.time"),
        ({"event_id": ""}, "event.id"),
        ({"event_id": "x" * 129}, "event.id"),
        ({"schema": 2}, "event.schema"),
        ({"attributes": {"os": "x" * 1_000_000}}, "event.too_large"),
        ({"attributes": {"speed": 1e999}}, "event.not_json"),
        ({"type": "label"}, "event.entity"),
    ],
)
def test_what_cannot_be_judged(change: dict[str, Any], code: str) -> None:
    with pytest.raises(EventError) as refused:
        parse(line(**change))
    assert refused.value.code == code
    assert refused.value.say


def test_clock_fields_are_chinas() -> None:
    monday_noon = row_of(parse(line(occurred_at=1_767_585_600_000, attributes={"os": "鸿蒙"})))
    wanted = ("hour", "weekday", "weekend", "night", "attr.os", "device")
    assert [monday_noon[name] for name in wanted] == [12, 0, 0, 0, "鸿蒙", None]
    sunday_six = row_of(parse(line(occurred_at=1_767_585_600_000 - 30 * 3_600_000)))
    assert [sunday_six[name] for name in wanted[:4]] == [6, 6, 1, 1]


def test_the_schema_names_every_field() -> None:
    found = json_schema()["$defs"]["Event"]["properties"]
    assert {"event_id", "occurred_at", "received_at", "amount_fen", "attributes"} <= set(found)
    assert START > 0


def test_the_schema_has_the_bounds_of_the_check() -> None:
    found = json_schema()["$defs"]["Event"]["properties"]
    assert (found["amount_fen"]["minimum"], found["amount_fen"]["maximum"]) == (0, 10**15)
    assert parse(line(amount_fen=found["amount_fen"]["maximum"]))
    assert parse(line(event_id="x" * found["event_id"]["maxLength"]))
    assert parse(line(occurred_at=found["occurred_at"]["minimum"]))
    for wrong in (
        {"occurred_at": found["occurred_at"]["exclusiveMaximum"]},
        {"occurred_at": 946_684_799_999},
    ):
        with pytest.raises(EventError):
            parse(line(**wrong))


@pytest.mark.parametrize("number", [float("nan"), float("-inf")])
def test_a_number_that_json_lacks_is_named(number: float) -> None:
    with pytest.raises(EventError, match="没有的数请不传这个字段"):
        parse(line(attributes={"speed": number}))
