"""What a challenge asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.engines.fraud.bank import FEATURES, RULES, START, pay
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventType
from xiaobao.engines.fraud.rules import Outcome, RuleSet, Threshold
from xiaobao.engines.fraud.stepup import Factor, StepUp

SETTINGS = Settings(FEATURES, RULES)


def test_only_a_challenge_names_a_factor() -> None:
    engine = Engine(SETTINGS)
    challenged = engine.decide(pay(1, 6_000_000))
    assert (challenged.outcome, challenged.factor) == (Outcome.CHALLENGE, Factor.FINGERPRINT)
    assert engine.decide(pay(2, 10, customer="c2")).factor is None


def test_the_strongest_that_a_reason_asks_for() -> None:
    asked = StepUp(by_reason={"R1_reason": Factor.CLOUD_CERTIFICATE, "R2_reason": Factor.NUMBER_CHECK})
    rules = RuleSet("points", RULES.rules, (Threshold(50, Outcome.CHALLENGE),))
    engine = Engine(replace(SETTINGS, rules=rules, step_up=asked))
    found = [
        engine.decide(pay(number, fen)) for number, fen in ((1, 10), (2, 10), (3, 2_000_000), (4, 6_000_000))
    ]
    assert [one.factor for one in found[2:]] == [Factor.NUMBER_CHECK, Factor.CLOUD_CERTIFICATE]


@pytest.mark.parametrize(
    ("kind", "factor"),
    [(EventType.LOGIN, Factor.NUMBER_CHECK), (EventType.PASSWORD_RESET, Factor.CLOUD_CERTIFICATE)],
)
def test_who_cannot_be_judged_is_challenged_by_the_event_type(kind: EventType, factor: Factor) -> None:
    event = Event("x1", kind, START, START, customer="c1")
    assert Engine(SETTINGS).give_up(event, "model").factor is factor
