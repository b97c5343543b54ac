"""Deciding a recheck."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import RecheckOutcome
from xiaobao.kernel.errors import RuleBroken


def test_whoever_decided_does_not_recheck(crew: make.Cast) -> None:
    done = make.closed(crew)
    services.complaint_recheck(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        applied_on=date(2026, 3, 2),
        request="不服",
    )
    with pytest.raises(RuleBroken) as caught:
        services.complaint_conclude(
            actor=crew.actor("hangzhang"),
            complaint_id=done.complaint_id,
            outcome=RecheckOutcome.UPHELD,
            findings="维持",
            told_on=date(2026, 3, 2),
        )
    assert [item.name for item in caught.value.facts["items"]] == ["four_eyes"]
