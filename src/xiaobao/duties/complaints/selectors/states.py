"""Where a complaint stands now, as other rooms may know it: for handlers that hear late or twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xiaobao.base.statements import Given, Statement
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.values import Command, DecisionState, ExtensionState, Stage
from xiaobao.duties.complaints.models import Complaint, Decision, Extension
from xiaobao.duties.complaints.selectors.guards import NEXT


@dataclass(frozen=True, slots=True)
class TaskState:
    """What a task about a complaint needs; `next` names the step that is waited for."""

    id: int
    no: str
    title: str
    stage: Stage
    is_open: bool
    is_paused: bool
    unit_path: str
    handler_id: int | None
    received_at: datetime
    due_on: date
    told_on: date | None
    hand_overs: int
    next: Command | None


_COLUMNS = (
    "id",
    "no",
    "title",
    "stage",
    "is_open",
    "is_paused",
    "handling_path",
    "org_path",
    "handler_id",
    "received_at",
    "due_on",
    "told_on",
    "hand_overs",
)


_STATE = Statement(lambda: Complaint.objects.filter(pk=Given("pk")).order_by().values_list(*_COLUMNS))


def task_state(*, complaint_id: int) -> TaskState | None:
    """The present state, whoever asks; only scheduled work and event handlers call this."""
    found = _STATE.first_row(pk=complaint_id)
    if found is None:
        return None
    row = dict(zip(_COLUMNS, found, strict=True))
    stage = Stage(row["stage"])
    return TaskState(
        id=row["id"],
        no=row["no"],
        title=shown(row["title"]),
        stage=stage,
        is_open=row["is_open"],
        is_paused=row["is_paused"],
        unit_path=row["handling_path"] or row["org_path"],
        handler_id=row["handler_id"],
        received_at=row["received_at"],
        due_on=row["due_on"],
        told_on=row["told_on"] if stage is Stage.REPLIED else None,
        hand_overs=row["hand_overs"],
        next=_next(complaint_id, stage),
    )


def _next(complaint_id: int, stage: Stage) -> Command | None:
    if stage is not Stage.PENDING:
        return NEXT.get(stage)
    waiting = Decision.objects.filter(complaint_id=complaint_id, state=DecisionState.PROPOSED).exists()
    return Command.APPROVE if waiting else Command.REPLY


def extension_waits(*, complaint_id: int) -> tuple[date, str] | None:
    """Old due date and wanted grade of the extension nobody has answered yet, or None."""
    row = (
        Extension.objects.filter(complaint_id=complaint_id, state=ExtensionState.ASKED)
        .order_by("-id")
        .first()
    )
    return (row.old_due_on, row.to) if row else None
