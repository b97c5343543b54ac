"""Denying an extension."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import (
    Complexity,
)
from xiaobao.kernel.errors import RuleBroken


def _ask(crew: make.Cast, pk: int, to: Complexity = Complexity.COMPLEX) -> None:
    services.complaint_extend(actor=crew.actor("xiaochen"), complaint_id=pk, to=to, reason="需调阅档案")


def test_denied_it_changes_nothing(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    _ask(crew, pk)
    done = services.complaint_deny(actor=crew.actor("laozhou"), complaint_id=pk, opinion="理由不足")
    assert done.due_on == date(2026, 3, 17)
    with pytest.raises(RuleBroken):
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
