"""Runs the parts one after another on PostgreSQL clusters of their own and prints the table.

python -m bench [--quick] [--parts load,pages,...] [--keep FOLDER] [--json FILE]

Parts: clocks, journal, load (50,000 complaints), pages, create, tick,
million (1,000,000), growth, peers, fraud (the anti-fraud engine), fraud_http (served), fraud_year (a year of alerts),
fraud_keys (memory of ten million keys), detection (its model),
textscan, pii, neardup, retrieval, topics (the text engines), cases (their shared acceptance cases).
With --keep the loaded clusters stay in FOLDER, so that the next call measures without loading again.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.sizes import LARGE, SMALL, sizes
from bench.table import Row, heading
from bench.yardstick import yardstick
from tests import postgres

# A bank's server keeps its data safe: durability stays on, as in the peers' recorded runs.
SETTINGS = ("shared_buffers=512MB", "work_mem=16MB", "max_wal_size=4GB")
# Parts that need no database: each a module of its own, measured whole.
ENGINES = (
    "fraud",
    "fraud_http",
    "fraud_year",
    "fraud_keys",
    "detection",
    "textscan",
    "pii",
    "neardup",
    "retrieval",
    "topics",
    "cases",
)
PARTS = (
    "clocks",
    "journal",
    "load",
    "pages",
    "create",
    "tick",
    "million",
    "growth",
    "peers",
    *ENGINES,
)
# Which database a part works on, and which one that database is a copy of.
DATABASES = {
    "journal": ("bench_journal", ""),
    "load": (SMALL, ""),
    "pages": (SMALL, ""),
    "create": ("bench_create", SMALL),
    "tick": ("bench_tick", SMALL),
    "million": (LARGE, SMALL),
    "growth": (SMALL, ""),
    "peers": ("bench_peer", ""),
}
FRESH = frozenset({"journal", "load", "create", "tick", "million", "peers"})
ONE_OFF = frozenset({"journal", "create", "tick", "peers"})


def main() -> int:
    """Exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the sizes; bars are printed, not judged"
    )
    parser.add_argument("--parts", default=",".join(PARTS), help="comma separated, in this order")
    parser.add_argument("--keep", type=Path, help="folder in which loaded clusters stay for the next call")
    parser.add_argument("--json", type=Path, help="also write the figures to this file, beside what it holds")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.part:
        return _part(options)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    print(_machine())
    names = options.parts.split(",")
    unknown = set(names) - set(PARTS)
    if unknown:
        raise SystemExit(f"unknown parts: {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    rows = [yardstick()]
    with _cluster(options.keep) as (cluster, folder):
        for name in names:
            rows += _in_own_process(name, cluster, folder, options)
    rows.append(yardstick(" at the end"))
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in rows))
    if options.json:
        _write(options.json, rows)
    missed = [row for row in rows if not row.passed]
    print(
        f"\n{len(rows)} figures, {len(missed)} bars missed"
        + (" (quick run: not judged)" if options.quick else "")
    )
    return int(bool(missed) and not options.quick)


@contextmanager
def _cluster(keep: Path | None) -> Iterator[tuple[postgres.Cluster, Path]]:
    """A running cluster and the folder of the product's files; both gone at the end unless kept."""
    if keep is None:
        cluster = postgres.start(SETTINGS)
        try:
            with tempfile.TemporaryDirectory(prefix="xb-bench-") as folder:
                yield cluster, Path(folder)
        finally:
            cluster.stop()
        return
    cluster = postgres.start(SETTINGS, keep.resolve() / "cluster")
    try:
        yield cluster, keep.resolve()
    finally:
        cluster.halt()


def _machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    tools = postgres.tools()
    return (
        f"{os.cpu_count()} x {model}; Python {platform.python_version()}; PostgreSQL "
        f"{tools.parts[-2] if tools else 'absent'}, cluster of its own; loopback; "
        "CPU = user + system time of the server's processes and of the whole cluster, from /proc"
    )


def _in_own_process(
    name: str, cluster: postgres.Cluster, folder: Path, options: argparse.Namespace
) -> list[Row]:
    """Each part has a process of its own, and a database that others left as it was."""
    out = folder / f"{name}.json"
    database, template = DATABASES.get(name, ("postgres", ""))
    if name in FRESH:
        cluster.sql(f"DROP DATABASE IF EXISTS {database}")
        cluster.sql(f"CREATE DATABASE {database}" + (f" TEMPLATE {template}" if template else ""))
    settings = {
        "XIAOBAO_DATABASE_URL": cluster.url(database),
        "XIAOBAO_VAR": str(folder / "var"),
        "XB_BENCH_CLUSTER": str(cluster.postmaster),
        "XB_BENCH_LARGE": cluster.url(LARGE),
        "XB_BENCH_PEER": cluster.url("bench_peer"),
    }
    command = [sys.executable, "-m", "bench", "--part", name, "--json", str(out)]
    command += ["--quick"] * options.quick
    subprocess.run(command, env=os.environ | settings, check=True)
    if name in ONE_OFF:
        cluster.sql(f"DROP DATABASE {database}")
    return [Row(**row) for row in json.loads(out.read_text())]


def _write(file: Path, rows: list[Row]) -> None:
    """The figures by name: those measured now take the place of those measured before."""
    known = json.loads(file.read_text()) if file.exists() else []
    merged = {row["what"]: row for row in [*known, *map(asdict, rows)]}
    file.write_text(json.dumps([*merged.values()], ensure_ascii=False, indent=1) + "\n")


def _part(options: argparse.Namespace) -> int:
    """Inside the part's process: Django on the part's database, where it needs one."""
    rows = _measured(options)
    if options.json is None:  # called by hand: nobody reads a file, the lines are for the eye
        print("\n".join(row.line() for row in rows))
        return 0
    options.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
    return 0


def _measured(options: argparse.Namespace) -> list[Row]:
    from bench import clocks, journal, loading, pages, peers, ticking

    size = sizes(quick=options.quick)
    if options.part == "clocks":
        return clocks.measure(size.clocks)
    if options.part in ENGINES:
        return importlib.import_module(f"bench.{options.part}").measure(options.quick)
    if options.part == "peers":
        return peers.measure(size)
    from xiaobao.site.boot import setup_with_database

    setup_with_database()
    parts = {
        "journal": lambda: journal.measure(size.journal, Path(os.environ["XIAOBAO_VAR"])),
        "load": lambda: loading.small(size),
        "pages": lambda: pages.measure(size),
        "create": lambda: pages.create(size),
        "tick": lambda: ticking.measure(size),
        "million": lambda: loading.large(size),
        "growth": lambda: pages.growth(size),
    }
    return parts[options.part]()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped on the way out
    sys.exit(main())
