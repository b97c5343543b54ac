"""Runs the sections one after another on a throwaway PostgreSQL cluster and prints the table.

python -m bench [--quick] [--only clocks,journal,pages] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench.table import Row, heading
from tests import postgres

# A bank's server keeps its data safe: durability stays on, as in the peers' recorded runs.
SETTINGS = ("shared_buffers=512MB", "work_mem=16MB", "max_wal_size=4GB")
SECTIONS = ("clocks", "journal", "pages")


def main() -> int:
    """Exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the sizes; bars are printed, not judged"
    )
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, comma separated")
    parser.add_argument(
        "--peers", action="store_true", help="run django-helpdesk beside us, in a venv of its own"
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--section", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.section:
        return _section(options)
    return _run(options)


def _run(options: argparse.Namespace) -> int:
    print(_machine())
    rows: list[Row] = []
    cluster = postgres.start(SETTINGS)
    try:
        with tempfile.TemporaryDirectory(prefix="xb-bench-") as folder:
            for name in options.only.split(","):
                rows += _in_own_process(name, cluster, Path(folder), quick=options.quick)
    finally:
        cluster.stop()
    heading("figure, bar, verdict")
    print("\n".join(row.line() for row in rows))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    missed = [row for row in rows if not row.passed]
    print(
        f"\n{len(rows)} figures, {len(missed)} bars missed"
        + (" (quick run: not judged)" if options.quick else "")
    )
    return int(bool(missed) and not options.quick)


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


def _in_own_process(name: str, cluster: postgres.Cluster, folder: Path, *, quick: bool) -> list[Row]:
    """Each section has a database, a folder and a process of its own."""
    out = folder / f"{name}.json"
    settings = {
        "XIAOBAO_DATABASE_URL": cluster.create(f"bench_{name}"),
        "XIAOBAO_VAR": str(folder / name),
        "XB_BENCH_CLUSTER": str(cluster.postmaster),
    }
    command = [sys.executable, "-m", "bench", "--section", name, "--json", str(out)]
    subprocess.run([*command, *(["--quick"] if quick else [])], env=os.environ | settings, check=True)
    return [Row(**row) for row in json.loads(out.read_text())]


def _section(options: argparse.Namespace) -> int:
    """Inside the section's process: Django on the section's own database."""
    from xiaobao.site.boot import setup_with_database

    setup_with_database()
    folder = Path(os.environ["XIAOBAO_VAR"])
    if options.section == "journal":
        from bench import journal

        rows = journal.measure(100_000 if options.quick else 1_000_000, folder)
    elif options.section == "clocks":
        from bench import clocks

        rows = clocks.measure(20_000 if options.quick else 200_000)
    else:
        from bench import pages

        rows = pages.measure(quick=options.quick)
    options.json.write_text(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped on the way out
    sys.exit(main())
