"""A year as the annual report tells it, 1.36 million alerts and 166,000 refusals, judged by one process.

python -m bench.fraud_year [--online] [--quick]: alone, without a database.

The report does not say how many requests were judged; here every tenth raises an alert.
The payments are made anew from one seed: 500,000 customers, amounts log-normal. The bench's twenty
rules look at twelve windows; two rules on the amount stop as many as the year had. Back-test: all
columns at once. With --online one event after another through the durable desk, as many alerts
among half as many requests again: journal synced, a snapshot each quarter, older journal segments removed.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.fraud_rules import SAY, TWENTY
from bench.table import Row, heading
from xiaobao.engines.fraud.columns import Column, Table
from xiaobao.engines.fraud.desk import Desk, settled
from xiaobao.engines.fraud.documents import ruleset_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventType, encode, parse
from xiaobao.engines.fraud.files import fields_of_time
from xiaobao.engines.fraud.handbook import handbook_features
from xiaobao.engines.fraud.replay import Tally, answers
from xiaobao.engines.fraud.rules import Outcome, Rule, RuleSet
from xiaobao.engines.fraud.windows import Condition, Operator

ALERTS, REFUSALS = 1_360_000, 166_000
EVENTS = 10 * ALERTS
CUSTOMERS, TERMINALS, DAYS = 500_000, 50_000, 365
FIRST_MS = 1_735_660_800_000  # 2025-01-01, China's midnight
FEATURES = handbook_features()
GROUP = 1_024  # nobody waits for an answer


def year(events: int) -> Table:
    """The year's payments in time order, the same for the same number."""
    chance = np.random.default_rng(2025)
    moments = FIRST_MS + np.sort(chance.integers(0, DAYS * 86_400_000, events))
    fen = np.exp(chance.normal(9.0, 1.4, events)).astype(np.int64) + 1
    return Table(
        {
            "event_id": Column(np.arange(events)),
            "occurred_at": Column(moments),
            "customer": Column(chance.integers(0, CUSTOMERS, events)),
            "terminal": Column((chance.random(events) ** 2 * TERMINALS).astype(np.int64)),
            "amount_fen": Column(fen),
            "is_fraud": Column((chance.random(events) < 0.0005).astype(np.int64)),
            **fields_of_time(moments),
        }
    )


def rules_for(table: Table, scale: float) -> RuleSet:
    """The twenty rules giving points alone, and two that stop the year's numbers of payments."""
    twenty, _ = ruleset_from(TWENTY)
    fen = np.sort(table.columns["amount_fen"].values)[::-1]
    stops = [
        Rule(
            name,
            (Condition("amount_fen", Operator.GT, int(fen[int(count * scale)])),),
            reason=name,
            say=SAY,
            owner="风险部",
            outcome=outcome,
        )
        for name, count, outcome in (
            ("alert", ALERTS, Outcome.CHALLENGE),
            ("refuse", REFUSALS, Outcome.REFUSE),
        )
    ]
    return replace(twenty, name="year", rules=(*twenty.rules, *stops), thresholds=())


def measure(quick: bool) -> list[Row]:
    """Seconds, memory, alerts and refusals of the year's back-test."""
    scale = 0.02 if quick else 1.0
    table = year(int(EVENTS * scale))
    return [_by_columns(table, rules_for(table, scale))]


def measure_online(quick: bool) -> list[Row]:
    """The same of as many alerts one after another, durably."""
    scale = 0.02 if quick else 1.0
    table = year(int(1.5 * ALERTS * scale))
    with tempfile.TemporaryDirectory(prefix="xb-year-") as folder:
        return [_one_by_one(table, rules_for(table, scale), Path(folder))]


def _by_columns(table: Table, rules: RuleSet) -> Row:
    began, tally = time.perf_counter(), Tally(rules)
    for found in answers(rules, FEATURES, table.plus({"truth": table.columns["is_fraud"]})):
        tally.add(found)
    report = tally.report()
    note = _told(report["events"], report["alerts"], report["outcomes"]["refuse"])
    return Row("a year's back-test, one process", time.perf_counter() - began, "s", None, note)


def _one_by_one(table: Table, rules: RuleSet, folder: Path) -> Row:
    desk = Desk(Engine(Settings(FEATURES, rules, remember=20_000)), folder)
    counts = dict.fromkeys(Outcome, 0)
    began, spent, quarter = time.perf_counter(), time.process_time(), len(table) // 4
    with settled():
        for at, group in _groups(table):
            for decision in desk.decide_group([(line, parse(line)) for line in group]):
                counts[decision.outcome] += 1
            if at // quarter != (at - len(group)) // quarter:
                desk.snapshot()
                desk.prune(0)
    wall, spent = time.perf_counter() - began, time.process_time() - spent
    desk.close()
    note = _told(sum(counts.values()), sum(counts.values()) - counts[Outcome.ALLOW], counts[Outcome.REFUSE])
    return Row(
        "the same year, one event after another, durable", wall, "s", None, f"{note}; CPU {spent:,.0f} s"
    )


def _groups(table: Table) -> Iterator[tuple[int, list[bytes]]]:
    """How many events so far, and the next group as lines."""
    names = ("occurred_at", "customer", "terminal", "amount_fen")
    for at in range(0, len(table), GROUP):
        columns = [table.columns[name].values[at : at + GROUP].tolist() for name in names]
        yield (
            at + len(columns[0]),
            [
                encode(
                    Event(
                        str(at + place),
                        EventType.PAYMENT,
                        when,
                        when,
                        customer=str(who),
                        terminal=str(where),
                        amount_fen=fen,
                    )
                )
                for place, (when, who, where, fen) in enumerate(zip(*columns, strict=True))
            ],
        )


def _told(events: int, alerts: int, refusals: int) -> str:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{events:,} events, {alerts:,} alerts, {refusals:,} refusals; {memory:,.0f} MB at most"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--online", action="store_true")
    options = parser.parse_args()
    heading("figure, bar, verdict")
    for part in (measure_online,) if options.online else (measure,):
        print("\n".join(row.line() for row in part(options.quick)), flush=True)
