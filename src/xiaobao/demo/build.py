"""Builds the demo bank room by room, through the services, from one seed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from xiaobao.demo import complaints, figures, integrations, people
from xiaobao.demo.passwords import quick_passwords
from xiaobao.demo.progress import Progress
from xiaobao.demo.timeline import Timeline
from xiaobao.kernel import ports

SEED = 20_201_231
OPENING = datetime(2019, 11, 4, 9, tzinfo=ports.SHANGHAI)
UNITS = 366


@dataclass(frozen=True, slots=True)
class Plan:
    """What to build: share of the seed document's year, and the year itself."""

    scale: float = 0.1
    year: int = 2020
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Built:
    """Complaints still open, and the token that is shown this once."""

    open: int
    token: str


def build(plan: Plan, progress: Progress) -> Built:
    """The whole bank up to the present moment."""
    present = ports.now()
    run = ports.seeded(plan.seed, OPENING)
    # The story repeats from its seed; keys and salts never do.
    run.ids = ports.SystemIds()
    with ports.use(run), _no_garbage_rounds(), quick_passwords():
        bank = people.seed(ports.rng(), progress.step("机构与人员", UNITS))
        progress.done(f"机构与人员：{len(bank.paths)} 个机构、{len(bank.staff)} 个账号")
        timeline = Timeline(run.clock)
        timeline.add(figures.freeze(bank, plan.year))
        told = complaints.seed(bank, plan, timeline, present, progress)
    # Now and not in the story's first year: a token ends after a year at the latest.
    return Built(told.open, integrations.token(bank))


@contextmanager
def _no_garbage_rounds() -> Iterator[None]:
    """The collector's rounds find nothing here and cost a seventh of the build."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
