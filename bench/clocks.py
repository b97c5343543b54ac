"""Random complaints for measuring the clock: receipts, pauses and letters' dates from one seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from bench import rules
from bench.table import Row


def measure(count: int) -> list[Row]:
    """What the rule book costs: see `bench.rules`; `count` random complaints, five times as many in one batch."""
    return rules.measure(random_facts(count), count * 5)


def random_facts(count: int) -> list[Any]:
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
