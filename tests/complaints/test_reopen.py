"""Reopening on new facts."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.ports import Ports


def test_new_facts_reopen_with_a_period_of_their_own(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=30)
    actor, pk = crew.actor("xiaomin"), done.complaint_id
    with pytest.raises(RuleBroken):
        services.complaint_reopen(actor=actor, complaint_id=pk, new_facts=" ", received_on=date(2026, 4, 1))
    again = services.complaint_reopen(
        actor=actor, complaint_id=pk, new_facts="发现签字系代签", received_on=date(2026, 4, 1)
    )
    assert (again.stage, again.due_on) == (Stage.HANDLING, date(2026, 4, 16))
    case = make.seen(crew, done)
    assert (case.closed_at, case.was_late, len(case.replies)) == (None, None, 1)
    assert services.clock_rederive(actor=make.tick_actor()) == ()
