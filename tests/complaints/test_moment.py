"""When it happened: no clock and no lateness believes an earlier day without a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import Complexity, How, NoticeMode
from xiaobao.duties.complaints.models import Complaint, Event
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.ports import Ports
from xiaobao.kernel.roles import Role


def _reply(crew: make.Cast, done: Any, how: How) -> Any:
    return services.complaint_reply(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer(), how=how
    )


def test_a_back_dated_reply_needs_a_paper(crew: make.Cast, clock: Ports) -> None:
    done = make.approved(crew)
    make.later(clock, days=20)
    with pytest.raises(InvalidInput) as caught:
        _reply(crew, done, How(at=make.START + make.days(1)))
    assert (caught.value.code, caught.value.field) == ("complaint.at.unproved", "at")
    assert "补登凭证" in message(caught.value.code, caught.value.facts)


def test_with_a_paper_it_is_believed_and_the_paper_is_kept(crew: make.Cast, clock: Ports) -> None:
    done = make.approved(crew)
    make.later(clock, days=20)
    _reply(crew, done, How(at=make.START + make.days(1), paper="邮政回执 20260303"))
    event = Event.objects.filter(complaint_id=done.complaint_id).latest("id")
    assert event.detail["paper"] == "邮政回执 20260303"
    assert (event.at, event.entered_at) == (make.START + make.days(1), make.START + make.days(20))


def test_an_hour_of_the_same_day_needs_none(crew: make.Cast, clock: Ports) -> None:
    done = make.approved(crew)
    make.later(clock, hours=5)
    _reply(crew, done, How(at=make.START + make.days(0)))
    row = Complaint.objects.get(pk=done.complaint_id)
    assert row.replied_at == make.START
    assert "paper" not in Event.objects.filter(complaint_id=row.pk).latest("id").detail


def test_no_reply_was_given_before_its_approval(crew: make.Cast, clock: Ports) -> None:
    done = make.pending(crew)
    make.later(clock, days=3)
    services.complaint_approve(actor=crew.actor("hangzhang"), complaint_id=done.complaint_id, opinion="同意")
    with pytest.raises(InvalidInput) as caught:
        _reply(crew, done, How(at=make.START + make.days(1), paper="回执"))
    assert caught.value.code == "complaint.at.before_approval"


def test_an_extension_told_late_cannot_be_dated_back_without_its_proof(crew: make.Cast, clock: Ports) -> None:
    done = make.handling(crew)
    pk = done.complaint_id
    services.complaint_extend(
        actor=crew.actor("xiaochen"), complaint_id=pk, to=Complexity.COMPLEX, reason="须向总行调取资料"
    )
    services.complaint_grant(actor=crew.actor("branch_head"), complaint_id=pk, opinion="同意")
    make.later(clock, days=20)
    with pytest.raises(InvalidInput):
        services.complaint_notify(
            actor=crew.actor("xiaochen"),
            complaint_id=pk,
            mode=NoticeMode.SMS,
            proof=" ",
            how=How(at=make.START),
        )
    assert make.seen(crew, done).due_on == date(2026, 3, 17)


@pytest.mark.parametrize(("paper", "status"), [("", 400), ("通话录音 0302", 200)])
def test_the_api_keeps_the_same_rule(crew: make.Cast, clock: Ports, paper: str, status: int) -> None:
    done = make.handling(crew)
    make.later(clock, days=20)
    program = Program(account(crew.office, Role.OFFICER, Role.HANDLER))
    body = {"text": "调阅合同", "none_because": "电子件已在系统", "at": "2026-03-03T10:00:00+08:00"}
    response = program.post(f"/complaints/{done.complaint_id}/investigate", body | {"paper": paper})
    assert response.status_code == status, said(response)
    assert status == 200 or said(response)["code"] == "complaint.at.unproved"
    assert ports.today() == date(2026, 3, 22)
