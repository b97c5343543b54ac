"""Memory of the windows' state: bytes a key and bytes an event kept, up to ten million keys.

python -m bench.fraud_keys [--keys N] [--quick]: alone, without a database. Each run has a process of its own.
"""

from __future__ import annotations

import argparse
import gc
import json
import subprocess
import sys
import time
from pathlib import Path

from bench.table import Row, heading
from xiaobao.engines.fraud.handbook import handbook_features
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.windows import FeatureSet

START = 1_780_000_000_000
MANY = 10_000_000
DEEP = 20  # events a key in the run that tells the bytes an event


def measure(quick: bool, keys: int = MANY) -> list[Row]:
    """Bytes a key with one event, at the full number of keys, and bytes an event beyond the first."""
    keys = keys // 20 if quick else keys
    whole = _run(keys, 1)
    few = keys // 100
    deep, flat = _run(few, DEEP), _run(few, 1)
    an_event = (deep["bytes"] - flat["bytes"]) / few / (DEEP - 1)
    note = f"{whole['bytes'] / 2**30:.2f} GiB in all, {whole['seconds'] / keys * 1e6:.1f} us an event"
    return [
        Row(
            f"state of {keys:,} keys, one event each, 6 windows: a key",
            whole["bytes"] / keys,
            "bytes",
            None,
            note,
        ),
        Row("  an event kept beyond the first", an_event, "bytes", None, f"{few:,} keys with {DEEP} events"),
    ]


def _run(keys: int, events: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.fraud_keys", "--fill", str(keys), str(events)]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _fill(keys: int, events: int) -> dict[str, float]:
    """Payments of so many customers, each so often within a month; what the state takes of this process."""
    windows = tuple(one for one in handbook_features().windows if one.entity == "customer")
    online = OnlineFeatures(FeatureSet(windows), grace=300_000)
    gc.disable()
    before, began = _resident(), time.perf_counter()
    update = online.update
    for turn in range(events):
        moment = START + turn * 86_400_000
        for number in range(keys):
            update(
                {
                    "customer": f"tok-{number:012d}",
                    "occurred_at": moment + number % 86_400_000,
                    "amount_fen": 12_345,
                }
            )
    assert online.keys == keys
    return {"bytes": _resident() - before, "seconds": time.perf_counter() - began}


def _resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keys", type=int, default=MANY)
    parser.add_argument("--fill", type=int, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        print(json.dumps(_fill(*options.fill)))
    else:
        heading("figure, bar, verdict")
        print("\n".join(row.line() for row in measure(options.quick, options.keys)))
