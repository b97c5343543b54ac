"""One complaint whole: the row and its papers as a frozen `Dossier`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from xiaobao.duties.complaints.domain.rows import Dossier, TimelineItem
from xiaobao.duties.complaints.domain.values import Channel, Command, Complexity, DueSource, Stage, Upkeep
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.papers import Paper, Papers, papers_of
from xiaobao.duties.complaints.selectors.scope import complaint_row, visible
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

_TERMS = {"stage": Stage, "channel": Channel, "complexity": Complexity, "due_source": DueSource}
_NAMES = frozenset({"org_name", "handling_name", "handler_name"})
_PAPERS = (
    "parties",
    "referrals",
    "assignments",
    "notes",
    "decisions",
    "replies",
    "extensions",
    "rechecks",
    "clock_events",
)
_COLUMNS = tuple(one.name for one in fields(Dossier) if one.name not in (*_PAPERS, *_NAMES, *_TERMS))


def dossier(row: Complaint, papers: Papers) -> Dossier:
    """The frozen whole of a row (with unit and handler joined) and its papers."""
    values: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS}
    values |= {name: term(getattr(row, name)) for name, term in _TERMS.items()}
    values |= {name: papers.get(name, ()) for name in _PAPERS}
    return Dossier(
        **values,
        org_name=row.org.name,
        handling_name=row.handling_org.name if row.handling_org else "",
        handler_name=str(row.handler) if row.handler else "",
    )


def complaint_get(*, actor: Actor, complaint_id: int) -> Dossier:
    """The complaint with its papers, two statements. Raises: NotFound `complaint.missing`."""
    row = complaint_row(actor, complaint_id)
    return dossier(row, papers_of([row.pk])[row.pk])


def complaint_by_no(*, actor: Actor, no: str) -> Dossier:
    """The complaint of this number. Raises: NotFound `complaint.missing`."""
    found = visible(actor).filter(no=no).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("complaint.missing")
    return complaint_get(actor=actor, complaint_id=found)


def complaint_timeline(*, actor: Actor, complaint_id: int) -> tuple[TimelineItem, ...]:
    """What happened, newest first."""
    row = complaint_row(actor, complaint_id)
    return timeline(papers_of([row.pk], timeline=True)[row.pk].get("events", ()))


def timeline(events: tuple[Paper, ...]) -> tuple[TimelineItem, ...]:
    """Event rows as timeline items, newest first."""
    return tuple(
        TimelineItem(
            id=event["id"],
            command=_deed(event["command"]),
            at=event["at"],
            entered_at=event["entered_at"],
            stage_from=Stage(event["stage_from"]),
            stage_to=Stage(event["stage_to"]),
            actor=event["actor_name"],
            via=event["via"],
            say=event["say"],
            detail=event["detail"],
            rules=tuple(event["rules"]),
        )
        for event in reversed(events)
    )


def _deed(value: str) -> Command | Upkeep:
    return Upkeep(value) if value == Upkeep.REDERIVE else Command(value)
