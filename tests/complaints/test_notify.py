"""Telling an extension: a proof, only a granted one, once."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Complexity, NoticeMode
from xiaobao.kernel.errors import IllegalStep, InvalidInput, RuleBroken


def _tell(crew: make.Cast, pk: int, proof: str = "短信回执") -> None:
    services.complaint_notify(actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof=proof)


def _granted(crew: make.Cast) -> int:
    pk = make.handling(crew).complaint_id
    services.complaint_extend(
        actor=crew.actor("xiaochen"), complaint_id=pk, to=Complexity.COMPLEX, reason="复杂"
    )
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    return pk


def test_keeps_means_and_proof(crew: make.Cast) -> None:
    pk = _granted(crew)
    _tell(crew, pk)
    from xiaobao.duties.complaints.selectors import complaint_get

    (row,) = complaint_get(actor=crew.actor("xiaochen"), complaint_id=pk).extensions
    assert (row["told_mode"], row["told_proof"], row["told_at"]) == ("sms", "短信回执", make.START)


def test_without_a_proof_nothing_was_told(crew: make.Cast) -> None:
    with pytest.raises(InvalidInput):
        _tell(crew, _granted(crew), proof=" ")


def test_only_what_was_granted_and_only_once(crew: make.Cast) -> None:
    with pytest.raises(RuleBroken):
        _tell(crew, make.handling(crew).complaint_id)
    pk = _granted(crew)
    _tell(crew, pk)
    with pytest.raises(RuleBroken):
        _tell(crew, pk)


def test_not_after_the_case_is_closed(crew: make.Cast) -> None:
    with pytest.raises(IllegalStep):
        _tell(crew, make.closed(crew).complaint_id)
