"""Extending, grade by grade."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import (
    Complexity,
    NoticeMode,
)
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.ports import Ports


def _ask(crew: make.Cast, pk: int, to: Complexity = Complexity.COMPLEX) -> None:
    services.complaint_extend(actor=crew.actor("xiaochen"), complaint_id=pk, to=to, reason="需调阅档案")


def _tell(crew: make.Cast, pk: int) -> date:
    return services.complaint_notify(
        actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof="短信回执"
    ).due_on


def test_fifteen_thirty_sixty(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    _ask(crew, pk)
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert _tell(crew, pk) == date(2026, 4, 1)
    make.later(clock, days=20)
    _ask(crew, pk, Complexity.SPECIAL)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert (caught.value.rule, caught.value.code) == ("CMP-005", "complaint.extension.wrong_approver")
    services.complaint_grant(actor=crew.actor("branch_head"), complaint_id=pk)
    assert _tell(crew, pk) == date(2026, 5, 1)
    with pytest.raises(RuleBroken):
        _ask(crew, pk, Complexity.SPECIAL)


def test_grades_are_not_skipped(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    with pytest.raises(InvalidInput) as caught:
        _ask(crew, pk, Complexity.SPECIAL)
    assert caught.value.code == "complaint.extension.order"
