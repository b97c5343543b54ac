"""Suspending by rule, paper and telling."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import (
    Complexity,
    PauseKind,
    PauseOrder,
)
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.ports import Ports


def _pause(kind: PauseKind = PauseKind.MEDIATION, **facts: object) -> PauseOrder:
    base = {"kind": kind, "from_on": date(2026, 3, 5), "document": "双方调解申请", "reason": "调解"}
    return PauseOrder(**(base | facts))  # type: ignore[arg-type]


def _ask(crew: make.Cast, pk: int, to: Complexity = Complexity.COMPLEX) -> None:
    services.complaint_extend(actor=crew.actor("xiaochen"), complaint_id=pk, to=to, reason="需调阅档案")


@pytest.mark.parametrize(
    ("order", "missing"),
    [
        (_pause(document=" "), "has_document"),
        (_pause(PauseKind.APPRAISAL), "pause_told"),
        (_pause(reason=""), "has_reason"),
    ],
)
def test_no_pause_without_paper_telling_and_reason(
    crew: make.Cast, clock: Ports, order: PauseOrder, missing: str
) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=3)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=pk, order=order)
    assert [item.name for item in caught.value.facts["items"]] == [missing]


def test_a_running_pause_moves_with_the_day_and_is_no_difference(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=3)
    services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=pk, order=_pause())
    make.later(clock, days=10)
    assert services.clock_rederive(actor=make.tick_actor()) == ()
    case = selectors.complaint_get(actor=crew.actor("xiaochen"), complaint_id=pk)
    assert (case.is_paused, case.due_on) == (True, date(2026, 3, 28))


def test_paused_it_is_neither_paused_again_nor_extended(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=3)
    services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=pk, order=_pause())
    for attempt in (
        lambda: services.complaint_suspend(actor=crew.actor("xiaochen"), complaint_id=pk, order=_pause()),
        lambda: _ask(crew, pk),
    ):
        with pytest.raises(RuleBroken):
            attempt()
