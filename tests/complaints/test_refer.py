"""Entering a regulator's letter: number, given date, once."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotAllowed, RuleBroken


def _refer(crew: make.Cast, pk: int, who: str = "xiaomin", **facts: object) -> date:
    return services.complaint_refer(
        actor=crew.actor(who), complaint_id=pk, letter=make.letter(**facts)
    ).due_on


def test_a_later_given_date_never_loosens(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    assert _refer(crew, pk, given_due_on=date(2026, 4, 30)) == date(2026, 3, 17)


def test_of_several_letters_the_strictest_rules(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    _refer(crew, pk, given_due_on=date(2026, 3, 12))
    assert _refer(crew, pk, given_due_on=date(2026, 3, 9)) == date(2026, 3, 9)
    assert _refer(crew, pk, given_due_on=date(2026, 3, 11)) == date(2026, 3, 9)


def test_a_letter_without_a_number_or_with_a_used_one_is_refused(crew: make.Cast) -> None:
    one, two = make.handling(crew), make.handling(crew)
    with pytest.raises(RuleBroken):
        _refer(crew, one.complaint_id, number=" ")
    _refer(crew, one.complaint_id, number="监转9")
    with pytest.raises(InvalidInput) as caught:
        _refer(crew, two.complaint_id, number="监转9")
    assert caught.value.facts["no"] == one.no


def test_a_given_date_before_the_letter_cannot_be(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    with pytest.raises(InvalidInput):
        _refer(crew, pk, given_due_on=date(2026, 3, 1))


def test_not_into_a_closed_case_and_not_by_everybody(crew: make.Cast) -> None:
    with pytest.raises(IllegalStep):
        _refer(crew, make.closed(crew).complaint_id)
    with pytest.raises(NotAllowed):
        _refer(crew, make.handling(crew).complaint_id, who="hangzhang")
