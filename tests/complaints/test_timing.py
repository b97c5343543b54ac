"""Extensions step by step and by level, pauses by rule and paper, restart on new facts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import (
    Channel,
    Complexity,
    NoticeMode,
    PauseKind,
    PauseOrder,
)
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.ports import Ports


def _ask(crew: make.Cast, pk: int, to: Complexity = Complexity.COMPLEX) -> None:
    services.complaint_extend(actor=crew.actor("xiaochen"), complaint_id=pk, to=to, reason="需调阅档案")


def _tell(crew: make.Cast, pk: int) -> date:
    return services.complaint_notify(
        actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof="短信回执"
    ).due_on


def test_fifteen_thirty_sixty(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    _ask(crew, pk)
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert _tell(crew, pk) == date(2026, 4, 1)
    make.later(clock, days=20)
    _ask(crew, pk, Complexity.SPECIAL)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert (caught.value.rule, caught.value.code) == ("CMP-005", "complaint.extension.wrong_approver")
    services.complaint_grant(actor=crew.actor("branch_head"), complaint_id=pk)
    assert _tell(crew, pk) == date(2026, 5, 1)
    with pytest.raises(RuleBroken):
        _ask(crew, pk, Complexity.SPECIAL)


def test_grades_are_not_skipped(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    with pytest.raises(InvalidInput) as caught:
        _ask(crew, pk, Complexity.SPECIAL)
    assert caught.value.code == "complaint.extension.order"


def test_whoever_asks_does_not_grant(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    services.complaint_extend(
        actor=crew.actor("laozhou"), complaint_id=pk, to=Complexity.COMPLEX, reason="需调阅档案"
    )
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert [item.name for item in caught.value.facts["items"]] == ["four_eyes"]


def test_denied_it_changes_nothing(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    _ask(crew, pk)
    done = services.complaint_deny(actor=crew.actor("laozhou"), complaint_id=pk, opinion="理由不足")
    assert done.due_on == date(2026, 3, 17)
    with pytest.raises(RuleBroken):
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)


def test_a_pboc_case_is_extended_by_the_head_of_complaint_work(crew: make.Cast) -> None:
    done = make.handling(crew, channel=Channel.PBOC, referral=make.letter())
    _ask(crew, done.complaint_id)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=done.complaint_id)
    assert caught.value.rule == "CMP-023"
    services.complaint_grant(actor=crew.actor("linjie"), complaint_id=done.complaint_id)


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


def test_new_facts_start_the_count_anew(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=9)
    done = services.complaint_restart(
        actor=crew.actor("xiaochen"), complaint_id=pk, new_facts="补交录音", received_on=date(2026, 3, 10)
    )
    assert done.due_on == date(2026, 3, 25)


def test_the_breach_is_recorded_once(crew: make.Cast, clock: Ports) -> None:
    make.handling(crew)
    make.later(clock, days=15)
    assert services.clock_breach(actor=make.tick_actor()) == 0
    make.later(clock, days=1)
    assert [services.clock_breach(actor=make.tick_actor()) for _ in range(2)] == [1, 0]
