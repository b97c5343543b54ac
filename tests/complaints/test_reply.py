"""Replying: all that 第十九条 wants, after approval."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import PauseKind, PauseOrder, RemedyKind, Stage
from xiaobao.kernel.errors import IllegalStep, RuleBroken


def test_no_reply_before_approval(crew: make.Cast) -> None:
    done = make.pending(crew)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
    assert [item.name for item in caught.value.facts["items"]] == ["is_approved"]


@pytest.mark.parametrize("left_out", list(RemedyKind))
def test_a_reply_names_all_four_remedies(crew: make.Cast, left_out: RemedyKind) -> None:
    done = make.approved(crew)
    answer = make.answer(remedies=frozenset(RemedyKind) - {left_out})
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=answer)
    assert (caught.value.rule, caught.value.source) == ("CMP-012", "令2020年第3号第十九条")


def test_a_reply_has_findings_and_grounds(crew: make.Cast) -> None:
    done = make.approved(crew)
    answer = make.answer(facts_found="", grounds=" ")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=answer)
    assert [item.name for item in caught.value.facts["items"]] == ["reply_facts", "reply_grounds"]


def test_a_clock_that_stands_still_runs_again_before_the_reply(crew: make.Cast) -> None:
    pk, actor = make.approved(crew).complaint_id, crew.actor("xiaochen")
    order = PauseOrder(PauseKind.MEDIATION, date(2026, 3, 2), "双方调解申请", "双方申请调解")
    services.complaint_suspend(actor=actor, complaint_id=pk, order=order)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(actor=actor, complaint_id=pk, answer=make.answer())
    assert [item.name for item in caught.value.facts["items"]] == ["not_paused"]
    services.complaint_resume(actor=actor, complaint_id=pk, on=date(2026, 3, 2))
    done = services.complaint_reply(actor=actor, complaint_id=pk, answer=make.answer())
    assert done.stage is Stage.REPLIED


def test_closed_is_only_left_by_its_two_doors(crew: make.Cast) -> None:
    done = make.closed(crew)
    with pytest.raises(IllegalStep):
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
