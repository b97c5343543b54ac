"""Two people deciding the same complaint at once: one wins, the other is told what happened."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from tests.factories.at_once import at_once
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.messages import message
from xiaobao.duties.complaints.domain.values import How, Stage
from xiaobao.duties.complaints.models import Complaint, Event
from xiaobao.kernel.errors import XiaobaoError


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_the_other_is_told() -> None:
    with make.at():
        crew = make.cast()
        done = make.pending(crew)
    how = How(version=done.version)
    answers = at_once(
        lambda: services.complaint_approve(
            actor=crew.actor("laozhou"), complaint_id=done.complaint_id, opinion="同意", how=how
        ),
        lambda: services.complaint_return(
            actor=crew.actor("linjie"), complaint_id=done.complaint_id, opinion="补充材料", how=how
        ),
    )
    errors = [one for one in answers if isinstance(one, XiaobaoError)]
    assert len(errors) == 1
    sentence = message(errors[0].code, errors[0].facts)
    assert errors[0].code == "complaint.changed"
    assert "周行长" in sentence or "林主任" in sentence
    assert (
        Event.objects.filter(complaint_id=done.complaint_id, command__in=("approve", "return")).count() == 1
    )


@pytest.mark.django_db(transaction=True)
def test_numbers_are_never_given_twice() -> None:
    with make.at():
        crew = make.cast()
    facts = make.intake(received_at=make.START)
    answers = at_once(
        *[lambda: services.complaint_receive(actor=crew.actor("xiaomin"), intake=facts) for _ in range(4)]
    )
    assert sorted(one.no[-4:] for one in answers) == ["0001", "0002", "0003", "0004"]


@pytest.mark.django_db(transaction=True)
def test_one_source_number_sent_twice_at_once_is_one_complaint() -> None:
    with make.at():
        crew = make.cast()
    facts = make.intake(received_at=make.START, source_system="12378", source_no="S-1")
    answers = at_once(
        *[lambda: services.complaint_receive(actor=crew.actor("xiaomin"), intake=facts) for _ in range(3)]
    )
    assert len({one.no for one in answers}) == 1
    assert sorted(one.created for one in answers) == [False, False, True]
    assert Complaint.objects.filter(stage=Stage.REGISTERED).count() == 1
