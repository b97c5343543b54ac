"""Accepting: identity, facts, dates, duplicates seen, clock."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import Command, How, Stage
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, NotFound, RuleBroken


def test_accepts_what_is_complete(crew: make.Cast) -> None:
    done = make.accepted(crew)
    assert (done.stage, done.version) == (Stage.ACCEPTED, 2)


def test_the_report_before_the_click_says_what_the_command_will_say(crew: make.Cast) -> None:
    done = make.received(crew, persons=(), anonymous_reason="匿名", duplicates_seen=False)
    Complaint.objects.filter(pk=done.complaint_id).update(anonymous_reason="")
    actor = crew.actor("xiaomin")
    report = selectors.complaint_guards(actor, make.seen(crew, done), Command.ACCEPT)
    assert report.sentence == "5 项条件已满足 3 项"
    assert [item.name for item in report.missing] == ["has_identity", "duplicates_seen"]
    with pytest.raises(RuleBroken) as caught:
        services.complaint_accept(actor=actor, complaint_id=done.complaint_id)
    assert caught.value.facts["items"] == report.missing
    assert "CMP-001" in message(caught.value.code, caught.value.facts)


def test_looking_at_the_duplicates_may_come_with_the_click(crew: make.Cast) -> None:
    done = make.received(crew, duplicates_seen=False)
    services.complaint_accept(
        actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, duplicates_seen=True
    )
    assert make.seen(crew, done).duplicates_seen is True


def test_an_anonymous_complaint_needs_its_reason(crew: make.Cast) -> None:
    done = make.accepted(crew, persons=(), anonymous_reason="投诉人不愿提供姓名")
    assert done.stage is Stage.ACCEPTED


def test_a_handler_may_not(crew: make.Cast) -> None:
    done = make.received(crew)
    with pytest.raises(NotAllowed) as caught:
        services.complaint_accept(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id)
    assert "消保专员" in message(caught.value.code, caught.value.facts)


def test_twice_is_no_step_and_names_who_was_first(crew: make.Cast) -> None:
    done = make.accepted(crew)
    with pytest.raises(IllegalStep) as caught:
        services.complaint_accept(actor=crew.actor("linjie"), complaint_id=done.complaint_id)
    assert "林晓敏" in message(caught.value.code, caught.value.facts)


def test_a_stale_form_is_told_what_happened(crew: make.Cast) -> None:
    done = make.received(crew)
    services.complaint_accept(actor=crew.actor("linjie"), complaint_id=done.complaint_id)
    with pytest.raises(IllegalStep) as caught:
        services.complaint_decline(
            actor=crew.actor("xiaomin"),
            complaint_id=done.complaint_id,
            reason="非本行业务",
            notice="已电话告知",
            how=How(version=done.version),
        )
    sentence = message(caught.value.code, caught.value.facts)
    assert all(word in sentence for word in ("林主任", "受理", "待分派", "2026-03-02 10:00"))


def test_not_yours_is_not_there(crew: make.Cast) -> None:
    done = make.received(crew)
    with pytest.raises(NotFound):
        services.complaint_accept(actor=crew.actor("stranger"), complaint_id=done.complaint_id)


def test_the_moment_it_happened_may_be_earlier_but_never_later(crew: make.Cast) -> None:
    done = make.received(crew)
    with pytest.raises(InvalidInput) as caught:
        services.complaint_accept(
            actor=crew.actor("xiaomin"),
            complaint_id=done.complaint_id,
            how=How(at=make.START + make.days(1)),
        )
    assert caught.value.code == "complaint.at.future"
