"""The clocks' own work: appending outside a command, the nightly re-derivation, recording breaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.duties.complaints.domain import clock
from xiaobao.duties.complaints.domain.rows import ClockDifference
from xiaobao.duties.complaints.domain.values import UNDECIDED_STAGES, Channel, ClockEventKind, Upkeep
from xiaobao.duties.complaints.models import ClockEvent, Complaint, Event
from xiaobao.duties.complaints.selectors.papers import papers_of
from xiaobao.duties.complaints.services.stepping import rederive
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

BATCH = 200
MOVING = frozenset({"due_on", "due_source", "legal_due_on"})


def clock_append(
    *, actor: Actor, row: Complaint, kind: ClockEventKind, details: Sequence[dict[str, Any]]
) -> None:
    """Add clock events to a complaint another command touches, and renew its cached dates."""
    if not details:
        return
    now = ports.now()
    today = ports.local(now).date()
    ClockEvent.objects.bulk_create(
        ClockEvent(complaint=row, kind=kind, on=today, entered_at=now, actor_name=actor.name, detail=detail)
        for detail in details
    )
    row.is_regulator = row.is_regulator or kind is ClockEventKind.GIVEN
    rederive(row, list(papers_of([row.pk])[row.pk]["clock_events"]), as_of=today)
    row.version += 1
    row.save()


def clock_rederive(
    *, actor: Actor, as_of: date | None = None, apply: bool = False
) -> tuple[ClockDifference, ...]:
    """Every cached date of an open complaint that no longer follows from its events as of that day.

    `as_of` None: today. A run over many batches keeps the one day, whenever midnight strikes.
    Dates of a running pause move with the day and are renewed silently; anything else is only
    reported, and renewed when `apply` says so (a new calendar version, say): the old and the new
    date then stand in the timeline and in the audit trail.
    """
    found: list[ClockDifference] = []
    today = as_of or ports.today()
    for rows in _batches():
        papers = papers_of([row.pk for row in rows])
        for row in rows:
            events = list(papers[row.pk].get("clock_events", ()))
            found += _compare(actor, row, events, today=today, apply=apply)
    return tuple(found)


def _batches() -> Iterator[list[Complaint]]:
    last = 0
    while rows := list(Complaint.objects.filter(is_open=True, pk__gt=last).order_by("pk")[:BATCH]):
        yield rows
        last = rows[-1].pk


def _compare(
    actor: Actor, row: Complaint, events: list[Any], *, today: date, apply: bool
) -> list[ClockDifference]:
    derived = clock.derive(Channel(row.channel), events, as_of=today)
    columns = derived.columns()
    differing = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if not differing:
        return []
    if row.is_paused and derived.is_paused and set(differing) <= MOVING:
        Complaint.objects.filter(pk=row.pk, version=row.version).update(**differing)
        return []
    found = [
        ClockDifference(row.pk, row.no, name, str(getattr(row, name)), str(value))
        for name, value in differing.items()
    ]
    if apply:
        _apply(actor, row, differing, found)
    return found


@transaction.atomic
def _apply(actor: Actor, row: Complaint, differing: dict[str, Any], found: Sequence[ClockDifference]) -> None:
    before = {one.column: one.cached for one in found}
    Complaint.objects.filter(pk=row.pk).update(**differing)
    now = ports.now()
    if MOVING & set(differing):
        Event.objects.create(
            complaint=row,
            command=Upkeep.REDERIVE,
            at=now,
            entered_at=now,
            stage_from=row.stage,
            stage_to=row.stage,
            actor_id=actor.user_id,
            actor_name=actor.name,
            via=actor.via,
            say="、".join(
                f"{_LABELS.get(one.column, one.column)}由 {one.cached} 重算为 {one.derived}" for one in found
            ),
            detail={"before": before, "after": {one.column: one.derived for one in found}},
        )
    audit.record(
        actor=actor,
        tag="complaints:clock:rederive",
        object_id=str(row.pk),
        org_path=row.org_path,
        before=before,
        after={one.column: one.derived for one in found},
    )


_LABELS = {
    "due_on": "到期日",
    "legal_due_on": "法定到期日",
    "due_source": "时限来源",
    "due_rule": "适用规则",
    "due_rule_version": "规则版本",
    "calendar_version": "日历版本",
    "is_paused": "暂停状态",
}


def clock_breach(*, actor: Actor) -> int:
    """How many undecided complaints past their due day got their breach recorded now, once each."""
    today = ports.today()
    late = Complaint.objects.filter(
        is_open=True, is_paused=False, due_on__lt=today, stage__in=UNDECIDED_STAGES, was_late__isnull=True
    )
    done = 0
    for pk in late.values_list("pk", flat=True).order_by("pk"):
        done += _breach(actor, pk, today)
    return done


@transaction.atomic
def _breach(actor: Actor, pk: int, today: date) -> bool:
    row = Complaint.objects.select_for_update().filter(pk=pk, was_late__isnull=True).first()
    if row is None or row.due_on >= today:
        return False
    breach(actor, row, today)
    row.save(update_fields=["was_late"])
    audit.record(
        actor=actor,
        tag="complaints:clock:breach",
        object_id=str(row.pk),
        org_path=row.org_path,
        after={"due_on": row.due_on.isoformat(), "rule": row.due_rule},
        rules=(row.due_rule,),
    )
    return True


def breach(actor: Actor, row: Complaint, on: date) -> None:
    """Put the breach on the clock and mark the row; the caller saves."""
    row.was_late = True
    ClockEvent.objects.create(
        complaint=row,
        kind=ClockEventKind.BREACH,
        on=on,
        entered_at=ports.now(),
        rule=row.due_rule,
        actor_name=actor.name,
        detail={"due_on": row.due_on.isoformat(), "legal_due_on": str(row.legal_due_on or "")},
    )
