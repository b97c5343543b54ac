"""Withdrawing: the procedure ends the day the request came, with its proof, once regulators have their report."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, RuleBroken
from xiaobao.kernel.ports import Ports
from xiaobao.kernel.roles import Role


def _withdraw(crew: make.Cast, done: Any, who: str = "xiaochen", **facts: Any) -> Any:
    told = {"requested_on": date(2026, 3, 2), "document": "撤回申请书", **facts}
    return services.complaint_withdraw(actor=crew.actor(who), complaint_id=done.complaint_id, **told)


def _report(crew: make.Cast, done: Any, who: str = "xiaochen") -> None:
    letter = make.seen(crew, done).referrals[0]
    services.complaint_report(
        actor=crew.actor(who), complaint_id=done.complaint_id, referral_id=letter["id"], text="投诉人撤回"
    )


def test_withdrawal_ends_the_procedure_that_day(crew: make.Cast, clock: Ports) -> None:
    done = make.handling(crew)
    make.later(clock, days=6)
    left = _withdraw(crew, done, requested_on=date(2026, 3, 8))
    assert (left.stage, left.due_on) == (Stage.WITHDRAWN, date(2026, 3, 8))


def test_withdrawal_cannot_lie_in_the_future(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(InvalidInput):
        _withdraw(crew, done, requested_on=date(2026, 3, 3))


@pytest.mark.parametrize("document", ["", "  "])
def test_withdrawal_needs_its_proof(crew: make.Cast, document: str) -> None:
    done = make.handling(crew)
    with pytest.raises(RuleBroken) as caught:
        _withdraw(crew, done, document=document)
    assert caught.value.rule == "CMP-010"
    assert [item.name for item in caught.value.facts["items"]] == ["withdrawal_proved"]


@pytest.mark.parametrize("bring", [make.received, make.accepted, make.handling, make.pending])
def test_a_regulators_report_comes_before_every_withdrawal(crew: make.Cast, bring: Any) -> None:
    done = bring(crew, referral=make.letter())
    with pytest.raises(RuleBroken) as caught:
        _withdraw(crew, done, "xiaomin")
    assert [item.name for item in caught.value.facts["items"]] == ["reports_sent"]
    _report(crew, done, "xiaomin")
    assert _withdraw(crew, done, "xiaomin").stage is Stage.WITHDRAWN


@pytest.mark.parametrize("verb", ["decline", "transfer"])
def test_no_other_way_out_leaves_a_regulator_waiting(crew: make.Cast, verb: str) -> None:
    done = make.accepted(crew, referral=make.letter())
    facts = {"reason": "非本行业务", "notice": "已电话告知"} | (
        {"target": "合作机构"} if verb == "transfer" else {}
    )
    service = getattr(services, f"complaint_{verb}")
    with pytest.raises(RuleBroken) as caught:
        service(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, **facts)
    assert [item.name for item in caught.value.facts["items"]] == ["reports_sent"]
    _report(crew, done, "xiaomin")
    service(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, **facts)


def test_the_api_asks_the_same(crew: make.Cast) -> None:
    done = make.handling(crew, referral=make.letter())
    program = Program(account(crew.office, Role.OFFICER))
    response = program.post(f"/complaints/{done.complaint_id}/withdraw", {"requested_on": "2026-03-02"})
    told = said(response)
    assert (response.status_code, told["code"], told["rule"]) == (422, "complaint.guard", "CMP-010")
    assert "撤回凭证" in told["message"]
    assert "报送办理情况" in told["message"]
    assert Complaint.objects.get(pk=done.complaint_id).stage == Stage.HANDLING


def test_a_post_without_the_command_is_refused(crew: make.Cast) -> None:
    with pytest.raises(NotAllowed):
        _withdraw(crew, make.handling(crew), "hangzhang")


def test_what_was_answered_can_no_longer_be_withdrawn(crew: make.Cast) -> None:
    with pytest.raises(IllegalStep):
        _withdraw(crew, make.replied(crew))
