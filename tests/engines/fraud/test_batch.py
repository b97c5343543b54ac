"""Batch and SQL executors against the online one: ties, late events, boundary seconds, gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.fraud.naive import feature
from xiaobao.engines.fraud.batch import compute, in_chunks, merge
from xiaobao.engines.fraud.columns import Table, column_from, mask_of, table_from
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.sql import feature_query
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Operator, Window

PAID = (Condition("kind", Operator.EQ, "payment"),)
BIG = (Condition("amount_fen", Operator.GE, 3), Condition("kind", Operator.IN, ("payment", "it's")))
WORDS = (Aggregate.DISTINCT, Aggregate.LAST, Aggregate.MIN, Aggregate.MAX)
FEATURES = FeatureSet(
    tuple(
        Window(f"{aggregate}_{value}_{length}_{delay}_{at}", entity, aggregate, length, value, delay, where)
        for aggregate in Aggregate
        for value in ("amount_fen", "to")
        if value == "amount_fen" or aggregate in WORDS
        for length, delay in ((5_000, 0), (3_000, 2_000))
        for at, (entity, where) in enumerate((("customer", ()), ("customer", PAID), ("device", BIG)))
        if not (aggregate is Aggregate.SECONDS_SINCE and delay)
    )
)
EVENT = st.fixed_dictionaries(
    {
        "occurred_at": st.integers(0, 12).map(lambda half: 1_530_000_000_000 + half * 500),
        "customer": st.sampled_from(["c1", "c2", None]),
        "device": st.sampled_from([7, 8]),
        "kind": st.sampled_from(["payment", "login"]),
        "amount_fen": st.sampled_from([0, 1, 3, 5, 10**13, None]),
        "to": st.sampled_from(["a", "b", None]),
    }
)
STREAM = st.lists(EVENT, min_size=1, max_size=25)
SORTED = STREAM.map(lambda events: sorted(events, key=lambda event: event["occurred_at"]))


def one_by_one(events: list[dict[str, Any]], grace: int) -> list[list[Any]]:
    online = OnlineFeatures(FEATURES, grace=grace)
    return [online.update(event) for event in events]


def check(name: str, got: Any, want: Any) -> None:
    if isinstance(want, int | str) or want is None:
        assert got == want, name
    else:
        assert got == pytest.approx(want, rel=1e-9), name


@settings(deadline=None, max_examples=80)
@given(SORTED, st.integers(0, 24))
def test_in_order_equals_online(events: list[dict[str, Any]], start: int) -> None:
    want = one_by_one(events, 0)
    got = compute(FEATURES, table_from(events), start=start)
    for row in range(start, len(events)):
        for at, name in enumerate(FEATURES.names):
            check(name, got[name].at(row - start), want[row][at])


@settings(deadline=None, max_examples=80)
@given(STREAM, st.sampled_from([0, 1_000, 10_000]))
def test_late_events_equal_online(events: list[dict[str, Any]], grace: int) -> None:
    want = one_by_one(events, grace)
    got = compute(FEATURES, table_from(events), grace=grace)
    for row, values in enumerate(want):
        for at, name in enumerate(FEATURES.names):
            check(name, got[name].at(row), values[at])


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        types = ("arrival BIGINT", "occurred_at BIGINT", "customer VARCHAR", "device BIGINT", "kind VARCHAR")
        connection.execute(f'CREATE TABLE events ({", ".join(types)}, amount_fen BIGINT, "to" VARCHAR)')
        yield connection


@settings(deadline=None, max_examples=40)
@given(events=SORTED)
def test_generated_sql_equals_online(
    warehouse: duckdb.DuckDBPyConnection, events: list[dict[str, Any]]
) -> None:
    names = ("occurred_at", "customer", "device", "kind", "amount_fen", "to")
    warehouse.execute("DELETE FROM events")
    rows = [[arrival, *(event[name] for name in names)] for arrival, event in enumerate(events)]
    warehouse.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    got = warehouse.execute(feature_query(FEATURES, "events")).fetchall()
    for (_, *values), want in zip(got, one_by_one(events, 0), strict=True):
        for name, value, wanted in zip(FEATURES.names, values, want, strict=True):
            check(name, value, wanted)


def test_a_value_that_is_missing_or_a_word_adds_nothing() -> None:
    features = FeatureSet(
        tuple(
            Window(str(kind), "customer", kind, 9, "attr.x") for kind in Aggregate if kind != "seconds_since"
        )
    )
    online = OnlineFeatures(features)
    events = [{"occurred_at": at, "customer": "c", **more} for at, more in enumerate(({}, {"attr.x": 4}))]
    for at, event in enumerate(events):
        got = online.update(event)
        assert got == [feature(window, events, at) for window in features.windows]
    assert OnlineFeatures(features).update({"occurred_at": 1, "customer": "c", "attr.x": "?"})[1] == 0


def test_chunks_with_history_equal_the_whole() -> None:
    rng = np.random.default_rng(3)
    moments = np.sort(rng.integers(0, 60_000, 3_000)) // 500 * 500
    table = Table(
        {
            "occurred_at": column_from(moments.tolist()),
            "customer": column_from([f"c{key}" for key in rng.integers(0, 20, 3_000)]),
            "amount_fen": column_from(rng.integers(0, 90, 3_000).tolist()),
        }
    )
    numeric = FeatureSet(
        tuple(Window(f"{kind}", "customer", kind, 5_000, "amount_fen") for kind in Aggregate)
    )
    whole = compute(numeric, table)
    parts = merge([part for _, part in in_chunks(numeric, table, size=700)])
    for name, column in parts.items():
        assert np.array_equal(column.values, whole[name].values, equal_nan=True), name


@settings(deadline=None, max_examples=40)
@given(STREAM, st.integers(1, 9))
def test_chunks_of_a_disordered_stream(events: list[dict[str, Any]], size: int) -> None:
    want = one_by_one(events, 1_000)
    for start, part in in_chunks(FEATURES, table_from(events), size=size, grace=1_000):
        for row in range(min(size, len(events) - start)):
            for at, name in enumerate(FEATURES.names):
                check(name, part[name].at(row), want[start + row][at])


def test_times_too_far_apart_for_one_number_fall_back() -> None:
    events = [{"occurred_at": at * 10**15, "customer": f"c{at}"} for at in range(9_000)]
    (column,) = compute(
        FeatureSet((Window("n", "customer", Aggregate.COUNT, 10),)), table_from(events)
    ).values()
    assert column.values.tolist() == [1] * 9_000


def test_masks_leave_out_what_is_missing() -> None:
    table = table_from([{"a": 1, "b": "x"}, {"a": None, "b": None}, {"a": 2.5, "b": "y"}])
    for field, sign, constant, want in (
        ("a", "!=", 7, [True, False, True]),
        ("a", "in", (1, "x"), [True, False, False]),
        ("b", "!=", "y", [True, False, False]),
        ("b", "in", ("y",), [False, False, True]),
        ("c", "=", 1, [False, False, False]),
        ("a", "<", "x", [False, False, False]),
        ("a", "!=", "x", [True, False, True]),
        ("b", "<", 3, [False, False, False]),
    ):
        assert mask_of([Condition(field, Operator(sign), constant)], table).tolist() == want
