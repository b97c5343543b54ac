"""Deciding a recheck."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import How, RecheckOutcome
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.ports import Ports


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


@pytest.mark.parametrize(("paper", "goes"), [("", False), ("短信回执", True)])
def test_told_on_an_earlier_day_needs_its_proof(
    crew: make.Cast, clock: Ports, paper: str, goes: bool
) -> None:
    done = make.closed(crew)
    services.complaint_recheck(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        applied_on=date(2026, 3, 2),
        request="不服",
    )
    make.later(clock, days=40)
    facts = {"outcome": RecheckOutcome.UPHELD, "findings": "维持", "told_on": date(2026, 3, 30)}
    actor, how = crew.actor("linjie"), How(paper=paper)
    if goes:
        services.complaint_conclude(actor=actor, complaint_id=done.complaint_id, how=how, **facts)
        assert make.seen(crew, done).rechecks[0]["told_on"] == date(2026, 3, 30)
        return
    with pytest.raises(InvalidInput) as caught:
        services.complaint_conclude(actor=actor, complaint_id=done.complaint_id, how=how, **facts)
    assert (caught.value.code, caught.value.field) == ("complaint.at.unproved", "told_on")


@pytest.mark.parametrize(("who", "goes"), [("laozhou", False), ("branch_head", True), ("linjie", True)])
def test_only_a_unit_above_the_one_that_decided_rechecks(crew: make.Cast, who: str, goes: bool) -> None:
    done = make.closed(crew)
    day = date(2026, 3, 2)
    pk = done.complaint_id
    services.complaint_recheck(actor=crew.actor("xiaomin"), complaint_id=pk, applied_on=day, request="不服")
    facts = {"outcome": RecheckOutcome.CHANGED, "findings": "变更", "told_on": day}
    if goes:
        services.complaint_conclude(actor=crew.actor(who), complaint_id=pk, **facts)
        return
    with pytest.raises(RuleBroken) as caught:
        services.complaint_conclude(actor=crew.actor(who), complaint_id=pk, **facts)
    assert caught.value.rule == "CMP-013"
    assert make.seen(crew, done).rechecks[0]["outcome"] == ""
