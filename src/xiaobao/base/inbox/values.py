"""Words of the inbox: states of a task, steps of the ladder, who is told at each. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiaobao.kernel.terms import Term


class TaskState(Term):
    """A task is open until the work is done; it is never deleted."""

    OPEN = "open", "待办"
    CLOSED = "closed", "已办"


class Audience(Term):
    """Who hears of a step of the ladder."""

    ASSIGNEE = "assignee", "经办人"
    UNIT_HEAD = "unit_head", "机构负责人"
    LEADER = "leader", "消保办负责人"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: fired when `percent` of the time from opening to due has passed."""

    percent: int
    told: tuple[Audience, ...]


LADDER = (
    Step(75, (Audience.ASSIGNEE,)),
    Step(90, (Audience.ASSIGNEE, Audience.UNIT_HEAD)),
    Step(100, (Audience.ASSIGNEE, Audience.UNIT_HEAD, Audience.LEADER)),
)


def moment_of(step: Step, opened_at: datetime, due_at: datetime) -> datetime:
    """When the step is due; the due moment itself where no time was left at opening.

    >>> from datetime import UTC
    >>> moment_of(LADDER[0], datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 5, tzinfo=UTC)).day
    4
    """
    return due_at - max(due_at - opened_at, timedelta(0)) * (100 - step.percent) / 100


def steps_passed(opened_at: datetime, due_at: datetime, now: datetime) -> tuple[Step, ...]:
    """The steps whose moment has come, lowest first."""
    return tuple(step for step in LADDER if moment_of(step, opened_at, due_at) <= now)


def next_moment(opened_at: datetime, due_at: datetime, done: frozenset[int]) -> datetime | None:
    """When the tick must look at the task again; None when every step has fired for this due time."""
    waiting = [moment_of(step, opened_at, due_at) for step in LADDER if step.percent not in done]
    return min(waiting, default=None)
