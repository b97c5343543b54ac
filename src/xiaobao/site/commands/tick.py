"""`xiaobao tick`: run the scheduled work that is due, once or every so many seconds."""

from __future__ import annotations

import argparse
import json
import time

from xiaobao.kernel import ports
from xiaobao.site.boot import setup_with_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Repeat and the form of the answer."""
    parser.add_argument("--every", type=float, default=0, help="每隔多少秒再执行一次 / repeat every SECONDS")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / answer as JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 1 when some work failed."""
    setup_with_database()
    while True:
        failed = _once(as_json=options.json)
        if not options.every:
            return int(failed)
        time.sleep(options.every)


def _once(*, as_json: bool) -> bool:
    from xiaobao.site.schedule import run_all

    now = ports.now()
    report = run_all(now)
    if as_json:
        print(json.dumps({"at": now.isoformat(), "works": report}, ensure_ascii=False), flush=True)
    else:
        for name, result in report.items():
            counts = "，".join(f"{key} {value}" for key, value in result.items())
            print(f"{name:<24}{counts}", flush=True)
    return any("error" in result for result in report.values())
