"""Random but possible facts for the complaint clock, from a seeded source of chance."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from xiaobao.rules.complaint_facts import (
    Approver,
    ClockFacts,
    Complexity,
    Extension,
    ExtensionKind,
    GivenDue,
    Overlay,
    Pause,
    PauseKind,
    Source,
)
from xiaobao.rules.values import Unit

FIRST = date(2020, 3, 1).toordinal()
LAST = date(2026, 3, 31).toordinal()
SINCE = date(2020, 1, 1)


def facts(rng: Random, *, eventful: bool = True) -> ClockFacts:
    """One complaint with anything between nothing and everything happening to it."""
    received = date.fromordinal(rng.randint(FIRST, LAST))
    some = rng.random if eventful else lambda: 1.0
    return ClockFacts(
        received,
        source=rng.choice(list(Source)),
        complexity=rng.choice(list(Complexity)),
        extensions=tuple(_extension(rng, received) for _ in range(rng.randint(1, 2))) if some() < 0.5 else (),
        pauses=tuple(_pause(rng, received) for _ in range(rng.randint(1, 3))) if some() < 0.5 else (),
        new_facts_on=tuple(_later(rng, received, 40) for _ in range(rng.randint(1, 2)))
        if some() < 0.3
        else (),
        repeats_on=(_later(rng, received, 20),) if some() < 0.1 else (),
        withdrawn_on=_later(rng, received, 60) if some() < 0.1 else None,
        given=(GivenDue(_later(rng, received, 40), "监函1号"),) if some() < 0.1 else (),
    )


def overlays(rng: Random) -> tuple[Overlay, ...]:
    """No, one or two own periods."""
    return tuple(
        Overlay(f"T{number}", "本行目标", rng.randint(1, 25), rng.choice((Unit.DAY, Unit.WORKING_DAY)), SINCE)
        for number in range(rng.choice((0, 0, 1, 2)))
    )


def _later(rng: Random, received: date, days: int) -> date:
    return received + timedelta(rng.randint(0, days))


def _pause(rng: Random, received: date) -> Pause:
    since = received + timedelta(rng.randint(-3, 40))
    return Pause(
        rng.choice(list(PauseKind)),
        since,
        since + timedelta(rng.randint(0, 25)),
        told=rng.random() < 0.8,
        both_applied=rng.random() < 0.8,
    )


def _extension(rng: Random, received: date) -> Extension:
    approved = _later(rng, received, 40) if rng.random() < 0.9 else None
    told = _later(rng, received, 45) if rng.random() < 0.8 else None
    return Extension(rng.choice(list(ExtensionKind)), rng.choice([*Approver, None]), approved, told)
