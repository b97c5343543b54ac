"""Reopening on new facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import PauseKind, PauseOrder, Stage
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.ports import Ports


def test_new_facts_reopen_with_a_period_of_their_own(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=30)
    actor, pk = crew.actor("xiaomin"), done.complaint_id
    with pytest.raises(RuleBroken):
        services.complaint_reopen(actor=actor, complaint_id=pk, new_facts=" ", received_on=date(2026, 4, 1))
    again = services.complaint_reopen(
        actor=actor, complaint_id=pk, new_facts="发现签字系代签", received_on=date(2026, 4, 1)
    )
    assert (again.stage, again.due_on) == (Stage.HANDLING, date(2026, 4, 16))
    case = make.seen(crew, done)
    assert (case.closed_at, case.was_late, len(case.replies)) == (None, None, 1)
    assert services.clock_rederive(actor=make.tick_actor()) == ()


def test_answered_in_a_pause_and_reopened_the_clock_runs_and_can_be_paused_again(
    crew: make.Cast, clock: Ports
) -> None:
    pk, teller, day = make.pending(crew).complaint_id, crew.actor("xiaochen"), date(2026, 3, 2)
    order = PauseOrder(PauseKind.MEDIATION, day, "双方调解申请", "双方申请调解")
    services.complaint_suspend(actor=teller, complaint_id=pk, order=order)
    services.complaint_approve(actor=crew.actor("hangzhang"), complaint_id=pk, opinion="同意")
    services.complaint_reply(actor=teller, complaint_id=pk, answer=make.answer())
    make.later(clock, days=30)
    reopened = services.complaint_reopen(
        actor=crew.actor("xiaomin"), complaint_id=pk, new_facts="补交录音", received_on=date(2026, 4, 1)
    )
    assert (make.seen(crew, reopened).is_paused, reopened.due_on) == (False, date(2026, 4, 16))
    with pytest.raises(RuleBroken):
        services.complaint_resume(actor=teller, complaint_id=pk, on=date(2026, 4, 1), reason="调解结束")
    order = replace(order, from_on=date(2026, 4, 1))
    services.complaint_suspend(actor=teller, complaint_id=pk, order=order)
    assert make.seen(crew, reopened).is_paused
