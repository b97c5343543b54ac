"""Resuming: the days between are taken out."""

from __future__ import annotations

from datetime import date

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import (
    PauseKind,
    PauseOrder,
)
from xiaobao.kernel.ports import Ports


def _pause(kind: PauseKind = PauseKind.MEDIATION, **facts: object) -> PauseOrder:
    base = {"kind": kind, "from_on": date(2026, 3, 5), "document": "双方调解申请", "reason": "调解"}
    return PauseOrder(**(base | facts))  # type: ignore[arg-type]


def test_mediation_days_are_taken_out(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=3)
    services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=pk, order=_pause())
    make.later(clock, days=19)
    done = services.complaint_resume(actor=crew.actor("xiaochen"), complaint_id=pk, on=date(2026, 3, 24))
    assert done.due_on == date(2026, 4, 6)
    view = selectors.complaint_clock(actor=crew.actor("xiaochen"), complaint_id=pk)
    paused = [step for step in view.steps if step.kind == "paused"]
    assert [(step.start, step.end, step.days) for step in paused] == [
        (date(2026, 3, 5), date(2026, 3, 24), 20)
    ]
