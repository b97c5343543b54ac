"""Granting an extension: who may, and not the asker."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import (
    Channel,
    Complexity,
)
from xiaobao.kernel.errors import RuleBroken


def _ask(crew: make.Cast, pk: int, to: Complexity = Complexity.COMPLEX) -> None:
    services.complaint_extend(actor=crew.actor("xiaochen"), complaint_id=pk, to=to, reason="需调阅档案")


def test_whoever_asks_does_not_grant(crew: make.Cast) -> None:
    pk = make.handling(crew).complaint_id
    services.complaint_extend(
        actor=crew.actor("laozhou"), complaint_id=pk, to=Complexity.COMPLEX, reason="需调阅档案"
    )
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert [item.name for item in caught.value.facts["items"]] == ["four_eyes"]


def test_a_pboc_case_is_extended_by_the_head_of_complaint_work(crew: make.Cast) -> None:
    done = make.handling(crew, channel=Channel.PBOC, referral=make.letter())
    _ask(crew, done.complaint_id)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=done.complaint_id)
    assert caught.value.rule == "CMP-023"
    services.complaint_grant(actor=crew.actor("linjie"), complaint_id=done.complaint_id)
