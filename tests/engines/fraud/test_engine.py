"""The decision: priority, reasons, lists, idempotency, brake, snooze, shadow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engines.fraud.bank import BIG, FEATURES, OFTEN, RULES, SPREAD, START, pay, rule
from xiaobao.engines.fraud.brake import Limit
from xiaobao.engines.fraud.controls import Snooze
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.lists import Entry, ListBook, ListError, ListKind, Source
from xiaobao.engines.fraud.rules import Outcome, RuleSet, Threshold
from xiaobao.engines.fraud.windows import HOUR

SETTINGS = Settings(FEATURES, RULES)


def outcomes(engine: Engine, *events: object) -> list[Outcome]:
    return [engine.decide(event).outcome for event in events]  # type: ignore[arg-type]


def test_quiet_customer_is_let_through() -> None:
    decision = Engine(SETTINGS).decide(pay(1))
    assert (decision.outcome, decision.points, decision.reasons) == (Outcome.ALLOW, 0, ())
    assert decision.versions.rules == RULES.hash
    assert decision.versions.features == FEATURES.hash


def test_points_add_up_and_reasons_carry_the_values() -> None:
    engine = Engine(SETTINGS)
    engine.decide(pay(1))
    engine.decide(pay(2))
    decision = engine.decide(pay(3, 6_000_000))
    assert (decision.outcome, decision.points) == (Outcome.REFUSE, 110)
    assert [reason.rule for reason in decision.reasons] == ["R1", "R2"]
    seen = decision.reasons[1].compared
    assert [(item.field, item.value) for item in seen] == [("count_1h", 3), ("sum_1h", 6_020_000)]


def test_direct_outcome_wins_over_milder_points() -> None:
    engine = Engine(SETTINGS)
    assert outcomes(engine, pay(1, to="a"), pay(2, to="b"), pay(3, to="c"))[-1] is Outcome.HOLD


def test_same_event_same_answer_and_state_once() -> None:
    engine = Engine(SETTINGS)
    first = engine.decide(pay(1))
    assert engine.decide(pay(1)) is first
    assert engine.decide(pay(2, 6_000_000)).points == 60


def entry(kind: ListKind, key: str, **more: object) -> Entry:
    return Entry(kind, "counterparty", key, "涉案账户", Source.POLICE, "甲", **more)  # type: ignore[arg-type]


def test_black_beats_white_and_expiry_counts() -> None:
    white = entry(ListKind.WHITE, "p1", expires_at=START + HOUR, approved_by="乙")
    book = ListBook([white, entry(ListKind.BLACK, "p2"), entry(ListKind.BLACK, "p3", expires_at=START)])
    engine = Engine(replace(SETTINGS, lists=book))
    events = (pay(1, 6_000_000, to="p1"), pay(2, to="p2"), pay(3, to="p3", customer="c9"))
    assert outcomes(engine, *events) == [Outcome.ALLOW, Outcome.REFUSE, Outcome.ALLOW]


@pytest.mark.parametrize(
    "more", [{"expires_at": 1}, {"expires_at": 1, "approved_by": "甲"}, {"approved_by": "乙"}]
)
def test_white_needs_a_second_person_and_an_end(more: dict[str, object]) -> None:
    with pytest.raises(ListError, match="白名单"):
        entry(ListKind.WHITE, "p1", **more)


def test_rules_may_lean_on_lists() -> None:
    rules = RuleSet("lists", (rule("L1", ("list.gray.counterparty", "=", 1), points=60),), RULES.thresholds)
    engine = Engine(Settings(FEATURES, rules, ListBook([entry(ListKind.GRAY, "p1")])))
    assert outcomes(engine, pay(1), pay(2, to="p2")) == [Outcome.CHALLENGE, Outcome.ALLOW]


def test_brake_sets_the_newest_rule_aside() -> None:
    bad = rule("NEW", ("amount_fen", ">=", 0), outcome=Outcome.REFUSE, since=START - 1)
    rules = RuleSet("bad", (BIG, bad), (Threshold(50, Outcome.CHALLENGE),))
    engine = Engine(Settings(FEATURES, rules, limits=(Limit(Outcome.REFUSE, HOUR, count=20, share=1.0),)))
    seen = outcomes(engine, *(pay(number, customer=f"c{number}") for number in range(60)))
    assert seen.count(Outcome.REFUSE) == 21
    assert seen[-1] is Outcome.ALLOW
    (incident,) = engine.incidents
    assert (incident.rule, incident.reached) == ("NEW", 21)


def test_snooze_is_for_one_customer_one_rule_and_a_time() -> None:
    engine = Engine(SETTINGS)
    engine.snooze(Snooze("c1", "R1", START + 10_000))
    seen = outcomes(engine, pay(1, 6_000_000), pay(2, 6_000_000, customer="c2"), pay(20, 6_000_000))
    assert seen == [Outcome.ALLOW, Outcome.CHALLENGE, Outcome.CHALLENGE]


def test_shadow_answers_beside_and_changes_nothing() -> None:
    strict = RuleSet("strict", (rule("S1", ("amount_fen", ">", 1), outcome=Outcome.REFUSE),), ())
    decision = Engine(replace(SETTINGS, shadow=strict)).decide(pay(1))
    assert (decision.outcome, decision.shadow) == (Outcome.ALLOW, Outcome.REFUSE)


def test_rules_are_in_force_by_event_time() -> None:
    later = RuleSet("later", (replace(BIG, since=START + 5_000, until=START + 9_000),), RULES.thresholds)
    engine = Engine(Settings(FEATURES, later))
    seen = outcomes(engine, *(pay(number, 6_000_000, customer=f"c{number}") for number in (4, 5, 8, 9)))
    assert seen == [Outcome.ALLOW, Outcome.CHALLENGE, Outcome.CHALLENGE, Outcome.ALLOW]


def test_hash_follows_every_field() -> None:
    assert RULES.hash != replace(RULES, rules=(BIG, OFTEN, replace(SPREAD, say="改"))).hash
