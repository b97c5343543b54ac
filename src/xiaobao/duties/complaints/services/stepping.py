"""The one transition: access, lock, version, table, guards, change, clock, timeline, audit, event.

Every command of the room is a `Step` handed to `transition`; nothing else sets a stage, and
nothing else writes the audit trail, so that page, API, bulk, import and tick cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.events import services as outbox
from xiaobao.duties.complaints.domain import clock, guards
from xiaobao.duties.complaints.domain.access import ACCESS, allowed
from xiaobao.duties.complaints.domain.events import NAMES
from xiaobao.duties.complaints.domain.facts import facts_of
from xiaobao.duties.complaints.domain.lifecycle import state_label, step
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.rows import Dossier, GuardItem
from xiaobao.duties.complaints.domain.values import (
    HOW,
    OPEN_STAGES,
    Channel,
    ClockEventKind,
    Command,
    Done,
    How,
    Stage,
)
from xiaobao.duties.complaints.models import ClockEvent, Complaint, Event
from xiaobao.duties.complaints.selectors.dossiers import dossier
from xiaobao.duties.complaints.selectors.papers import papers_of
from xiaobao.duties.complaints.selectors.scope import complaint_row
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, RuleBroken
from xiaobao.kernel.identity import Actor

Verb = Literal["save", "none"]


@dataclass(slots=True)
class Work:
    """One command in hand: the locked row, its papers, the moment, and what it will leave behind."""

    actor: Actor
    command: Command
    row: Complaint
    case: Dossier
    now: datetime
    at: datetime
    say: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    clock_events: list[ClockEvent] = field(default_factory=list)
    to: Stage | None = None
    paper: str = ""

    @property
    def today(self) -> date:
        """The day of entry in Shanghai."""
        return ports.local(self.now).date()

    @property
    def on(self) -> date:
        """The day it happened in Shanghai."""
        return ports.local(self.at).date()

    def tick(self, kind: ClockEventKind, on: date, **facts: Any) -> None:
        """Add a clock event: `rule`, `reason`, `document`, `detail` as in the table."""
        self.clock_events.append(
            ClockEvent(
                complaint=self.row,
                kind=kind,
                on=on,
                entered_at=self.now,
                actor_name=self.actor.name,
                **facts,
            )
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A command as its service describes it.

    `claims` lays the form's facts over the record's before the guards look; a callable gets the
    dossier. `change` writes the papers and sets columns on `work.row`; it never sets a stage.
    `paper` is the command's own proof of when it happened (a delivery receipt, say).
    """

    command: Command
    change: Callable[[Work], None]
    claims: Mapping[str, Any] | Callable[[Dossier], Mapping[str, Any]] = field(default_factory=dict)
    check: Callable[[Work], None] | None = None
    reason: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    paper: str = ""


def transition(*, actor: Actor, complaint_id: int, move: Step, how: How = HOW) -> Done:
    """Where the complaint stands after the command.

    Raises: NotAllowed (post), NotFound (not theirs), IllegalStep (table, or somebody was
    faster), RuleBroken (a guard, with the list of what is missing as fact `items`).
    """
    require(actor, move.command)
    with transaction.atomic():
        row = complaint_row(actor, complaint_id, lock=True)
        work = _begin(actor, row, move, how)
        if move.check is not None:
            move.check(work)
        work.to = step(Stage(row.stage), move.command)
        _guard(work, move)
        before = _shown(row)
        move.change(work)
        _finish(work)
        _trace(work, move, before)
    return done(row)


def require(actor: Actor, command: Command) -> None:
    """Nothing when one of the actor's posts carries the command. Raises: NotAllowed."""
    if not allowed(actor.roles, command):
        posts = "、".join(role.label for role, commands in ACCESS.items() if command in commands)
        raise NotAllowed("complaint.not_allowed", command=command.label, roles=posts)


def done(row: Complaint, *, created: bool = True) -> Done:
    """What a command answers."""
    return Done(row.pk, row.no, Stage(row.stage), row.version, row.due_on, created, _stands(row))


def _begin(actor: Actor, row: Complaint, move: Step, how: How) -> Work:
    now = ports.now()
    work = Work(
        actor=actor,
        command=move.command,
        row=row,
        case=dossier(row, papers_of([row.pk])[row.pk]),
        now=now,
        at=how.at or now,
    )
    if how.version is not None and how.version != row.version:
        raise _faster(work)
    try:
        step(Stage(row.stage), move.command)
    except IllegalStep as error:
        told = {**error.facts, "stage": _stands(row), "latest": _latest(row)}
        raise IllegalStep(error.code, **told) from None
    work.paper = how.paper.strip() or move.paper.strip()
    _check_moment(work)
    return work


def _check_moment(work: Work) -> None:
    """Nothing when it can have happened then. A day before today is believed on paper alone."""
    if work.at > work.now:
        raise InvalidInput("complaint.at.future", field="at", at=_shown_moment(work.at))
    if work.on < work.row.received_on:
        raise InvalidInput("complaint.at.early", field="at", at=_shown_moment(work.at))
    if work.on < work.today and not work.paper:
        raise InvalidInput(
            "complaint.at.unproved", field="at", at=_shown_moment(work.at), now=_shown_moment(work.now)
        )


