"""The sweep that climbs the ladder: each step of each due time fires once, in its own transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from xiaobao.base.audit.services import record
from xiaobao.base.inbox.models import Escalation, Reminder, Task
from xiaobao.base.inbox.recipients import Recipients
from xiaobao.base.inbox.sentences import sentence
from xiaobao.base.inbox.values import Step, TaskState, next_moment, steps_passed
from xiaobao.kernel.identity import Actor, system_actor

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Fired:
    """What one tick did; `unheard` are task keys for which nobody in charge was found."""

    steps: int = 0
    reminders: int = 0
    unheard: tuple[str, ...] = ()


@dataclass(slots=True)
class _Tally:
    steps: int = 0
    reminders: int = 0
    unheard: list[str] = field(default_factory=list)


def tick(now: datetime) -> Fired:
    """Fire every step whose moment is not later than `now`.

    Safe to run twice, at the same time in several processes, and after a crash anywhere: a
    step is a row unique in (task, due time, step), written with its reminders or not at all.
    """
    tally, people, actor = _Tally(), Recipients(), system_actor("时限提醒")
    after = 0
    while batch := list(_waiting(now, after)):
        for number in batch:
            while _fire_one(actor, number, now, (people, tally)):
                pass
        after = batch[-1]
    return Fired(tally.steps, tally.reminders, tuple(dict.fromkeys(tally.unheard)))


def _waiting(now: datetime, after: int) -> list[int]:
    found = Task.objects.filter(state=TaskState.OPEN, next_at__lte=now, pk__gt=after)
    return list(found.order_by("pk").values_list("pk", flat=True)[:_BATCH])


def _fire_one(actor: Actor, number: int, now: datetime, run: tuple[Recipients, _Tally]) -> bool:
    """Whether a step fired: the lowest one waiting, alone in its transaction."""
    try:
        with transaction.atomic():
            task = (
                Task.objects.select_for_update(skip_locked=True)
                .filter(pk=number, state=TaskState.OPEN, next_at__lte=now)
                .first()
            )
            if task is None:
                return False
            return _climb(actor, task, now, run)
    except IntegrityError:
        # Another process wrote this very step between our look and our insert; anything else is a fault.
        if not Escalation.objects.filter(task_id=number).exists():
            raise
        return False


def _climb(actor: Actor, task: Task, now: datetime, run: tuple[Recipients, _Tally]) -> bool:
    fired = Escalation.objects.filter(task=task, due_at=task.due_at).values_list("step", flat=True)
    done = frozenset(fired)
    step = next(
        (one for one in steps_passed(task.opened_at, task.due_at, now) if one.percent not in done), None
    )
    if step is not None:
        _fire(actor, task, step, now, run)
        done |= {step.percent}
    task.next_at = next_moment(task.opened_at, task.due_at, done)
    task.save(update_fields=["next_at"])
    return step is not None


def _fire(actor: Actor, task: Task, step: Step, now: datetime, run: tuple[Recipients, _Tally]) -> None:
    people, tally = run
    escalation = Escalation.objects.create(task=task, due_at=task.due_at, step=step.percent, fired_at=now)
    text = sentence(task.title, step, task.due_at, now)
    told = people.of(task, step)
    Reminder.objects.bulk_create(
        Reminder(escalation=escalation, user_id=user, text=text, link=task.link, created_at=now)
        for user in told
    )
    record(
        actor=actor,
        tag="inbox:task:escalate",
        object_id=task.key,
        org_path=task.org_path,
        after={"step": step.percent, "due_at": task.due_at.isoformat(), "told": list(told)},
    )
    tally.steps += 1
    tally.reminders += len(told)
    if not told:
        tally.unheard.append(task.key)
