"""Replying: all that 第十九条 wants, after approval."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import RemedyKind
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


def test_closed_is_only_left_by_its_two_doors(crew: make.Cast) -> None:
    done = make.closed(crew)
    with pytest.raises(IllegalStep):
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
