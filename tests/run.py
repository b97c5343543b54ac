"""`make test`: everything on SQLite, then what touches the database once more on PostgreSQL."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

from tests import postgres

COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|errors|xfailed)\b")
NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Exit code 0 when both passes are green; the last line says what ran where."""
    began = time.monotonic()
    results = {"SQLite": _pass("SQLite", {}, arguments)}
    if postgres.tools() is None:
        print(f"PostgreSQL pass skipped: apt-get install {postgres.PACKAGE}")
        code = int(os.environ.get("CI", "").lower() in {"1", "true"})
    else:
        results["PostgreSQL"] = _on_postgres(arguments)
        code = 0
    _sum_up(results, time.monotonic() - began)
    return max(code, *(status for status, _ in results.values()))


def _on_postgres(arguments: list[str]) -> tuple[int, dict[str, int]]:
    cluster = postgres.start()
    try:
        settings = {"XIAOBAO_DATABASE_URL": cluster.url("xiaobao"), "XB_DATABASE_PASS": "1"}
        return _pass("PostgreSQL", settings, arguments)
    finally:
        cluster.stop()


def command(arguments: list[str]) -> list[str]:
    """One pass: two workers, and a line for each group that is skipped, saying what it lacks."""
    return [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-rs", *arguments]


def _pass(name: str, settings: dict[str, str], arguments: list[str]) -> tuple[int, dict[str, int]]:
    print(f"== {name} ==", flush=True)
    running = subprocess.Popen(
        command(arguments), env=os.environ | settings, stdout=subprocess.PIPE, text=True
    )
    last = ""
    for line in running.stdout or ():
        print(line, end="", flush=True)
        last = line if COUNT.search(line) else last
    status = running.wait()
    return (0 if status == NOTHING_COLLECTED else status), {word: int(n) for n, word in COUNT.findall(last)}


def _sum_up(results: dict[str, tuple[int, dict[str, int]]], seconds: float) -> None:
    words = sorted({word for _, counts in results.values() for word in counts}, reverse=True)
    totals = ", ".join(f"{sum(c.get(word, 0) for _, c in results.values())} {word}" for word in words)
    where = ", ".join(f"{name} {counts.get('passed', 0)}" for name, (_, counts) in results.items())
    print(f"== {totals or 'nothing ran'} in {seconds:.0f}s ({where}) ==")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped on the way out
    sys.exit(main(sys.argv[1:]))
