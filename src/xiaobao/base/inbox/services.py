"""Writes of the inbox: tasks are opened, moved, handed on and closed by the key their room gave them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from xiaobao.base.audit.services import record
from xiaobao.base.inbox.models import Escalation, Reminder, Task
from xiaobao.base.inbox.ticking import Fired, tick
from xiaobao.base.inbox.values import TaskState, next_moment
from xiaobao.base.statements import Insert
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

__all__ = [
    "Fired",
    "reminder_read",
    "reminders_read_all",
    "task_close",
    "task_move",
    "task_open",
    "task_reassign",
    "tick",
]

TITLE_LENGTH = 200

_TASKS = Insert(Task, unless="key")


@dataclass(frozen=True, slots=True)
class _Facts:
    kind: str
    title: str
    link: str
    org_path: str
    due_at: datetime


def task_open(  # noqa: PLR0913 - a task has as many parts as a person needs to see
    *,
    actor: Actor,
    key: str,
    title: str,
    org_path: str,
    due_at: datetime,
    opened_at: datetime | None = None,
    assignee_id: int | None = None,
    role: str = "",
    link: str = "",
    kind: str = "",
) -> Task:
    """The task of this key, opened now, or brought up to date when it exists.

    The same call twice is one task. For a task that exists: title, unit, link and due time
    follow the call, a closed one opens again; the opening moment stays unless given, and
    who does it stays unless named. `role` is who may take it while nobody is named.
    """
    facts = _Facts(kind, title[:TITLE_LENGTH], link, org_path, due_at)
    started = opened_at or ports.now()
    task = Task(key=key, opened_at=started, assignee_id=assignee_id, role=role)
    with transaction.atomic(savepoint=False):
        if _opened(actor, task, facts):
            return task
        return _renewed(actor, _locked(key), facts, (opened_at, assignee_id, role))


def task_move(*, actor: Actor, key: str, due_at: datetime) -> Task:
    """The task with a new due time; the ladder starts anew for it. Raises: NotFound `inbox.task.missing`."""
    with transaction.atomic():
        task = _locked(key)
        if task.due_at != due_at:
            before = _shown(task)
            task.due_at = due_at
            _save(task)
            _record(actor, task, "move", before)
        return task


def task_reassign(
    *, actor: Actor, key: str, assignee_id: int | None, role: str = "", org_path: str = ""
) -> Task:
    """The task in other hands: a person, or a role at a unit. Raises: NotFound `inbox.task.missing`."""
    with transaction.atomic():
        task = _locked(key)
        before = _shown(task)
        task.assignee_id = assignee_id
        task.role = role or task.role
        task.org_path = org_path or task.org_path
        if _shown(task) != before:
            _save(task)
            _record(actor, task, "reassign", before)
        return task


def task_close(*, actor: Actor, key: str) -> bool:
    """Whether a task was closed now; closing one twice, or one never opened, changes nothing."""
    with transaction.atomic():
        task = Task.objects.select_for_update().filter(key=key, state=TaskState.OPEN).first()
        if task is None:
            return False
        before = _shown(task)
        task.state, task.closed_at = TaskState.CLOSED, ports.now()
        _save(task)
        _record(actor, task, "close", before)
        return True


def reminder_read(*, actor: Actor, reminder_id: int) -> Reminder:
    """The actor's own reminder, marked as read. Raises: NotFound `inbox.reminder.missing`."""
    with transaction.atomic():
        reminder = Reminder.objects.filter(pk=reminder_id, user_id=actor.user_id or 0).first()
        if reminder is None:
            raise NotFound("inbox.reminder.missing")
        if reminder.read_at is None:
            reminder.read_at = ports.now()
            reminder.save(update_fields=["read_at"])
            record(actor=actor, tag="inbox:reminder:read", object_id=reminder_id, org_path=actor.org_path)
        return reminder


def reminders_read_all(*, actor: Actor) -> int:
    """How many of the actor's reminders were unread; none is any more."""
    with transaction.atomic():
        unread = Reminder.objects.filter(user_id=actor.user_id or 0, read_at__isnull=True)
        done = unread.update(read_at=ports.now())
        if done:
            record(
                actor=actor,
                tag="inbox:reminder:read",
                object_id="all",
                org_path=actor.org_path,
                after={"count": done},
            )
        return done


def _opened(actor: Actor, task: Task, facts: _Facts) -> bool:
    """Whether the task is new; False when one of this key is there, whoever opened it, and when."""
    _apply(task, facts)
    task.next_at = next_moment(task.opened_at, task.due_at, frozenset())
    # One statement, which neither looks first nor breaks the transaction when the key is taken.
    if not _TASKS.put(task):
        return False
    _record(actor, task, "open", None)
    return True


def _renewed(actor: Actor, task: Task, facts: _Facts, given: tuple[datetime | None, int | None, str]) -> Task:
    before = _shown(task)
    _apply(task, facts)
    task.opened_at = given[0] or task.opened_at
    task.assignee_id = given[1] or task.assignee_id
    task.role = given[2] or task.role
    if _shown(task) != before:
        _save(task)
        _record(actor, task, "open", before)
    return task


def _apply(task: Task, facts: _Facts) -> None:
    task.kind, task.title, task.link = facts.kind, facts.title, facts.link
    task.org_path, task.due_at = facts.org_path, facts.due_at
    task.state, task.closed_at = TaskState.OPEN, None


def _locked(key: str) -> Task:
    task = Task.objects.select_for_update().filter(key=key).first()
    if task is None:
        raise NotFound("inbox.task.missing", key=key)
    return task


def _save(task: Task) -> None:
    """Keep the task with its next moment: what fired for the present due time does not fire again."""
    fired = Escalation.objects.filter(task=task, due_at=task.due_at).values_list("step", flat=True)
    task.next_at = next_moment(task.opened_at, task.due_at, frozenset(fired))
    task.save()


def _shown(task: Task) -> dict[str, str | int | None]:
    return {
        "title": task.title,
        "kind": task.kind,
        "link": task.link,
        "org_path": task.org_path,
        "assignee": task.assignee_id,
        "role": task.role,
        "opened_at": task.opened_at.isoformat(),
        "due_at": task.due_at.isoformat(),
        "state": str(task.state),
    }


def _record(actor: Actor, task: Task, verb: str, before: dict[str, str | int | None] | None) -> None:
    record(
        actor=actor,
        tag=f"inbox:task:{verb}",
        object_id=task.key,
        org_path=task.org_path,
        before=before,
        after=_shown(task),
    )
