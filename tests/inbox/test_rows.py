"""A line of 我的待办 at several moments of its time. No database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import inbox as make
from xiaobao.base.inbox.models import Task
from xiaobao.base.inbox.web.rows import task_row


@pytest.mark.parametrize(
    ("day", "kind", "percent", "words"),
    [
        (0, "ok", 0, "剩余 20 天"),
        (14.9, "ok", 74, "剩余 5 天 2 小时"),
        (15, "soon", 75, "剩余 5 天"),
        (18, "hot", 90, "剩余 2 天"),
        (20, "late", 100, "已逾期不足 1 分钟"),
        (22.5, "late", 100, "已逾期 2 天 12 小时"),
        (-1, "ok", 0, "剩余 21 天"),
    ],
)
def test_line(day: float, kind: str, percent: int, words: str) -> None:
    task = Task(title="a", opened_at=make.START, due_at=make.DUE)
    row = task_row(task, make.at(day))
    assert (row.kind, row.percent, row.words, row.is_named) == (kind, percent, words, False)


def test_a_task_without_any_time_is_used_up() -> None:
    task = Task(title="a", opened_at=make.DUE, due_at=make.DUE, assignee_id=1)
    row = task_row(task, make.DUE - timedelta(hours=1))
    assert (row.percent, row.kind, row.is_named) == (100, "ok", True)
