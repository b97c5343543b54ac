"""Approving by level and amount, with four eyes."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import RedressKind, Stage
from xiaobao.kernel.errors import IllegalStep, NotAllowed, RuleBroken


def _approve(crew: make.Cast, who: str, pk: int) -> Stage:
    return services.complaint_approve(actor=crew.actor(who), complaint_id=pk, opinion="同意").stage


@pytest.mark.parametrize(
    ("fen", "approver", "refused"),
    [
        (100_000, "laozhou", ()),
        (100_001, "linjie", ("laozhou",)),
        (5_000_001, "hangzhang", ("laozhou", "linjie")),
    ],
)
def test_the_amount_decides_who_approves(
    crew: make.Cast, fen: int, approver: str, refused: tuple[str, ...]
) -> None:
    ruling = make.ruling(redress=RedressKind.REFUND, redress_fen=fen, redress_due_on=make.on("2026-03-20"))
    done = make.pending(crew, ruling)
    for who in refused:
        with pytest.raises(RuleBroken) as caught:
            _approve(crew, who, done.complaint_id)
        assert caught.value.code == "complaint.approve.level"
    assert _approve(crew, approver, done.complaint_id) is Stage.PENDING
    assert make.seen(crew, done).decisions[-1]["state"] == "approved"


def test_a_referred_case_goes_to_the_offices_head(crew: make.Cast) -> None:
    done = make.pending(crew, referral=make.letter())
    with pytest.raises(RuleBroken):
        _approve(crew, "laozhou", done.complaint_id)
    _approve(crew, "linjie", done.complaint_id)


def test_four_eyes_the_proposer_never_approves(crew: make.Cast) -> None:
    done = make.coded(crew)
    services.complaint_propose(
        actor=crew.actor("laozhou"), complaint_id=done.complaint_id, ruling=make.ruling()
    )
    with pytest.raises(RuleBroken) as caught:
        _approve(crew, "laozhou", done.complaint_id)
    assert "不得为同一人" in message(caught.value.code, caught.value.facts)


def test_handlers_do_not_approve_and_nothing_is_approved_twice(crew: make.Cast) -> None:
    done = make.pending(crew)
    with pytest.raises(NotAllowed):
        _approve(crew, "xiaochen", done.complaint_id)
    _approve(crew, "laozhou", done.complaint_id)
    with pytest.raises(RuleBroken):
        _approve(crew, "linjie", done.complaint_id)
    with pytest.raises(IllegalStep):
        services.complaint_propose(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, ruling=make.ruling()
        )
