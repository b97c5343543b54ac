"""The comparison of a shadow set with the live one: the same from decisions and from a back-test."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.engines.fraud.bank import BIG, FEATURES, RULES, rule
from tests.engines.fraud.test_replay import stream, table_of
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.replay import answers
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.engines.fraud.shadow import Comparison

STRICT = RuleSet("strict", (BIG, rule("S", ("amount_fen", ">", 100), outcome=Outcome.HOLD)), RULES.thresholds)


def test_cells_add_up() -> None:
    comparison = Comparison()
    live, shadow = np.array([0, 0, 3, 1]), np.array([0, 2, 1, 1])
    comparison.add(live, shadow, np.array([10, 20, 40, 80]), np.array([0, 1, 1, 0]))
    report = comparison.report()
    assert report["all"] == {"events": 4, "fen": 150, "frauds": 2, "fraud_fen": 60}
    assert report["same"] == {"events": 2, "fen": 90, "frauds": 0, "fraud_fen": 0}
    assert report["stricter"] == {"events": 1, "fen": 20, "frauds": 1, "fraud_fen": 20}
    assert report["milder"] == {"events": 1, "fen": 40, "frauds": 1, "fraud_fen": 40}
    assert [(cell["live"], cell["shadow"]) for cell in report["cells"]] == [
        ("allow", "allow"),
        ("allow", "hold"),
        ("challenge", "challenge"),
        ("refuse", "challenge"),
    ]


def test_decisions_and_back_test_compare_alike() -> None:
    events = stream(300)
    engine = Engine(replace(Settings(FEATURES, RULES), shadow=STRICT))
    one, other = Comparison(), Comparison()
    one.add_decisions((engine.decide(event), event.amount_fen or 0, False) for event in events)
    table = table_of(events)
    pairs = zip(answers(RULES, FEATURES, table), answers(STRICT, FEATURES, table), strict=True)
    for live, shadow in pairs:
        fen = live.table.columns["amount_fen"].values
        other.add(live.outcome, shadow.outcome, fen, np.zeros(len(live), np.int64))
    assert one.report() == other.report()
    assert one.report()["stricter"]["events"] > 0
    plain = Comparison()
    plain.add_decisions([(Engine(Settings(FEATURES, RULES)).decide(events[0]), 1, False)])
    assert plain.report()["all"]["events"] == 0
