"""The anti-fraud engine: decisions in process, rules beside zen-engine, back-test beside DuckDB.

python -m bench.fraud [--quick]: alone, without a database.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import zen

from bench.cards import cards
from bench.fraud_rules import TWENTY
from bench.table import Row, heading
from xiaobao.engines.fraud.batch import compute, in_chunks
from xiaobao.engines.fraud.columns import Table
from xiaobao.engines.fraud.desk import Desk, settled
from xiaobao.engines.fraud.documents import ruleset_from
from xiaobao.engines.fraud.engine import Engine, Settings
from xiaobao.engines.fraud.events import Event, EventType, encode, parse
from xiaobao.engines.fraud.handbook import INPUTS, handbook_features
from xiaobao.engines.fraud.inputs import Inputs
from xiaobao.engines.fraud.jdm import to_jdm
from xiaobao.engines.fraud.model import OnnxModel, Part
from xiaobao.engines.fraud.replay import Tally, answers
from xiaobao.engines.fraud.rules import CompiledRules
from xiaobao.engines.fraud.sql import feature_query
from xiaobao.engines.fraud.training import Facts, Material, Member, Recipe, fit, onnx_file

FEATURES = handbook_features()
RULES, _ = ruleset_from(TWENTY)
GROUP = 64
KEPT = Path(tempfile.gettempdir()) / "xiaobao-bench"


def measure(quick: bool) -> list[Row]:
    """Every figure of the engine on one machine."""
    table = cards(KEPT)
    if quick:
        table = table.part(slice(0, 200_000))
    return [*_backtest(table), *_decisions(table, 20_000 if quick else 100_000), *_rules(table)]


def _timed(work: Callable[[], Any], again: int = 3) -> tuple[float, float, Any]:
    """Wall and CPU seconds of the fastest run, and what it gave."""
    best, found = (1e9, 1e9), None
    for _ in range(again):
        wall, cpu = time.perf_counter(), time.process_time()
        found = work()
        best = min(best, (time.perf_counter() - wall, time.process_time() - cpu))
    return *best, found


def _backtest(table: Table) -> list[Row]:
    wall, cpu, ours = _timed(lambda: compute(FEATURES, table))
    theirs_wall, theirs_cpu, theirs = _timed(lambda: _duckdb(table), 2)
    for name, column in ours.items():
        assert np.allclose(column.values, theirs[name], rtol=1e-12, atol=0), name
    whole, whole_cpu, tally = _timed(lambda: _replay(table), 2)
    note = f"{len(table):,} events; {tally.report()['alerts']:,} alerts"
    return [
        Row("12 windows, batch", wall, "s wall", theirs_wall, f"{cpu:.2f} s CPU; bar: DuckDB, same answers"),
        Row("12 windows, DuckDB (both cores)", theirs_wall, "s wall", None, f"{theirs_cpu:.2f} s CPU"),
        Row("back-test: features, 20 rules, report", whole, "s wall", 30, f"{whole_cpu:.2f} s CPU; {note}"),
    ]


def _duckdb(table: Table) -> dict[str, Any]:
    with duckdb.connect() as connection:
        names = ("event_id", "occurred_at", "customer", "terminal", "amount_fen", "is_fraud")
        connection.register("columns", {name: table.columns[name].values for name in names})
        connection.execute("CREATE TABLE events AS SELECT * FROM columns")
        return connection.execute(feature_query(FEATURES, "events", arrival="event_id")).fetchnumpy()


def _replay(table: Table) -> Tally:
    tally = Tally(RULES)
    for found in answers(RULES, FEATURES, table.plus({"truth": table.columns["is_fraud"]})):
        tally.add(found)
    return tally


@cache
def _model() -> OnnxModel:
    """100 trees of 31 leaves on the 15 inputs of two weeks."""
    table = cards(KEPT).part(slice(0, 200_000))
    columns = {**table.columns, **next(in_chunks(FEATURES, table))[1]}
    recipe = Recipe("bench", Inputs(INPUTS), (Member("lightgbm", {"n_estimators": 100}),), "nothing")
    fraud, customer = table.columns["is_fraud"].values, table.columns["customer"].values
    material = Material(recipe.inputs.matrix(columns), fraud, customer)
    fitted = fit(recipe, material.matrix, fraud)
    facts = Facts(Part("2018-04-01", "2018-04-21", len(fraud), int(fraud.sum())), 7)
    return OnnxModel(onnx_file(fitted, FEATURES, material, facts), FEATURES)


def _lines(table: Table, size: int) -> list[bytes]:
    names = ("occurred_at", "customer", "terminal", "amount_fen")
    columns = [table.columns[name].values[:size].tolist() for name in names]
    return [
        encode(
            Event(
                str(at), EventType.PAYMENT, when, when, customer=str(who), terminal=str(where), amount_fen=fen
            )
        )
        for at, (when, who, where, fen) in enumerate(zip(*columns, strict=True))
    ]


def _decisions(table: Table, size: int) -> list[Row]:
    lines = _lines(table, size)
    spent, took = _one_by_one(lines)
    p50, p99 = (float(np.percentile(took, share)) / 1000 for share in (50, 99))
    with tempfile.TemporaryDirectory(dir=KEPT) as folder:
        journalled = min(_in_groups(lines, Path(folder) / str(again)) for again in range(2))
    bare, _ = _one_by_one(lines, scored=False)
    what = "12 windows + 20 rules + 100 trees"
    return [
        Row(f"{what}: p99", p99, "us", 1000, f"p50 {p50:.0f} us; bytes in, bytes out"),
        Row(f"{what}: CPU, one by one", spent, "us", None, f"{1e6 / spent:,.0f} decisions a core-second"),
        Row(
            "  in groups of 64, journal synced: CPU",
            journalled,
            "us",
            50,
            f"{1e6 / journalled:,.0f} a core-second",
        ),
        Row("  without the model: CPU", bare, "us", None, f"{1e6 / bare:,.0f} a core-second"),
    ]


def _one_by_one(lines: list[bytes], *, scored: bool = True) -> tuple[float, list[int]]:
    engine, encoder = Engine(Settings(FEATURES, RULES), _model() if scored else None), msgspec.json.Encoder()
    took, clock = [], time.perf_counter_ns
    with settled():
        began = time.process_time()
        for line in lines:
            start = clock()
            encoder.encode(engine.decide(parse(line)))
            took.append(clock() - start)
        spent = time.process_time() - began
    return spent / len(lines) * 1e6, took


def _in_groups(lines: list[bytes], folder: Path) -> float:
    desk, encoder = Desk(Engine(Settings(FEATURES, RULES), _model()), folder), msgspec.json.Encoder()
    with settled():
        began = time.process_time()
        for at in range(0, len(lines), GROUP):
            for decision in desk.decide_group([(line, parse(line)) for line in lines[at : at + GROUP]]):
                encoder.encode(decision)
        spent = time.process_time() - began
    desk.close()
    return spent / len(lines) * 1e6


def _rules(table: Table) -> list[Row]:
    """The same 20 rules on the same rows: ours, and zen-engine reading what we export."""
    rows = _rows(table, 20_000)
    compiled = CompiledRules(RULES)
    decision = zen.ZenEngine().create_decision(json.dumps(_plain_table()))
    _, cpu, ours = _timed(lambda: [compiled.fired(row, 1) for row in rows], 5)
    few = rows[:3_000]
    _, theirs_cpu, theirs = _timed(lambda: [decision.evaluate(row)["result"] for row in few], 3)
    for fired, hits in zip(ours, theirs, strict=False):
        assert [rule.id for rule in fired] == [hit["rule"] for hit in hits]
    one, other = cpu / len(rows) * 1e6, theirs_cpu / len(few) * 1e6
    return [
        Row(
            "20 rules: CPU a decision",
            one,
            "us",
            other / 20,
            f"bar: a twentieth of zen-engine's {other:.0f} us",
        ),
        Row(
            "20 rules, zen-engine: CPU a decision",
            other,
            "us",
            None,
            f"{other / one:.0f} x ours; same answers",
        ),
    ]


def _plain_table() -> dict[str, Any]:
    """Only the table of rules, so that zen-engine is not asked for more than ours."""
    document = to_jdm(RULES)
    table = document["nodes"][1]
    table["content"] |= {"passThrough": False, "outputPath": None}
    document["nodes"] = [document["nodes"][0], table, document["nodes"][-1]]
    ends = [node["id"] for node in document["nodes"]]
    document["edges"] = [
        {"id": f"e{at}", "sourceId": ends[at], "targetId": ends[at + 1], "type": "edge"} for at in (0, 1)
    ]
    return document


def _rows(table: Table, size: int) -> list[dict[str, Any]]:
    """Rows late enough to have full windows, with the fields the rules read."""
    start = len(table) - size
    part = table.part(slice(max(start - 400_000, 0), None))
    values = compute(FEATURES, part, start=len(part) - size)
    wanted = ("amount_fen", "weekend", "night")
    joined = Table({**{name: part.columns[name].part(slice(-size, None)) for name in wanted}, **values})
    return list(joined.rows())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    found = measure(parser.parse_args().quick)
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in found))
