"""What is bounded: events of one key, decisions remembered. What happens beyond is defined and told."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay
from tests.engines.fraud.test_durability import lines, stream
from xiaobao.engines.fraud.decisions import Contribution
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import row_of
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.engines.fraud.windows import HOUR, Aggregate, FeatureSet, Window

_KINDS = ((Aggregate.SUM, 0), (Aggregate.MAX, 0), (Aggregate.MIN, 5_000))
MANY = FeatureSet(
    (
        Window("count", "customer", Aggregate.COUNT, HOUR),
        Window("payees", "customer", Aggregate.DISTINCT, HOUR, "counterparty"),
        *(Window(kind.value, "customer", kind, HOUR, "amount_fen", delay) for kind, delay in _KINDS),
    )
)
CAPPED = Settings(FEATURES, RULES, most=64)


class Scorer:
    """Scores by the amount, alone or together; breaks together, or on one amount."""

    hash = feature_hash = "h"

    def __init__(self, *, alone: bool = False, strange: int = -1) -> None:
        self.alone, self.strange, self.runs = alone, strange, 0

    def score(self, row: Mapping[str, Any]) -> float:
        if row["amount_fen"] == self.strange:
            raise RuntimeError("strange")
        return float(row["amount_fen"]) / 1e9

    def score_rows(self, rows: Sequence[Mapping[str, Any]]) -> list[float]:
        self.runs += 1
        if self.alone:
            raise RuntimeError("together never")
        return [self.score(row) for row in rows]

    def contributions(self, row: Mapping[str, Any]) -> tuple[Contribution, ...]:
        return ()


def test_of_one_key_the_newest_events_are_kept_and_the_answer_says_so() -> None:
    engine = Engine(CAPPED)
    found = [engine.decide(pay(number, second=0)) for number in range(200)]
    assert not any(decision.short for decision in found[:64])
    assert all(decision.short for decision in found[64:])
    assert engine.short == 136
    later = engine.decide(pay(999, second=7_200))
    assert not later.short, "an hour on, the windows have left the lost events behind"


def test_beyond_the_bound_windows_are_those_of_the_newest_events_alone() -> None:
    chance = random.Random(4)
    events = [
        row_of(pay(at, chance.randrange(1, 99), to=f"p{chance.randrange(40)}", second=at))
        for at in range(900)
    ]
    capped, kept = OnlineFeatures(MANY, grace=300_000, most=100), []
    for at, event in enumerate(events):
        kept.append(event)
        if len(kept) > 100:
            del kept[: 100 // 16 + 1]
        whole = OnlineFeatures(MANY)
        expected = [whole.update(one) for one in kept][-1]
        assert capped.update(event) == expected, at


def test_the_bound_survives_a_snapshot() -> None:
    events = [pay(number, second=number // 9) for number in range(300)]
    whole, half = Engine(CAPPED), Engine(CAPPED)
    expected = [whole.decide(event) for event in events]
    half.decide_many(events[:150])
    again = Engine(CAPPED)
    again.restore(half.state())
    assert again.decide_many(events[150:]) == expected[150:]
    assert again.short == whole.short > 0
    assert again.state() == whole.state()


def test_an_event_older_than_the_memory_is_answered_and_not_counted() -> None:
    engine = Engine(replace(CAPPED, remember=10))
    for number in range(30):
        engine.decide(pay(number, customer=f"c{number}"))
    assert (len(engine.memory), engine.memory.forgotten) == (10, 20)
    again = engine.decide(pay(3, customer="c3"))
    assert again.forgotten
    assert engine.decide(pay(31, customer="c3")).reasons == ()
    before = engine.keys
    fresh = engine.decide(pay(2, 6_000_000, customer="never seen"))
    assert (fresh.forgotten, fresh.outcome, engine.keys) == (True, Outcome.CHALLENGE, before)
    assert not engine.decide(pay(32, customer="c32")).forgotten


def test_one_wrong_clock_does_not_move_the_horizon() -> None:
    engine = Engine(replace(CAPPED, remember=3))
    found = [
        engine.decide(pay(number, customer=f"c{number}", second=10**8 if number == 4 else number))
        for number in range(20)
    ]
    assert not any(decision.forgotten for decision in found)


@pytest.mark.parametrize("remember", [1, 5, 70, 10_000])
@pytest.mark.parametrize("size", [1, 7, 64, 500])
def test_many_at_once_are_judged_as_one_by_one(remember: int, size: int) -> None:
    events = stream(400)
    events[50:50] = events[30:45]
    events[300:300] = events[290:299]
    settings = replace(CAPPED, remember=remember)
    single, many = Engine(settings, Scorer()), Engine(settings, Scorer())
    expected = [single.decide(event) for event in events]
    found = [one for at in range(0, len(events), size) for one in many.decide_many(events[at : at + size])]
    assert found == expected
    assert many.state() == single.state()


@pytest.mark.parametrize("remember", [5, 100, 1_000])
def test_recovery_is_exact_when_decisions_are_forgotten(tmp_path: Path, remember: int) -> None:
    events = stream(400)
    events[200:200] = events[100:160]
    desk = Desk(Engine(replace(CAPPED, remember=remember)), tmp_path)
    groups = [desk.decide_group(lines(events[at : at + 20])) for at in range(0, len(events), 20)]
    desk.close()
    again = Desk(Engine(replace(CAPPED, remember=remember)), tmp_path)
    assert again.state_hash() == desk.state_hash()
    assert any(one.forgotten for group in groups for one in group) == (remember == 5)


def test_scores_together_are_the_scores_alone() -> None:
    events = stream(60)
    together, alone = Scorer(), Scorer(alone=True)
    assert Engine(CAPPED, together).decide_many(events) == Engine(CAPPED, alone).decide_many(events)
    assert together.runs == 1


def test_a_row_the_model_cannot_score_harms_no_other() -> None:
    engine = Engine(CAPPED, Scorer(strange=900_000))
    found = engine.decide_many(stream(60))
    failed = [decision for decision in found if decision.failed]
    assert 0 < len(failed) == engine.failures < 60
    assert {decision.failed for decision in failed} == {"model: RuntimeError"}
    assert all(decision.score is not None for decision in found if not decision.failed)
