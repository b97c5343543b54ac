"""Beside Apache Flink's local cluster: our windows and Flink SQL's on the same file; our decisions inside Flink.

python -m bench.fraud_flink [--quick]: needs `.venv-flink` (made by `make test-flink`) and Java 17.
Both read the same csv of the Handbook's payments and compute a customer's count and mean over 1, 7 and
30 days: ours event by event on one core, Flink SQL in streaming mode on two, its start left out. The
decision inside Flink: as many as it takes, at the step that answers soon (`topics.STEP_MS`) and at a
longer one, which takes more together. Then events leave at half of what the short step can do, and
latency counts from there to the decision, before the sink's commit at the next checkpoint.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.table import Row, heading

PYTHON = Path(".venv-flink/bin/python")
EVENTS, DECISIONS, SECONDS = 300_000, 40_000, 30
WARM, STEP = 10, 0.05  # seconds
SOON, TOGETHER = 20, 200  # milliseconds between watermarks: for latency, for throughput
WATERMARK = (
    " - INTERVAL '0.001' SECOND"  # without it a row of the moment the watermark has reached is late: dropped
)
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
    table = cards(KEPT).part(slice(0, events))
    moments = apart(table.columns["occurred_at"].values.tolist())
    columns = [table.columns[name].values.tolist() for name in ("event_id", "customer", "amount_fen")]
    with file.open("w", newline="") as out:
        csv.writer(out).writerows(zip(moments, *columns, strict=True))
    wall, cpu, ours = _ours(file)
    theirs = _there("--sql", str(file))
    assert theirs["events"] == events, f"{theirs['events']:,} rows of {events:,}"
    for one, other in zip(ours, theirs["sums"], strict=True):
        assert math.isclose(one, other, rel_tol=1e-12), (one, other)
    note = f"{events / wall:,.0f} events a second ({events / cpu:,.0f} a core-second) against {events / theirs['run']:,.0f}"
    return [
        Row("6 customer windows one at a time, from csv", wall, "s wall", theirs["run"] / 3, note),
        Row(
            "the same, Flink SQL, both cores",
            theirs["run"],
            "s wall",
            None,
            f"{theirs['events']:,} rows, the same 6 totals",
        ),
    ]


def apart(moments: Iterable[int]) -> list[int]:
    """The same times in the same order, those of one second a millisecond apart.

    Flink's RANGE counts every row of the same moment, ours those up to the event: without ties both
    windows hold the same rows.
    """
    found: list[int] = []
    for moment in moments:
        found.append(max(moment, found[-1] + 1) if found else moment)
    return found


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
        for moment, _, customer, fen in csv.reader(lines):
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
        "CREATE TABLE ev (ms BIGINT, id BIGINT, c INT, fen BIGINT, ts AS TO_TIMESTAMP_LTZ(ms, 3), "
        f"WATERMARK FOR ts AS ts{WATERMARK}) WITH ('connector'='filesystem','path'='file://{file}','format'='csv')"
    )
    query = "SELECT id, c, CAST(fen AS DOUBLE) fen, ts FROM ev"
    for days in SPANS:
        over = f"OVER (PARTITION BY c ORDER BY ts RANGE BETWEEN {_less_a_millisecond(days)} PRECEDING AND CURRENT ROW)"
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


def _less_a_millisecond(days: int) -> str:
    """Flink's window takes in the moment it begins at, ours begins after it."""
    return f"INTERVAL '{days - 1} 23:59:59.999' DAY(2) TO SECOND(3)"


