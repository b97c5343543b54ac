"""A task as its line shows it: how much time is left, in words and as a bar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from xiaobao.base.inbox.models import Task
from xiaobao.base.inbox.sentences import span
from xiaobao.base.inbox.values import LADDER, moment_of


@dataclass(frozen=True, slots=True)
class Row:
    """One line of 我的待办."""

    task: Task
    kind: str
    words: str
    percent: int
    is_named: bool


def task_row(task: Task, now: datetime) -> Row:
    """The line for this moment: late, hot (90 % used), soon (75 % used) or ok."""
    rest = task.due_at - now
    words = f"剩余{span(rest)}" if rest > timedelta(0) else f"已逾期{span(-rest)}"
    return Row(task, _kind(task, now), words, _percent(task, now), task.assignee_id is not None)


def _kind(task: Task, now: datetime) -> str:
    if now >= task.due_at:
        return "late"
    passed = [step.percent for step in LADDER if moment_of(step, task.opened_at, task.due_at) <= now]
    return {0: "ok", 1: "soon"}.get(len(passed), "hot")


def _percent(task: Task, now: datetime) -> int:
    whole = (task.due_at - task.opened_at).total_seconds()
    used = (now - task.opened_at).total_seconds()
    return max(0, min(100, int(100 * used / whole))) if whole > 0 else 100
