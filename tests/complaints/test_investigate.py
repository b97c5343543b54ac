"""Investigating: evidence of its own, or the reason for none."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.errors import InvalidInput, RuleBroken


def test_a_note_without_file_or_reason_is_refused(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_investigate(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, text="看了合同"
        )
    assert caught.value.facts["items"][0].name == "evidence_or_reason"


def test_a_file_of_another_case_is_no_evidence(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(InvalidInput) as caught:
        services.complaint_investigate(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, text="看了合同", evidence=[987]
        )
    assert caught.value.field == "evidence"


def test_its_own_file_is_kept_with_its_digest(crew: make.Cast) -> None:
    from xiaobao.base.evidence.services import evidence_store

    done = make.handling(crew)
    actor = crew.actor("xiaochen")
    file = evidence_store(
        actor=actor,
        org_path=crew.outlet.path,
        owner=services.owner_of(done.no),
        kind="合同",
        name="合同.txt",
        content="第七条 违约金".encode(),
    )
    services.complaint_investigate(
        actor=actor, complaint_id=done.complaint_id, text="调阅合同", evidence=[file.pk]
    )
    (note,) = make.seen(crew, done).notes
    assert note["evidence"][0]["sha256"] == file.sha256
