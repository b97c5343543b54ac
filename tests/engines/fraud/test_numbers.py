"""Numbers that are very large, very small or fractions: exact where it matters, and never the end of a key."""

from __future__ import annotations

import statistics
from dataclasses import replace
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.fraud.bank import BIG, RULES, START, pay
from xiaobao.engines.fraud.batch import compute
from xiaobao.engines.fraud.columns import table_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import EventError, check
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.rules import RuleSet
from xiaobao.engines.fraud.sql import feature_query
from xiaobao.engines.fraud.windows import HOUR, Aggregate, DefinitionError, FeatureSet, Window

X = FeatureSet(
    tuple(
        Window(str(kind), "customer", kind, HOUR, "attr.x")
        for kind in (Aggregate.SUM, Aggregate.MEAN, Aggregate.STDDEV)
    )
)
SPREAD = FeatureSet((Window("spread", "customer", Aggregate.STDDEV, HOUR, "amount_fen"),))


def row(at: int, x: Any) -> dict[str, Any]:
    return {"occurred_at": START + at, "customer": "a", "attr.x": x}


@pytest.mark.parametrize("huge", [1e200, -1e30, 1.8e308])
def test_a_number_beyond_all_sense_is_refused(huge: float) -> None:
    with pytest.raises(EventError, match="64"):
        check(replace_attributes({"x": huge}))


def replace_attributes(attributes: dict[str, Any]) -> Any:
    import msgspec

    return msgspec.structs.replace(pay(1), attributes=attributes)


@pytest.mark.parametrize("strange", [1e200, float("inf"), float("nan"), "word", None])
def test_no_value_stops_the_events_after_it(strange: Any) -> None:
    online = OnlineFeatures(X)
    online.update(row(0, strange))
    online.update(row(1, strange))
    late = HOUR + 10
    online.update(row(late, 3))
    assert online.update(row(late + 1, 5)) == [8, 4.0, 1.0]


def test_the_spread_of_close_fractions_is_not_lost() -> None:
    values = [1e9 + 0.01 * step for step in range(50)]
    rows = [row(at, value) for at, value in enumerate(values)]
    want = statistics.pstdev(values)
    online = OnlineFeatures(X)
    assert [online.update(one) for one in rows][-1][2] == pytest.approx(want, rel=1e-9)
    assert compute(X, table_from(rows))["stddev"].at(49) == pytest.approx(want, rel=1e-9)
    connection = duckdb.connect()
    connection.execute('CREATE TABLE e (arrival INT, occurred_at BIGINT, customer TEXT, "attr.x" DOUBLE)')
    connection.executemany(
        "INSERT INTO e VALUES (?, ?, ?, ?)", [[at, *one.values()] for at, one in enumerate(rows)]
    )
    last = connection.execute(feature_query(X, "e")).fetchall()[-1]
    assert last[3] == pytest.approx(want, rel=1e-6)


def test_an_outlier_leaves_no_rounding_behind() -> None:
    online = OnlineFeatures(X)
    for at, value in enumerate((9e18, 0.25, 9e18)):
        online.update(row(at, value))
    online.update(row(HOUR + 10, 0.1))
    assert online.update(row(HOUR + 11, 0.2)) == [
        pytest.approx(0.3),
        pytest.approx(0.15),
        pytest.approx(0.05),
    ]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(-1e9, 1e9, allow_nan=False, width=32), min_size=1, max_size=12))
def test_fractions_one_by_one_and_in_columns(values: list[float]) -> None:
    rows = [row(at, value) for at, value in enumerate(values)]
    online = OnlineFeatures(X)
    got = [online.update(one) for one in rows][-1]
    columns = compute(X, table_from(rows))
    want = [sum(values), statistics.fmean(values), statistics.pstdev(values)]
    assert got == pytest.approx(want, rel=1e-9, abs=1e-3)
    assert got == pytest.approx([columns[name].at(len(rows) - 1) for name in X.names], rel=1e-9, abs=1e-6)


def test_a_snapshot_holds_sums_beyond_64_bits() -> None:
    make = replace(Settings(SPREAD, RuleSet("x", (BIG,), RULES.thresholds)), features=SPREAD)
    engine = Engine(make)
    for number in range(9):
        engine.decide(pay(number, fen=10**14 + number * 10**13))
    state = engine.state()
    again = Engine(make)
    again.restore(state)
    assert again.state() == state
    assert again.decide(pay(9, fen=1)).reasons == engine.decide(pay(9, fen=1)).reasons


def test_a_snapshot_keeps_fractions() -> None:
    engines = [Engine(Settings(X, RuleSet("x", (BIG,), ()))) for _ in range(2)]
    import msgspec

    events = [msgspec.structs.replace(pay(at), attributes={"x": 0.1 * at}) for at in range(5)]
    for event in events:
        engines[0].decide(event)
    engines[1].restore(engines[0].state())
    assert engines[1].state() == engines[0].state()


def test_numbers_and_words_have_no_largest_in_columns() -> None:
    features = FeatureSet((Window("most", "customer", Aggregate.MAX, HOUR, "attr.x"),))
    with pytest.raises(DefinitionError, match="文字"):
        compute(features, table_from([row(0, 1), row(1, "12")]))


def test_a_late_event_that_cannot_be_answered_leaves_the_key_whole() -> None:
    features = FeatureSet(
        (
            Window("most", "customer", Aggregate.MAX, HOUR, "attr.x"),
            Window("count", "customer", Aggregate.COUNT, HOUR),
        )
    )
    online = OnlineFeatures(features, grace=HOUR)
    online.update(row(200, 1))
    online.update(row(1_000, 1))
    with pytest.raises(TypeError):
        online.update(row(500, "word"))
    assert online.update(row(HOUR + 2_000, 4)) == [4, 1]
