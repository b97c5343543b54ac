"""Beside Apache Flink's local cluster: our windows and Flink SQL's on the same file; our decisions inside Flink.

python -m bench.fraud_flink [--quick]: needs `.venv-flink` (made by `make test-flink`) and Java 17.
Both read the same csv of the Handbook's payments and compute a customer's count and mean over 1, 7 and
30 days: ours event by event on one core, Flink SQL in streaming mode on two, its start left out. The
decision inside Flink: events leave at a fixed rate, and latency counts from there to the decision.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.table import Row, heading

PYTHON = Path(".venv-flink/bin/python")
EVENTS, RATE, SECONDS = 300_000, 200, 30
SPANS = (1, 7, 30)


def measure(quick: bool) -> list[Row]:
    """Events a second of both, and throughput and latency of decisions in Flink; nothing without Flink."""
    if not PYTHON.exists():
        print("no .venv-flink: run `make test-flink` first", file=sys.stderr)
        return []
    with tempfile.TemporaryDirectory(prefix="xb-flink-") as folder:
        return [*_windows(Path(folder), EVENTS // (10 if quick else 1)), *_decisions(Path(folder), quick)]


def _windows(folder: Path, events: int) -> list[Row]:
    from bench.cards import cards
    from bench.fraud import KEPT

    file = folder / "events.csv"
    names = ("event_id", "occurred_at", "customer", "amount_fen")
    columns = [cards(KEPT).columns[name].values[:events].tolist() for name in names]
    with file.open("w", newline="") as out:
        csv.writer(out).writerows(zip(*columns, strict=True))
    wall, cpu, ours = _ours(file)
    theirs = _there("--sql", str(file))
    assert theirs["events"] == events
    wrong = sum(abs(one - other) > 1e-6 for one, other in zip(ours, theirs["sums"], strict=True))
    note = f"{events / wall:,.0f} events a second ({events / cpu:,.0f} a core-second) against {events / theirs['run']:,.0f}"
    return [
        Row("6 customer windows one at a time, from csv", wall, "s wall", theirs["run"] / 3, note),
        Row("the same, Flink SQL, both cores", theirs["run"], "s wall", None, f"{wrong} of 6 totals differ"),
    ]


def _ours(file: Path) -> tuple[float, float, list[float]]:
    from xiaobao.engines.fraud.online import OnlineFeatures
    from xiaobao.engines.fraud.windows import DAY, Aggregate, FeatureSet, Window

    online = OnlineFeatures(
        FeatureSet(
            tuple(
                Window(
                    f"{kind}_{days}", "customer", kind, days * DAY, "amount_fen" * (kind is Aggregate.MEAN)
                )
                for days in SPANS
                for kind in (Aggregate.COUNT, Aggregate.MEAN)
            )
        )
    )
    wall, cpu = time.perf_counter(), time.process_time()
    totals = [0.0] * 6
    with file.open(newline="") as lines:
        for _, moment, customer, fen in csv.reader(lines):
            found = online.update({"occurred_at": int(moment), "customer": customer, "amount_fen": int(fen)})
            totals = [total + value for total, value in zip(totals, found, strict=True)]  # type: ignore[operator]
    return time.perf_counter() - wall, time.process_time() - cpu, totals


def _there(*arguments: str) -> dict[str, Any]:
    """What this module prints when it runs inside Flink's environment."""
    command = [str(PYTHON), "-m", "bench.fraud_flink", *arguments]
    done = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": "src:.", "PATH": "/usr/bin:/bin"},
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _sql(file: str) -> dict[str, Any]:
    """Chained OVER windows, since one streaming SELECT takes only one; the totals are printed by Flink."""
    from pyflink.table import EnvironmentSettings, TableEnvironment

    table = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    table.get_config().set("parallelism.default", "2")
    table.execute_sql(
        "CREATE TABLE ev (id BIGINT, ms BIGINT, c INT, fen BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3), "
        f"WATERMARK FOR ts AS ts) WITH ('connector'='filesystem','path'='file://{file}','format'='csv')"
    )
    query = "SELECT id, c, CAST(fen AS DOUBLE) fen, ts FROM ev"
    for days in SPANS:
        over = f"OVER (PARTITION BY c ORDER BY ts RANGE BETWEEN INTERVAL '{days}' DAY(2) PRECEDING AND CURRENT ROW)"
        query = f"SELECT *, COUNT(*) {over} n{days}, AVG(fen) {over} a{days} FROM ({query})"
    columns = ", ".join(f"n{days} BIGINT, a{days} DOUBLE" for days in SPANS)
    out = f"{file}.out"
    table.execute_sql(
        f"CREATE TABLE o (id BIGINT, {columns}) WITH ('connector'='filesystem','path'='file://{out}','format'='csv')"
    )
    names = ", ".join(f"n{days}, a{days}" for days in SPANS)
    began = time.perf_counter()
    table.execute_sql(f"INSERT INTO o SELECT id, {names} FROM ({query})").wait()
    run = time.perf_counter() - began
    totals, events = [0.0] * 6, 0
    for part in Path(out).rglob("*"):
        if part.is_file():
            with part.open(newline="") as lines:
                for row in csv.reader(lines):
                    events += 1
                    totals = [total + float(value) for total, value in zip(totals, row[1:], strict=True)]
    return {"run": run, "events": events, "sums": totals}


