"""The back-test gives the engine's own answers, and its report counts them."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from tests.engines.fraud.bank import BIG, FEATURES, OFTEN, RULES, SPREAD, START, pay, rule
from xiaobao.engines.fraud.columns import Column, Table, table_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.evaluation import cards_found
from xiaobao.engines.fraud.events import Event, EventType, Label, row_of
from xiaobao.engines.fraud.listed import list_columns
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind, Source
from xiaobao.engines.fraud.replay import (
    ReplayError,
    Tally,
    answers,
    decision_columns,
    truth_of,
)
from xiaobao.engines.fraud.rules import Outcome, RuleSet


def stream(size: int, seed: int = 5) -> list[Event]:
    """Payments of a few customers with ties and late ones."""
    rng = random.Random(seed)
    return [
        pay(
            number,
            rng.choice([0, 500, 400_000, 6_000_000]),
            customer=f"c{rng.randrange(6)}",
            to=f"p{rng.randrange(5)}",
            second=number // 3 - rng.choice([0, 0, 0, 40]) + 100,
        )
        for number in range(size)
    ]


def table_of(events: list[Event]) -> Table:
    rows = [
        {"event_id": event.event_id, "label_of": event.label_of or None, **row_of(event)} for event in events
    ]
    table = table_from(rows)
    return table.plus({"truth": truth_of(table)})


DATED = rule(
    "R4", ("amount_fen", ">", 400_000), since=START + 90_000, until=START + 190_000, outcome=Outcome.CHALLENGE
)
WORDS = rule(
    "R5", ("counterparty", "in", ("p1", "p2")), ("type", "=", "payment"), ("device", "!=", "x"), points=7
)
WIDER = replace(RULES, rules=(BIG, OFTEN, SPREAD, DATED, WORDS))


@pytest.mark.parametrize("size", [70, 1_000])
def test_answers_equal_the_engines(size: int) -> None:
    events = stream(400)
    engine = Engine(Settings(FEATURES, WIDER))
    want = [engine.decide(event) for event in events]
    found = list(answers(WIDER, FEATURES, table_of(events), size=size))
    outcomes = np.concatenate([part.outcome for part in found]).tolist()
    points = np.concatenate([part.points for part in found]).tolist()
    fired = np.concatenate([part.rule_words(WIDER) for part in found]).tolist()
    assert outcomes == [decision.outcome for decision in want]
    assert points == [decision.points for decision in want]
    assert fired == [";".join(reason.rule for reason in decision.reasons) for decision in want]
    assert {*outcomes} == {*Outcome}


def test_labels_are_truth_and_no_decision() -> None:
    label = Event("l1", EventType.LABEL, START + 9_000, START + 9_000, label=Label.FRAUD, label_of="e2")
    table = table_of([pay(1), pay(2, 6_000_000), label, pay(20, customer="c9")])
    (found,) = answers(RULES, FEATURES, table)
    assert found.table.columns["truth"].values.tolist() == [0, 1, 0]
    assert decision_columns(found, RULES)["outcome"].tolist() == ["allow", "challenge", "allow"]


def test_the_report_counts_money_alerts_and_rules() -> None:
    label = Event("l1", EventType.LABEL, START + 9_000, START + 9_000, label=Label.FRAUD, label_of="e2")
    table = table_of([pay(1), pay(2, 6_000_000), pay(3, 7_000_000, customer="c2"), label])
    rules = RuleSet("hold", (replace(BIG, outcome=Outcome.HOLD),), ())
    tally = Tally(rules)
    for found in answers(rules, FEATURES, table):
        tally.add(found)
    report = tally.report()
    assert report["outcomes"] == {"allow": 1, "challenge": 0, "hold": 2, "refuse": 0}
    assert report["money"] == {
        "fraud_fen": 6_000_000,
        "fraud_stopped_fen": 6_000_000,
        "fraud_challenged_fen": 0,
        "honest_stopped_fen": 7_000_000,
    }
    assert (report["alerts"], report["frauds_alerted"], report["precision_at_100_cards"]) == (2, 1, 0.01)
    assert report["rules"] == [
        {"id": "R1", "hits": 2, "frauds": 1, "precision": 0.5, "fraud_fen": 6_000_000, "only_this": 2}
    ]


@pytest.mark.parametrize("field", ["is_fraud", "truth", "score", "count_9h"])
def test_what_became_known_later_is_no_field(field: str) -> None:
    rules = RuleSet("peek", (rule("P", (field, "=", 1), points=9),), ())
    with pytest.raises(ReplayError, match=f"P 字段“{field}”没有声明"):
        list(answers(rules, FEATURES, table_of([pay(1)])))


def test_a_card_found_is_not_asked_again() -> None:
    day, card = np.array([1, 1, 1, 2, 2]), np.array([7, 7, 8, 7, 8])
    fraud, rank = np.array([0, 1, 0, 1, 1]), np.array([9.0, 1, 5, 9, 3])
    assert cards_found(day, card, fraud, rank, cards=1) == 1.0
    assert cards_found(day, card, fraud, np.array([1.0, 1, 5, 9, 3]), cards=1) == 0.5


def entry(kind: ListKind, entity: str, key: str, expires_at: int = 0) -> Entry:
    return Entry(kind, entity, key, "名单", Source.OWN, "甲", expires_at=expires_at, approved_by="乙")


LISTS = ListBook(
    [
        entry(ListKind.BLACK, "counterparty", "p1"),
        entry(ListKind.BLACK, "counterparty", "p2", START + 150_000),
        entry(ListKind.WHITE, "customer", "c1", START + 170_000),
        entry(ListKind.WHITE, "customer", "c2", START + 10**9),
        entry(ListKind.GRAY, "customer", "c3"),
        entry(ListKind.GRAY, "device", "never seen"),
    ]
)


def test_lists_in_a_back_test_are_the_engines() -> None:
    gray = rule("G1", ("list.gray.customer", "=", 1), ("amount_fen", ">", 100), points=60)
    rules, events = replace(WIDER, rules=(*WIDER.rules, gray)), stream(400)
    engine = Engine(Settings(FEATURES, rules, LISTS))
    want = [engine.decide(event) for event in events]
    table = table_of(events)
    tally = Tally(rules)
    outcomes: list[int] = []
    for found in answers(rules, FEATURES, table.plus(list_columns(LISTS, table)), size=130):
        tally.add(found)
        outcomes += found.outcome.tolist()
    assert outcomes == [decision.outcome for decision in want]
    told = tally.report()["list_hits"]
    assert told["black"] == sum(any(hit.kind is ListKind.BLACK for hit in one.hits) for one in want) > 0
    assert told["white"] == sum(any(hit.kind is ListKind.WHITE for hit in one.hits) for one in want) > 0


def test_numbers_of_a_file_are_found_by_their_words() -> None:
    table = Table({"occurred_at": Column(np.arange(3)), "customer": Column(np.array([7, 8, 7]))})
    found = list_columns(ListBook([entry(ListKind.BLACK, "customer", "7")]), table)
    assert found["list.black.customer"].missing().tolist() == [False, True, False]


def test_a_rule_on_a_list_that_is_not_given_is_refused() -> None:
    gray = replace(RULES, rules=(rule("G1", ("list.gray.customer", "=", 1), points=60),))
    with pytest.raises(ReplayError, match="G1"):
        list(answers(gray, FEATURES, table_of(stream(5))))
