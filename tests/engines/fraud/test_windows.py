"""The online executor against the naive one, on streams with ties, late events and boundary seconds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.fraud.naive import feature
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.windows import (
    Aggregate,
    Condition,
    DefinitionError,
    FeatureSet,
    Operator,
    Window,
    window_from,
)

PAID = (Condition("kind", Operator.EQ, "payment"),)
FEATURES = FeatureSet(
    tuple(
        Window(
            f"{aggregate}_{length}_{delay}_{len(where)}",
            "customer",
            aggregate,
            length,
            "amount_fen",
            delay,
            where,
        )
        for aggregate in Aggregate
        for length, delay in ((1_000, 0), (5_000, 0), (3_000, 2_000))
        for where in ((), PAID)
        if not (aggregate is Aggregate.SECONDS_SINCE and delay)
    )
)
EVENT = st.fixed_dictionaries(
    {
        "occurred_at": st.integers(0, 12).map(lambda second: second * 500),
        "customer": st.sampled_from(["c1", "c2"]),
        "kind": st.sampled_from(["payment", "login"]),
        "amount_fen": st.integers(0, 5),
    }
)


def compare(events: list[dict[str, Any]], grace: int) -> None:
    online = OnlineFeatures(FEATURES, grace=grace)
    for at, event in enumerate(events):
        got = online.update(event)
        for value, window in zip(got, FEATURES.windows, strict=True):
            assert value == pytest.approx(feature(window, events, at)), (window.name, events[: at + 1])


@settings(deadline=None, max_examples=60)
@given(
    st.lists(EVENT, max_size=25).map(lambda events: sorted(events, key=lambda event: event["occurred_at"]))
)
def test_in_order_with_ties(events: list[dict[str, Any]]) -> None:
    compare(events, grace=0)


@settings(deadline=None, max_examples=60)
@given(st.lists(EVENT, max_size=18))
def test_late_events_within_grace(events: list[dict[str, Any]]) -> None:
    compare(events, grace=10_000)


def test_too_late_is_answered_and_not_kept() -> None:
    online = OnlineFeatures(FeatureSet((Window("n", "customer", Aggregate.COUNT, 10_000),)), grace=1_000)
    for moment in (5_000, 1_000, 5_000):
        (count,) = online.update({"occurred_at": moment, "customer": "c1"})
    assert (count, online.too_late) == (2, 1)


def test_long_streams_forget_what_no_window_needs() -> None:
    online = OnlineFeatures(FeatureSet((Window("n", "customer", Aggregate.COUNT, 10_000),)))
    for second in range(20_000):
        (count,) = online.update({"occurred_at": second * 1_000, "customer": "c1"})
        assert count == min(second + 1, 10)
    (track,) = online._tracks[0].values()
    assert len(track.times) < 3_000


def test_late_event_after_trimming_keeps_counters_right() -> None:
    online = OnlineFeatures(
        FeatureSet((Window("d", "customer", Aggregate.DISTINCT, 10_000, "amount_fen"),)), grace=5_000
    )
    for second in [*range(5_000), 4_998, 5_000]:
        (distinct,) = online.update({"occurred_at": second * 1_000, "customer": "c1", "amount_fen": second})
    assert distinct == 10


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"entity": "customer", "aggregate": "count", "length": 1}, "缺少字段 name"),
        ({"name": "a", "entity": "customer", "aggregate": "median", "length": 1}, "median"),
        ({"name": "a", "entity": "customer", "aggregate": "count", "length": 0}, "length 必须为正"),
        ({"name": "a", "entity": "customer", "aggregate": "sum", "length": 1}, "需要 value 字段"),
    ],
)
def test_definitions_that_cannot_be_computed(document: dict[str, Any], says: str) -> None:
    with pytest.raises(DefinitionError, match=says):
        window_from(document)


def test_hash_follows_the_definition() -> None:
    one = FeatureSet((Window("n", "customer", Aggregate.COUNT, 10_000),))
    other = FeatureSet((Window("n", "customer", Aggregate.COUNT, 10_001),))
    assert one.hash != other.hash
    with pytest.raises(DefinitionError, match="重名"):
        FeatureSet((*one.windows, *one.windows))