def _decisions(folder: Path, quick: bool) -> list[Row]:
    part = 4 if quick else 1
    whole, soon = (
        _there("--decide", str(folder / str(step)), str(DECISIONS // part), "0", str(step))
        for step in (TOGETHER, SOON)
    )
    rate = max(int(soon["rate"] / 2 * STEP), 1) / STEP  # half of what it can do
    count = int(rate * (WARM + SECONDS // part))
    paced = _there("--decide", str(folder / "paced"), str(count), str(int(rate)), str(SOON))
    note = f"{paced['timed']:,.0f} at {rate:,.0f}/s, none missing: p50 {paced['p50']:,.0f}, p95 {paced['p95']:,.0f}"
    return [
        Row("a decision inside Flink: p99 latency", paced["p99"], "ms", None, f"{note}; {SOON} ms a step"),
        _fastest(whole, TOGETHER),
        _fastest(soon, SOON),
    ]


def _fastest(run: dict[str, float], step: int) -> Row:
    note = f"{run['events']:,.0f} events, the first fifth, while Java compiles, not counted ({run['all']:,.0f} with it)"
    return Row(f"decisions inside Flink, {step} ms a step", run["rate"], "a second", None, note)


def _decide(folder: Path, count: int, rate: int, step: int) -> dict[str, float]:
    """Our decision in the local cluster; when each event left and when its decision was there."""
    from tests.engines.fraud import flink_real as test
    from tests.engines.fraud.bank import pay

    there = folder / "there"
    there.mkdir(parents=True)

    def arrive(line: str) -> str:
        with (there / str(os.getpid())).open("a") as out:
            out.write(f"{json.loads(line)['event_id']} {time.monotonic()}\n")
        return line

    events = [pay(at, customer=f"c{at % 997}", to=f"p{at % 101}") for at in range(count)]
    if rate:
        return _latency(folder, events, rate, arrive)
    sent = test.written(folder, events)
    test.pipeline(folder, sent, test.load_free, lambda line: line, arrive, step_ms=step)
    ends = sorted(_came(there).values())
    assert len(ends) == count
    warm = count // 5
    return {
        "events": count,
        "rate": (count - warm) / (ends[-1] - ends[warm]),
        "all": count / (ends[-1] - ends[0]),
    }


def _came(there: Path) -> dict[str, float]:
    """When each event's decision was there."""
    lines = (line.split() for path in there.iterdir() for line in path.read_text().splitlines())
    return {name: float(when) for name, when in lines}


def _latency(folder: Path, events: list[Any], rate: int, arrive: Any) -> dict[str, float]:
    """Events on the clock, every `STEP` seconds a file that the running job finds; all must be answered.

    An event's time counts from the moment its file is due, whether or not the feeder was on time. The
    first file shows that the workers stand; what leaves in the first `WARM` seconds after is not counted.
    """
    from tests.engines.fraud import flink_real as test
    from xiaobao.engines.fraud.events import encode

    job = test.waiting(folder, test.load_free, arrive)
    lines = [b"%d\t%s" % (at, encode(event)) for at, event in enumerate(events)]
    size = int(rate * STEP)
    test.give(folder, 0, lines[:size])
    while len(_came(folder / "there")) < size:
        time.sleep(0.1)
    left: dict[str, float] = {}
    due = began = time.monotonic()
    for at in range(size, len(lines), size):
        due += STEP
        time.sleep(max(due - time.monotonic(), 0))
        test.give(folder, at, lines[at : at + size])
        left.update((event.event_id, due) for event in events[at : at + size])
    end = time.monotonic() + 30
    while len(came := _came(folder / "there")) < len(events) and time.monotonic() < end:
        time.sleep(0.5)
    job.cancel().result()
    assert len(came) == len(events), f"{len(events) - len(came)} events without a decision"
    took = sorted(came[name] - when for name, when in left.items() if when > began + WARM)
    return {
        "timed": len(took),
        **{f"p{share}": took[len(took) * share // 100] * 1_000 for share in (50, 95, 99)},
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--sql", help=argparse.SUPPRESS)
    parser.add_argument("--decide", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.sql:
        print(json.dumps(_sql(options.sql)))
    elif options.decide:
        print(json.dumps(_decide(Path(options.decide[0]), *map(int, options.decide[1:]))))
    else:
        heading("figure, bar, verdict")
        print("\n".join(row.line() for row in measure(options.quick)))
