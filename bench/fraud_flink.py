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
EVENTS, RATE, SECONDS = 100_000, 100, 40
WARM = 5  # seconds
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
    wrong = sum(abs(one - other) > 1e-6 for one, other in zip(ours, theirs["sums"], strict=True))
    note = f"{events / wall:,.0f} events a second ({events / cpu:,.0f} a core-second) against {events / theirs['run']:,.0f}"
    return [
        Row("6 customer windows one at a time, from csv", wall, "s wall", theirs["run"] / 3, note),
        Row(
            "the same, Flink SQL, both cores",
            theirs["run"],
            "s wall",
            None,
            f"{theirs['events']:,} rows given, {wrong} of 6 totals differ",
        ),
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
    paced = _there("--decide", str(folder / "paced"), str(RATE * (seconds + 15)), str(RATE))
    whole = _there("--decide", str(folder / "whole"), str(4_000 if quick else 20_000), "0")
    note = f"{paced['timed']:,} at {RATE}/s: p50 {paced['p50']:,.0f}, p95 {paced['p95']:,.0f} ms; parallelism 2, checkpoints each 500 ms"
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

    there = folder / "there"
    there.mkdir(parents=True)

    def arrive(line: str) -> str:
        with (there / str(hash(line) % 8)).open("a") as out:
            out.write(f"{json.loads(line)['event_id']} {time.monotonic()}\n")
        return line

    events = [event for number, event in enumerate(test.stream(count)) if number < count]
    if rate:
        left = _fed(folder, events, rate, arrive)
    else:
        left = {}
        test.pipeline(folder, events, test.load_free, lambda line: line, arrive)
    came = {
        name: float(when)
        for path in there.iterdir()
        for name, when in map(str.split, path.read_text().splitlines())
    }
    ends = sorted(came.values())
    steady = ends[0] + WARM  # by then every worker stands
    took = sorted(came[name] - when for name, when in left.items() if when > steady and name in came) or [0.0]
    cut = {f"p{share}": took[len(took) * share // 100] * 1_000 for share in (50, 95, 99)}
    return {"events": len(came), "timed": len(took), "rate": len(came) / (ends[-1] - ends[0]), **cut}


def _fed(folder: Path, events: list[Any], rate: int, arrive: Any) -> dict[str, float]:
    """Events as small files that a running job finds, a tenth of a second each; when each left."""
    from pyflink.common import Duration, Encoder, Types, WatermarkStrategy
    from pyflink.datastream.connectors.file_system import FileSink, FileSource, StreamFormat

    from tests.engines.fraud import flink_real as test
    from xiaobao.engines.fraud.events import encode
    from xiaobao.engines.fraud.flink import by_arrival, decisions

    incoming = folder / "in"
    incoming.mkdir()
    made = test.environment(folder / "checkpoints")
    made.set_parallelism(1)
    form = StreamFormat.text_line_format()
    file = FileSource.for_record_stream_format(form, incoming.as_uri())
    file = file.monitor_continuously(Duration.of_millis(20)).build()
    lines = made.from_source(file, WatermarkStrategy.no_watermarks(), "requests")
    lines = lines.assign_timestamps_and_watermarks(by_arrival())
    made.set_parallelism(2)
    sink = FileSink.for_row_format((folder / "out").as_uri(), Encoder.simple_string_encoder()).build()
    decisions(lines, test.load_free).map(arrive, output_type=Types.STRING()).sink_to(sink)
    job = made.execute_async("decisions")
    left: dict[str, float] = {}
    size = rate // 10
    for at in range(0, len(events), size):
        beside = folder / f"{at:08d}"
        part = list(enumerate(events))[at : at + size]
        beside.write_bytes(b"".join(b"%d\t%s\n" % (number, encode(event)) for number, event in part))
        left.update((event.event_id, time.monotonic()) for _, event in part if event.event_id not in left)
        beside.rename(incoming / beside.name)
        while not any((folder / "there").iterdir()):  # the first answer shows that the workers stand
            time.sleep(0.1)
        time.sleep(0.1)
    time.sleep(5)
    job.cancel().result()
    return left


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
