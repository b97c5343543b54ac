"""Withdrawing: the procedure ends the day the request came."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.ports import Ports


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
