"""The decision cut into keyed stages answers as the single process does."""

from __future__ import annotations

import pickle
import random
from typing import Any

import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay, rule
from xiaobao.engines.fraud.brake import Brake, Limit
from xiaobao.engines.fraud.decisions import Decision
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventType
from xiaobao.engines.fraud.keyed import Judge, KeyStage, Partial, stages
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.windows import DAY, HOUR, Aggregate, FeatureSet, Window

TWO = FeatureSet(
    (
        *FEATURES.windows,
        Window("paid_to_1h", "counterparty", Aggregate.COUNT, HOUR),
        Window("max_to_1d", "counterparty", Aggregate.MAX, DAY, "amount_fen"),
        Window("logins_1h", "device", Aggregate.SECONDS_SINCE, HOUR),
    )
)
LIMITS = (Limit(Outcome.REFUSE, DAY, count=20, share=0.5),)


def stream(count: int, seed: int) -> list[Event]:
    chance = random.Random(seed)
    return [
        pay(
            number,
            chance.choice([10_000, 900_000, 6_000_000]),
            customer=f"c{chance.randrange(9)}",
            to=f"p{chance.randrange(5)}" if chance.random() < 0.9 else "",
            second=number + chance.choice([0, 0, 0, -40, -900]),
        )
        for number in range(count)
    ]


def by_stages(settings: Settings, events: list[Event]) -> list[Decision]:
    """Every key's state goes through pickle between two events, as a cluster would have it."""
    work = [KeyStage(stage, settings.grace) for stage in stages(settings.features)]
    kept: dict[tuple[str, str], bytes] = {}
    judge, brake, found = Judge(settings), pickle.dumps(Brake(settings.limits)), []
    for event in events:
        partial = Partial(event, {})
        for stage in work:
            place = (stage.stage.entity, stage.key(event))
            before = pickle.loads(kept[place]) if place in kept else None
            after = stage.update(before, partial)
            if after is not None:
                kept[place] = pickle.dumps(after)
            partial = pickle.loads(pickle.dumps(partial))
        seen: Any = pickle.loads(brake)
        found.append(judge.decide(partial, seen))
        brake = pickle.dumps(seen)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_stages_answer_as_the_single_process(seed: int) -> None:
    settings, events = Settings(TWO, RULES, limits=LIMITS), stream(600, seed)
    engine = Engine(settings)
    single = [engine.decide(event) for event in events]
    assert by_stages(settings, events) == single
    assert engine.incidents, "the brake was to fall"
    assert any(decision.late for decision in single)


def test_one_stage_an_entity() -> None:
    assert [stage.entity for stage in stages(TWO)] == ["customer", "counterparty", "device"]
    assert sum(len(stage.features.windows) for stage in stages(TWO)) == len(TWO.windows)


def test_an_event_without_the_entity_leaves_no_state() -> None:
    login = Event("l1", EventType.LOGIN, 1_780_000_000_000, 1_780_000_000_000, customer="c1")
    stage = KeyStage(stages(TWO)[1], grace=0)
    partial = Partial(login, {})
    assert stage.update(None, partial) is None
    assert partial.values["paid_to_1h"] == 1


def test_what_cannot_be_computed_gets_the_fail_policy_in_both() -> None:
    strange = FeatureSet((Window("highest", "customer", Aggregate.MAX, HOUR, "attr.level"),))
    settings = Settings(strange, RuleSet("one", (rule("R1", ("amount_fen", ">", 1), points=1),), ()))
    events = [
        Event(f"e{at}", EventType.LOGIN, 10**12 + at, 10**12, customer="c", attributes={"level": level})
        for at, level in enumerate([1, "high", 2])
    ]
    engine = Engine(settings)
    single = [engine.decide(event) for event in events]
    assert [decision.outcome for decision in single][1:] == [Outcome.CHALLENGE] * 2
    assert single[1].failed == "engine: TypeError"
    assert by_stages(settings, events) == single
