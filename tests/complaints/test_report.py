"""Reporting back to a regulator: one report a letter, of this case."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.errors import IllegalStep, NotFound, RuleBroken


def _report(crew: make.Cast, pk: int, referral_id: int, text: str = "已答复投诉人并退费") -> None:
    services.complaint_report(
        actor=crew.actor("xiaochen"), complaint_id=pk, referral_id=referral_id, text=text
    )


def test_one_report_a_letter(crew: make.Cast) -> None:
    done = make.handling(crew, referral=make.letter())
    letter = make.seen(crew, done).referrals[0]["id"]
    _report(crew, done.complaint_id, letter)
    assert make.seen(crew, done).referrals[0]["report"] == "已答复投诉人并退费"
    with pytest.raises(IllegalStep):
        _report(crew, done.complaint_id, letter)


def test_the_letter_of_another_case_is_not_there(crew: make.Cast) -> None:
    mine, other = make.handling(crew, referral=make.letter()), make.handling(crew, referral=make.letter())
    with pytest.raises(NotFound):
        _report(crew, mine.complaint_id, make.seen(crew, other).referrals[0]["id"])


def test_an_empty_report_is_none_and_a_closed_case_has_nothing_to_report(crew: make.Cast) -> None:
    done = make.handling(crew, referral=make.letter())
    with pytest.raises(RuleBroken):
        _report(crew, done.complaint_id, make.seen(crew, done).referrals[0]["id"], text=" ")
    with pytest.raises(IllegalStep):
        _report(crew, make.closed(crew).complaint_id, 1)
