"""Correcting: with a reason, both values kept, the clock re-derived (invariant 8)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.errors import IllegalStep, InvalidInput, RuleBroken


def test_a_corrected_receipt_moves_the_clock_and_is_kept(crew: make.Cast) -> None:
    done = make.accepted(crew)
    moved = services.complaint_correct(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        changes={"received_at": make.START - make.days(4)},
        reason="网点漏登四天",
    )
    assert moved.due_on == date(2026, 3, 13)
    case = make.seen(crew, done)
    assert (case.no, case.received_on) == (done.no, date(2026, 2, 26))
    assert [event["kind"] for event in case.clock_events] == ["start", "correct"]
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert len(timeline[0].detail["received_at"]) == 2


def test_without_a_reason_nothing_is_corrected(crew: make.Cast) -> None:
    done = make.accepted(crew)
    with pytest.raises(RuleBroken):
        services.complaint_correct(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, changes={"title": "新"}, reason=" "
        )


@pytest.mark.parametrize(
    "changes",
    [
        {"stage": "closed"},
        {},
        {"amount_fen": -5},
        {"received_at": make.START + make.days(2)},
        {"facts": "\x00"},
        {"received_at": 5},
        {"received_at": None},
        {"received_at": date(2026, 3, 1)},
        {"received_at": datetime(2026, 3, 1, 9)},  # noqa: DTZ001 - without a zone no moment
        {"amount_fen": True},
        {"title": ["新"]},
        {"duplicates_seen": "yes"},
        {"counterpart": "nobody"},
    ],
)
def test_what_must_not_be_is_refused(crew: make.Cast, changes: dict[str, object]) -> None:
    done = make.accepted(crew)
    before = Complaint.objects.values().get(pk=done.complaint_id)
    with pytest.raises(InvalidInput):
        services.complaint_correct(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, changes=changes, reason="更正"
        )
    assert Complaint.objects.values().get(pk=done.complaint_id) == before


def test_a_closed_complaint_is_never_edited(crew: make.Cast) -> None:
    done = make.closed(crew)
    with pytest.raises(IllegalStep):
        services.complaint_correct(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, changes={"title": "新"}, reason="改"
        )
