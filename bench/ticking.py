"""What one run of the scheduled work costs, beside the requests."""

from __future__ import annotations

import os

from bench.processes import cpu_seconds
from bench.sizes import Sizes
from bench.table import Row, heading


def measure(size: Sizes) -> list[Row]:
    """CPU of a run that finds everything to do, and of the run a minute later."""
    from xiaobao.kernel import ports
    from xiaobao.site.schedule import run_all

    heading(f"scheduled work at {size.small:,} complaints: everything, then again a minute later")
    roots, costs = [os.getpid(), int(os.environ["XB_BENCH_CLUSTER"])], []
    for _ in range(2):
        before = cpu_seconds(roots)
        run_all(ports.now())
        costs.append((cpu_seconds(roots) - before) * 1000)
    return [
        Row("tick: a first run", costs[0], "ms CPU"),
        Row("tick: the next run, once a minute", costs[1], "ms CPU"),
    ]
