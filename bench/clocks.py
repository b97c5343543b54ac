"""What one derivation of a due date costs."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

from bench.table import Row, heading


def measure(count: int) -> list[Row]:
    """Microseconds of CPU a due date, over random receipts, pauses and overlays."""
    from xiaobao.rules.book import book
    from xiaobao.rules.complaint_clock import due

    heading(f"clock arithmetic: {count:,} random complaints, one derivation with its trace each, one process")
    facts, rules = _facts(count), book()
    for each in facts[:500]:
        due(each, rules)
    began = time.process_time()
    for each in facts:
        due(each, rules)
    spent = time.process_time() - began
    return [
        Row(
            "clock: one due date with its explanation",
            spent * 1e6 / count,
            "us CPU",
            None,
            f"{count:,} cases",
        )
    ]


def _facts(count: int) -> list[Any]:
    """Receipts since the rule is in force; one in ten with a letter's date, one in ten with a pause."""
    from xiaobao.rules.complaint_clock import ClockFacts, GivenDue, Pause, PauseKind

    rng = random.Random(2020)
    drawn = []
    for _ in range(count):
        received = date(2020, 3, 1) + timedelta(days=rng.randrange(2200))
        chance, since = rng.random(), received + timedelta(days=rng.randint(1, 8))
        given = (GivenDue(received + timedelta(days=rng.randint(5, 14)), "1"),) if chance < 0.1 else ()
        pause = Pause(PauseKind.MEDIATION, since, since + timedelta(days=rng.randint(1, 20)))
        drawn.append(ClockFacts(received, given=given, pauses=(pause,) if chance > 0.9 else ()))
    return drawn
