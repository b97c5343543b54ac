"""Merging a duplicate: never itself, the finished or the invisible."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Done, Stage, Tab
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound


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


def _merged(crew: make.Cast, **letter: object) -> tuple[Done, Done]:
    """A regulator's copy, merged into the complaint the customer had made before."""
    first, copy = make.received(crew), make.received(crew, referral=make.letter(**letter))
    services.complaint_merge(
        actor=crew.actor("xiaomin"),
        complaint_id=copy.complaint_id,
        into_id=first.complaint_id,
        reason="同一事项",
    )
    return first, copy


def test_the_letter_of_a_merged_copy_binds_the_case_that_goes_on(crew: make.Cast) -> None:
    first, _ = _merged(crew, given_due_on=date(2026, 3, 6))
    case = make.seen(crew, first)
    assert (case.is_regulator, case.due_on, len(case.referrals)) == (True, date(2026, 3, 6), 1)
    clock = selectors.complaint_clock(actor=crew.actor("xiaomin"), complaint_id=first.complaint_id)
    assert clock.agrees
    assert any(words.startswith("金融监管部门给定期限") for _, _, words in clock.candidates)


def test_a_letter_without_a_date_makes_it_the_regulators_case_all_the_same(crew: make.Cast) -> None:
    first, _ = _merged(crew)
    case = make.seen(crew, first)
    assert (case.is_regulator, case.due_on) == (True, first.due_on)
    listed = selectors.complaint_list(actor=crew.actor("xiaomin"), filters=ListFilters(tab=Tab.REGULATOR))
    assert [row.id for row in listed.rows] == [first.complaint_id]


def test_both_keep_number_receipt_and_clock(crew: make.Cast) -> None:
    first, copy = _merged(crew)
    case = make.seen(crew, copy)
    assert (case.no, case.due_on, case.stage) == (copy.no, copy.due_on, Stage.MERGED)
    assert case.no != make.seen(crew, first).no
