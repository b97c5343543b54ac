"""What a stopped customer is told, and what happens when a part of the engine fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay, rule
from xiaobao.engines.fraud.decisions import Contribution
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import EventType
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind, Source
from xiaobao.engines.fraud.notices import DueProcess
from xiaobao.engines.fraud.rules import Outcome, RuleSet
from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Verdict

STOP = RuleSet("stop", (rule("S", ("amount_fen", ">", 5_000), outcome=Outcome.HOLD, points=1),), ())
SETTINGS = Settings(FEATURES, STOP)


class Scorer:
    """Scores what it was told to, or breaks."""

    hash = feature_hash = "h"

    def __init__(self, value: float | None) -> None:
        self._value = value

    def score(self, row: Mapping[str, Any]) -> float:
        if self._value is None:
            raise RuntimeError("broken")
        return self._value

    def contributions(self, row: Mapping[str, Any]) -> tuple[Contribution, ...]:
        return (Contribution("amount_fen", row["amount_fen"], 1.0, 0.5),)


def test_a_stopped_customer_is_told_cause_remedy_papers_appeal() -> None:
    notice = Engine(SETTINGS).decide(pay(1)).notice
    assert notice is not None
    assert notice.cause == ("为保障您的资金安全，请核实本次交易",)
    assert notice.papers == ("本人有效身份证件",)
    assert "5" not in "".join([*notice.cause, notice.remedy, notice.appeal])
    given = tuple(name for name in ("cause", "remedy", "papers", "appeal") if getattr(notice, name))
    law, day = book(), date(2026, 1, 1)
    found = decide(law.rule("AF-002"), law.get("AF-002", day), {"given": given, "appeal_upheld": False})
    assert found.verdict is Verdict.PASS


def test_who_is_let_through_is_told_nothing() -> None:
    assert Engine(SETTINGS).decide(pay(1, 10)).notice is None
    challenged = replace(STOP, rules=(replace(STOP.rules[0], outcome=Outcome.CHALLENGE),))
    assert Engine(Settings(FEATURES, challenged)).decide(pay(1)).notice is None


def test_papers_follow_the_reason_and_a_list_names_no_list() -> None:
    black = ListBook([Entry(ListKind.BLACK, "counterparty", "p1", "涉案账户", Source.POLICE, "甲")])
    due = DueProcess(papers={"S_reason": ("交易合同", "本人有效身份证件")})
    notice = Engine(replace(SETTINGS, lists=black, due=due)).decide(pay(1)).notice
    assert notice is not None
    assert notice.papers == ("交易合同", "本人有效身份证件")
    assert notice.cause[-1] == "交易对方或账户存在风险，本行依法采取保护措施"
    assert "涉案" not in "".join(notice.cause)


@pytest.mark.parametrize(
    ("fail", "fen", "outcome"),
    [
        ({}, 10, Outcome.CHALLENGE),
        ({EventType.PAYMENT: Outcome.ALLOW}, 10, Outcome.ALLOW),
        ({EventType.PAYMENT: Outcome.REFUSE}, 10, Outcome.REFUSE),
        ({EventType.PAYMENT: Outcome.ALLOW}, 10_000, Outcome.HOLD),
        ({EventType.LOGIN: Outcome.REFUSE}, 10, Outcome.CHALLENGE),
    ],
)
@pytest.mark.parametrize("value", [None, float("nan")])
def test_a_model_that_fails_answers_by_the_policy(
    fail: dict[EventType, Outcome], fen: int, outcome: Outcome, value: float | None
) -> None:
    engine = Engine(replace(SETTINGS, fail=fail), Scorer(value))
    decision = engine.decide(pay(1, fen))
    assert (decision.outcome, decision.score, engine.failures) == (outcome, None, 1)
    assert decision.failed.startswith("model: ")
    assert decision.contributions == ()


def test_giving_up_follows_the_policy_and_remembers_nothing() -> None:
    engine = Engine(replace(SETTINGS, fail={EventType.PAYMENT: Outcome.REFUSE}))
    decision = engine.give_up(pay(1, 10), "journal")
    assert (decision.outcome, decision.failed) == (Outcome.REFUSE, "journal")
    assert decision.notice is not None
    assert decision.notice.cause == ("系统暂时不能完成风险核验",)
    assert engine.decide(pay(1, 10)).outcome is Outcome.ALLOW


def test_contributions_are_for_alerts_and_survive_a_snapshot() -> None:
    engine = Engine(SETTINGS, Scorer(0.25))
    assert engine.decide(pay(1, 10)).contributions == ()
    alert = engine.decide(pay(2, 10_000))
    assert alert.score == 0.25
    assert alert.contributions[0].change == 0.5
    again = Engine(SETTINGS, Scorer(0.25))
    again.restore(engine.state())
    assert again.decide(pay(2, 10_000)) == alert
    assert RULES.hash != alert.versions.rules
