"""Reopening on new facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import (
    Complexity,
    Done,
    ExtensionState,
    NoticeMode,
    PauseKind,
    PauseOrder,
    Stage,
)
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


def _extension(crew: make.Cast, pk: int) -> Done:
    why = "需调阅档案"
    return services.complaint_extend(
        actor=crew.actor("xiaochen"), complaint_id=pk, to=Complexity.COMPLEX, reason=why
    )


def _states(crew: make.Cast, done: Done) -> list[str]:
    return [row["state"] for row in make.seen(crew, done).extensions]


def _reopened(crew: make.Cast, pk: int) -> Done:
    return services.complaint_reopen(
        actor=crew.actor("xiaomin"), complaint_id=pk, new_facts="补交录音", received_on=date(2026, 3, 2)
    )


def test_an_extension_nobody_answered_ends_with_the_reply_and_its_trace(crew: make.Cast) -> None:
    done = make.pending(crew)
    pk = done.complaint_id
    _extension(crew, pk)
    services.complaint_approve(actor=crew.actor("hangzhang"), complaint_id=pk, opinion="同意")
    services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=pk, answer=make.answer())
    assert _states(crew, done) == [ExtensionState.LAPSED]
    entry = AuditEntry.objects.get(tag="complaints:extension:lapse", object_id=str(pk))
    facts = json.loads(entry.body)
    assert (facts["before"], facts["after"]) == ({"extension": "asked"}, {"extension": "lapsed"})
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=pk)
    assert "未办结的延期随之失效" in timeline[0].say


@pytest.mark.parametrize("granted", [False, True])
def test_an_extension_of_the_old_period_leaves_the_new_one_free(
    crew: make.Cast, clock: Ports, granted: bool
) -> None:
    done = make.accepted(crew)
    pk = done.complaint_id
    _extension(crew, pk)
    if granted:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    services.complaint_decline(
        actor=crew.actor("xiaomin"), complaint_id=pk, reason="非本行业务", notice="已电话告知"
    )
    _reopened(crew, pk)
    with pytest.raises(RuleBroken):
        services.complaint_notify(
            actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof="短信回执"
        )
    _extension(crew, pk)
    assert _states(crew, done) == [ExtensionState.LAPSED, ExtensionState.ASKED]
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert services.clock_rederive(actor=make.tick_actor()) == ()


def test_an_extension_told_or_refused_stays_as_it_was(crew: make.Cast) -> None:
    done = make.approved(crew)
    pk = done.complaint_id
    _extension(crew, pk)
    services.complaint_deny(actor=crew.actor("laozhou"), complaint_id=pk, opinion="不复杂")
    _extension(crew, pk)
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    services.complaint_notify(
        actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof="短信回执"
    )
    services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=pk, answer=make.answer())
    _reopened(crew, pk)
    assert _states(crew, done) == [ExtensionState.DENIED, ExtensionState.GRANTED]
    assert not AuditEntry.objects.filter(tag="complaints:extension:lapse").exists()


def test_declined_in_a_pause_and_reopened_the_clock_runs_and_can_be_paused_again(
    crew: make.Cast, clock: Ports
) -> None:
    pk, teller, day = make.accepted(crew).complaint_id, crew.actor("xiaochen"), date(2026, 3, 2)
    order = PauseOrder(PauseKind.MEDIATION, day, "双方调解申请", "双方申请调解")
    services.complaint_suspend(actor=teller, complaint_id=pk, order=order)
    services.complaint_decline(
        actor=crew.actor("xiaomin"), complaint_id=pk, reason="非本行业务", notice="已电话告知"
    )
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
