"""Closing: allowed with everything there, refused with a list, illegal from elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import RedressKind, Stage
from xiaobao.kernel.errors import IllegalStep, InvalidInput, RuleBroken


def test_closes_with_codes_reply_proof_and_cause(crew: make.Cast) -> None:
    done = make.closed(crew)
    case = make.seen(crew, done)
    assert case.stage is Stage.CLOSED
    assert case.was_late is False
    assert case.cause == "违约金披露不足"


def test_lists_what_is_missing(crew: make.Cast) -> None:
    done = make.replied(crew)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_close(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id)
    assert [item.name for item in caught.value.facts["items"]] == ["delivery_proved", "has_cause"]


def test_is_no_step_from_handling(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(IllegalStep) as caught:
        services.complaint_close(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id)
    assert "林晓敏" in caught.value.facts["latest"]


def test_redress_must_be_paid_or_scheduled_before_closing(crew: make.Cast) -> None:
    rule = make.ruling(redress=RedressKind.REFUND, redress_fen=300_000)
    done = make.delivered(crew, rule=rule)
    actor, pk = crew.actor("xiaochen"), done.complaint_id
    with pytest.raises(RuleBroken) as caught:
        services.complaint_close(actor=actor, complaint_id=pk, cause="披露不足")
    assert [item.name for item in caught.value.facts["items"]] == ["redress_settled"]
    closed = services.complaint_close(
        actor=actor, complaint_id=pk, cause="披露不足", redress_paid_on=date(2026, 3, 2)
    )
    assert closed.stage is Stage.CLOSED


def test_nothing_was_paid_tomorrow(crew: make.Cast) -> None:
    done = make.delivered(crew, rule=make.ruling(redress=RedressKind.REFUND, redress_fen=300_000))
    with pytest.raises(InvalidInput) as caught:
        services.complaint_close(
            actor=crew.actor("xiaochen"),
            complaint_id=done.complaint_id,
            cause="披露不足",
            redress_paid_on=date(2026, 3, 3),
        )
    assert (caught.value.code, caught.value.field) == ("complaint.at.future", "redress_paid_on")
    assert make.seen(crew, done).stage is Stage.REPLIED