def _guard(work: Work, move: Step) -> None:
    claims = move.claims(work.case) if callable(move.claims) else move.claims
    facts = replace(facts_of(work.case, actor=work.actor, command=work.command, today=work.today), **claims)
    items = guards.examine(work.command, facts)
    missing = tuple(item for item in items if not item.ok)
    if missing:
        raise refusal(work.command, items, missing)
    work.rules = tuple(dict.fromkeys(item.rule for item in items if item.rule))


def refusal(command: Command, items: tuple[GuardItem, ...], missing: tuple[GuardItem, ...]) -> RuleBroken:
    """The error a missing guard raises: all that is missing, with rule and article."""
    return RuleBroken(
        next((item.rule for item in missing if item.rule), "XB-NODE"),
        "complaint.guard",
        source=missing[0].article,
        command=command.label,
        missing="；".join(item.missing for item in missing),
        articles="、".join(dict.fromkeys(f"{item.rule} {item.article}".strip() for item in missing)),
        met=len(items) - len(missing),
        total=len(items),
        items=missing,
    )


def _finish(work: Work) -> None:
    """Stage, clock and version: the only place that sets them."""
    row = work.row
    if work.to is None:  # pragma: no cover - transition always sets it
        raise IllegalStep("complaint.step")
    row.stage = work.to
    row.is_open = work.to in OPEN_STAGES
    row.version += 1
    if work.clock_events:
        ClockEvent.objects.bulk_create(work.clock_events)
        rederive(row, [*work.case.clock_events, *map(clock_row, work.clock_events)], as_of=work.today)
    row.save()


def clock_row(event: ClockEvent) -> dict[str, Any]:
    """A clock event as the domain reads it."""
    return {
        "kind": event.kind,
        "on": event.on,
        "reason": event.reason,
        "document": event.document,
        "detail": event.detail,
    }


def rederive(row: Complaint, events: list[Any], *, as_of: date) -> None:
    """Set the cached clock columns from the events."""
    derived = clock.derive(Channel(row.channel), events, as_of=as_of)
    for name, value in derived.columns().items():
        setattr(row, name, value)


def _trace(work: Work, move: Step, before: dict[str, Any]) -> None:
    row = work.row
    Event.objects.create(
        complaint=row,
        command=work.command,
        at=work.at,
        entered_at=work.now,
        stage_from=before["stage"],
        stage_to=row.stage,
        actor_id=work.actor.user_id,
        actor_name=work.actor.name,
        via=work.actor.via,
        say=work.say or work.command.label,
        detail=work.detail | ({"paper": work.paper} if work.on < work.today else {}),
        rules=list(work.rules),
    )
    record(work.actor, row, work.command, before, rules=work.rules, reason=move.reason)
    announce(row, work.command, **{**move.facts, "from": before["stage"]})


def record(
    actor: Actor,
    row: Complaint,
    command: Command,
    before: dict[str, Any] | None,
    *,
    rules: tuple[str, ...] = (),
    reason: str = "",
) -> None:
    """One audit entry of a command on a complaint."""
    audit.record(
        actor=actor,
        tag=f"complaints:complaint:{command}",
        object_id=str(row.pk),
        org_path=row.org_path,
        before=before,
        after=_shown(row),
        rules=rules,
        reason=shown(reason),
    )


def announce(row: Complaint, command: Command, **facts: Any) -> None:
    """Publish the command's event with plain values for other rooms."""
    outbox.publish(
        name=f"complaints.{NAMES[command]}",
        key=f"{row.no}:{row.version}",
        payload={
            "complaint_id": row.pk,
            "no": row.no,
            "title": shown(row.title),
            "org_path": row.org_path,
            "handling_path": row.handling_path,
            "handler_id": row.handler_id,
            "stage": str(row.stage),
            "is_open": row.is_open,
            "is_paused": row.is_paused,
            "due_on": row.due_on.isoformat(),
            "received_on": row.received_on.isoformat(),
            **facts,
        },
    )


_SHOWN = (
    "stage",
    "org_path",
    "handling_path",
    "handler_id",
    "complexity",
    "channel_code",
    "business_code",
    "reason_code",
    "amount_fen",
    "due_on",
    "legal_due_on",
    "is_paused",
    "cause",
    "received_on",
    "told_on",
    "version",
)


def _shown(row: Complaint) -> dict[str, Any]:
    """Columns the trail compares; nothing personal among them."""
    return {name: _plain(getattr(row, name)) for name in _SHOWN}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value if value is None else _scalar(value)


def _scalar(value: Any) -> Any:
    return shown(str(value)) if isinstance(value, str) else value


def _faster(work: Work) -> IllegalStep:
    latest = Event.objects.filter(complaint=work.row).order_by("-id").first()
    return IllegalStep(
        "complaint.changed",
        who=latest.actor_name if latest else "",
        at=_shown_moment(latest.entered_at) if latest else "",
        command=Command.label_of(latest.command) if latest else "",
        stage=_stands(work.row),
        version=work.row.version,
    )


def _stands(row: Complaint) -> str:
    return state_label(Stage(row.stage), is_approved=row.decided_on is not None)


def _latest(row: Complaint) -> str:
    latest = Event.objects.filter(complaint=row).order_by("-id").first()
    if latest is None:
        return ""
    return (
        f"{latest.actor_name}已于 {_shown_moment(latest.entered_at)} "
        f"办理“{Command.label_of(latest.command)}”。"
    )


def _shown_moment(moment: datetime) -> str:
    try:
        return ports.local(moment).strftime("%Y-%m-%d %H:%M")
    except OverflowError:  # the last hours of the calendar have no time in Shanghai
        return moment.isoformat()
