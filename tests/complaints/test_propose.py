"""Proposing a decision: everything it rests on."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Codes
from xiaobao.kernel.errors import InvalidInput, RuleBroken


def test_a_proposal_lists_what_it_lacks(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_propose(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, ruling=make.ruling(legal_basis=" ")
        )
    names = [item.name for item in caught.value.facts["items"]]
    assert names == ["has_basis", "evidence_or_reason", "is_coded"]


def test_a_money_matter_needs_its_amount(crew: make.Cast) -> None:
    done = make.coded(crew, amount_fen=None, currency="")
    actor = crew.actor("xiaochen")
    services.complaint_code(actor=actor, complaint_id=done.complaint_id, codes=Codes("A1.1", "B3", "C7"))
    with pytest.raises(RuleBroken) as caught:
        services.complaint_propose(actor=actor, complaint_id=done.complaint_id, ruling=make.ruling())
    assert [item.name for item in caught.value.facts["items"]] == ["amount_if_money"]


def test_redress_is_never_negative(crew: make.Cast) -> None:
    done = make.coded(crew)
    with pytest.raises(InvalidInput):
        services.complaint_propose(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, ruling=make.ruling(redress_fen=-1)
        )
