"""Asking the superior for a recheck."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import RecheckOutcome, Stage
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.ports import Ports


def test_a_recheck_goes_to_the_superior_for_thirty_days(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=30)
    asked = services.complaint_recheck(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        applied_on=date(2026, 4, 1),
        request="对处理结果不服",
    )
    case = make.seen(crew, done)
    assert (asked.stage, asked.due_on) == (Stage.RECHECK, date(2026, 5, 1))
    assert (case.due_rule, case.rechecks[0]["unit_name"]) == ("CMP-013", "杭州分行")
    ended = services.complaint_conclude(
        actor=crew.actor("branch_head"),
        complaint_id=done.complaint_id,
        outcome=RecheckOutcome.UPHELD,
        findings="过程、时限、结果均符合规定",
        told_on=date(2026, 4, 1),
    )
    assert ended.stage is Stage.CLOSED


def test_a_recheck_asked_too_late_is_refused(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=31)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_recheck(
            actor=crew.actor("xiaomin"),
            complaint_id=done.complaint_id,
            applied_on=date(2026, 4, 2),
            request="不服",
        )
    assert caught.value.rule == "CMP-013"
