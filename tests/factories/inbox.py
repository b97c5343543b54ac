"""Tasks for tests of the inbox, with a clock that stands where it is put."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.factories import people
from xiaobao.base.inbox import services
from xiaobao.base.inbox.models import Task

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
DUE = START + timedelta(days=20)
KEY = "complaints:TS1:handle"


def at(day: float) -> datetime:
    """So many days after the start; a task's time is twenty days."""
    return START + timedelta(days=day)


def task(**facts: Any) -> Task:
    """A task of twenty days."""
    given = {
        "key": KEY,
        "title": "办理投诉 TS1",
        "org_path": "0001.",
        "due_at": DUE,
        "opened_at": START,
        "link": "/complaints/1/",
        "kind": "complaint",
    }
    return services.task_open(actor=people.BUILDER, **{**given, **facts})