def _decisions(folder: Path, quick: bool) -> list[Row]:
    seconds = SECONDS // (5 if quick else 1)
    paced = _there("--decide", str(folder / "paced"), str(RATE * seconds), str(RATE))
    whole = _there("--decide", str(folder / "whole"), str(4_000 if quick else 20_000), "0")
    note = f"at {RATE}/s: p50 {paced['p50']:,.0f}, p95 {paced['p95']:,.0f} ms; parallelism 2, checkpoints each 500 ms"
    return [
        Row("a decision inside Flink: p99 latency", paced["p99"], "ms", None, note),
        Row(
            "decisions inside Flink, as fast as it goes",
            whole["rate"],
            "a second",
            None,
            f"{whole['events']:,} events after the first answer",
        ),
    ]


def _decide(folder: Path, count: int, rate: int) -> dict[str, float]:
    """Our decision in the local cluster; when each event left and when its decision was there."""
    from tests.engines.fraud import flink_real as test

    events = test.stream(count)
    left, there = folder / "left", folder / "there"
    folder.mkdir()
    began = time.monotonic() + 25  # by then the cluster stands

    def leave(line: str) -> str:
        number = int(line.partition("\t")[0])
        if rate:
            time.sleep(max(0.0, began + number / rate - time.monotonic()))
        with left.open("a") as out:
            out.write(f"{number} {time.monotonic()}\n")
        return line

    def arrive(line: str) -> str:
        with (there / str(hash(line) % 8)).open("a") as out:
            out.write(f"{json.loads(line)['event_id']} {time.monotonic()}\n")
        return line

    there.mkdir()
    test.pipeline(folder, events, test.load_free, leave, arrive)
    known = {event.event_id: number for number, event in reversed(list(enumerate(events)))}
    gone = {int(number): float(when) for number, when in map(str.split, left.read_text().splitlines())}
    came = [line.split() for path in there.iterdir() for line in path.read_text().splitlines()]
    took = sorted(float(when) - gone[known[name]] for name, when in came)
    ends = sorted(float(when) for _, when in came)
    cut = {f"p{share}": took[len(took) * share // 100] * 1_000 for share in (50, 95, 99)}
    return {"events": len(took), "rate": len(took) / (ends[-1] - ends[0]), **cut}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sql", help=argparse.SUPPRESS)
    parser.add_argument("--decide", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sql:
        print(json.dumps(_sql(options.sql)))
    elif options.decide:
        print(json.dumps(_decide(Path(options.decide[0]), int(options.decide[1]), int(options.decide[2]))))
    else:
        heading("figure, bar, verdict")
        print("\n".join(row.line() for row in measure(options.quick)))
