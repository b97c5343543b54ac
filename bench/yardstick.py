"""How fast the machine is at the moment: other work on it makes every figure of a run larger alike."""

from __future__ import annotations

import os
import time

from bench.table import Row

ROUNDS = 9


def yardstick(when: str = "") -> Row:
    """CPU of a fixed piece of Python work, the least of nine rounds; on the machine left alone 40 ms or so."""
    costs = []
    for _ in range(ROUNDS):
        began = time.process_time()
        held = {number % 100: f"{number}x" for number in range(200_000)}
        costs.append(time.process_time() - began)
        held.clear()
    load = f"load average {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores"
    return Row(f"yardstick: fixed work{when}", min(costs) * 1000, "ms CPU", None, load)
