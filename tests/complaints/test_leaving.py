"""The side exits: declined, transferred, withdrawn, merged, archived."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound, RuleBroken
from xiaobao.kernel.ports import Ports


def test_decline_needs_a_reason_and_a_notice(crew: make.Cast) -> None:
    done = make.received(crew)
    actor = crew.actor("xiaomin")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_decline(actor=actor, complaint_id=done.complaint_id, reason="", notice="")
    assert [item.name for item in caught.value.facts["items"]] == ["has_reason", "notice_prepared"]
    left = services.complaint_decline(
        actor=actor, complaint_id=done.complaint_id, reason="投诉人非本人且无授权", notice="短信已发"
    )
    assert left.stage is Stage.DECLINED
    assert make.seen(crew, done).is_open is False


def test_transfer_names_the_body_it_went_to(crew: make.Cast) -> None:
    done = make.accepted(crew)
    services.complaint_transfer(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        target="示例保险公司",
        reason="属保险合同纠纷",
        notice="已电话告知转出",
    )
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert "示例保险公司" in timeline[0].say


def test_no_transfer_once_it_is_handled(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(IllegalStep):
        services.complaint_transfer(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, target="x", reason="x", notice="x"
        )


def test_withdrawal_ends_the_procedure_that_day(crew: make.Cast, clock: Ports) -> None:
    done = make.handling(crew)
    make.later(clock, days=6)
    left = services.complaint_withdraw(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, requested_on=date(2026, 3, 8)
    )
    assert (left.stage, left.due_on) == (Stage.WITHDRAWN, date(2026, 3, 8))


def test_withdrawal_cannot_lie_in_the_future(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(InvalidInput):
        services.complaint_withdraw(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, requested_on=date(2026, 3, 3)
        )


def test_merge_refuses_itself_the_finished_and_the_invisible(crew: make.Cast) -> None:
    done, gone = make.received(crew), make.closed(crew)
    other = make.received(crew, org_code="33002")
    office, head = crew.actor("xiaomin"), crew.actor("laozhou")
    for actor, into, error in (
        (office, done.complaint_id, InvalidInput),
        (office, gone.complaint_id, IllegalStep),
        (head, other.complaint_id, NotFound),
    ):
        with pytest.raises(error):
            services.complaint_merge(actor=actor, complaint_id=done.complaint_id, into_id=into, reason="重复")
    assert make.seen(crew, done).stage is Stage.REGISTERED


def test_archive_is_for_imported_history_alone(crew: make.Cast) -> None:
    plain, told = make.received(crew), make.received(crew, source_system="gov_zh", source_no="1")
    system = make.tick_actor()
    with pytest.raises(RuleBroken):
        services.complaint_archive(
            actor=system, complaint_id=plain.complaint_id, replied_at=make.START, reply="已答复"
        )
    with pytest.raises(NotAllowed):
        services.complaint_archive(
            actor=crew.actor("linjie"), complaint_id=told.complaint_id, replied_at=None, reply=""
        )
    done = services.complaint_archive(
        actor=system, complaint_id=told.complaint_id, replied_at=make.START, reply="已答复"
    )
    assert done.stage is Stage.ARCHIVED
    assert make.seen(crew, told).source_reply == "已答复"
