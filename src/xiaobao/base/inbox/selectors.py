"""Reads of the inbox, always the asker's own: what to do first, what was said, how many of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import Case, Count, Q, QuerySet, Value, When

from xiaobao.base.inbox.models import Reminder, Task
from xiaobao.base.inbox.values import TaskState
from xiaobao.base.people.selectors import path_range
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

Row = TypeVar("Row", Task, Reminder)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counts:
    """The actor's numbers: open tasks, of them late, of them due within a day, unread reminders."""

    open: int
    late: int
    soon: int
    unread: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of one page and the cursor of the next; '' on the last page."""

    rows: Sequence[Any]
    next: str


def my_tasks(actor: Actor, *, limit: int = 50, after: str = "") -> Page:
    """The actor's open tasks, least remaining time first.

    Mine is what names me, and what names nobody but a role I hold, in my subtree.
    """
    rows = _mine(actor).order_by("due_at", "pk")
    if key := _position(after):
        rows = rows.filter(Q(due_at__gt=key[0]) | Q(due_at=key[0], pk__gt=key[1]))
    return _page(list(rows[: limit + 1]), limit, "due_at")


def my_reminders(actor: Actor, *, limit: int = 50, after: str = "", unread_only: bool = False) -> Page:
    """The actor's reminders, newest first."""
    rows = Reminder.objects.filter(user_id=actor.user_id or 0).order_by("-created_at", "-pk")
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    if key := _position(after):
        rows = rows.filter(Q(created_at__lt=key[0]) | Q(created_at=key[0], pk__lt=key[1]))
    return _page(list(rows[: limit + 1]), limit, "created_at")


def reminders_unread(actor: Actor, *, limit: int = 50) -> list[Reminder]:
    """The actor's unread reminders, newest first."""
    return list(my_reminders(actor, limit=limit, unread_only=True).rows)


def counts_of(actor: Actor, now: datetime) -> Counts:
    """The numbers beside the menu, in one statement."""
    unread = Reminder.objects.filter(user_id=actor.user_id or 0, read_at__isnull=True)
    state = Case(
        When(due_at__lte=now, then=Value("late")),
        When(due_at__lte=now + timedelta(days=1), then=Value("soon")),
        default=Value("later"),
    )
    found = dict(_counted(_mine(actor), state).union(_counted(unread, Value("unread")), all=True))
    late, soon = found.get("late", 0), found.get("soon", 0)
    return Counts(late + soon + found.get("later", 0), late, soon, found.get("unread", 0))


def unread_counted(actor: Actor) -> QuerySet[Any, Any]:
    """One pair (`unread`, number) at most, to be united with others."""
    unread = Reminder.objects.filter(user_id=actor.user_id or 0, read_at__isnull=True)
    return _counted(unread, Value("unread"))


def task_get(actor: Actor, key: str) -> Task:
    """The task of this key, if its unit is in the actor's subtree. Raises: NotFound `inbox.task.missing`."""
    low, high = path_range(actor.scope)
    task = Task.objects.filter(key=key, org_path__gte=low, org_path__lt=high).first()
    if task is None:
        raise NotFound("inbox.task.missing", key=key)
    return task


def _mine(actor: Actor) -> QuerySet[Task]:
    low, high = path_range(actor.scope)
    for_role = Q(
        assignee__isnull=True,
        role__in=sorted(str(role) for role in actor.roles),
        org_path__gte=low,
        org_path__lt=high,
    )
    return Task.objects.filter(Q(assignee_id=actor.user_id or 0) | for_role, state=TaskState.OPEN)


def _counted(rows: QuerySet[Any], label: Any) -> QuerySet[Any, Any]:
    """Pairs (label, number of rows)."""
    labelled: QuerySet[Any, Any] = rows.order_by().annotate(label=label).values("label")
    pairs: QuerySet[Any, Any] = labelled.annotate(number=Count("pk")).values_list("label", "number")
    return pairs


def _page(rows: list[Row], limit: int, by: str) -> Page:
    shown = rows[:limit]
    if len(rows) <= limit:
        return Page(shown, "")
    last = shown[-1]
    return Page(shown, f"{(getattr(last, by) - _EPOCH) // timedelta(microseconds=1)}.{last.pk}")


def _position(cursor: str) -> tuple[datetime, int] | None:
    """The sort key named by a cursor, or None where it names none."""
    left, dot, right = cursor.partition(".")
    numbers = (left, right)
    if not dot or not all(part.isascii() and part.isdigit() and len(part) <= 17 for part in numbers):
        return None
    return _EPOCH + timedelta(microseconds=int(left)), int(right)
