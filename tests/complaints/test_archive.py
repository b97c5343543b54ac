"""Archiving: imported history alone."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import NotAllowed, RuleBroken


def test_archive_is_for_imported_history_alone(crew: make.Cast) -> None:
    plain, told = make.received(crew), make.received(crew, source_system="gov_zh", source_no="1")
    system = make.tick_actor()
    with pytest.raises(RuleBroken):
        services.complaint_archive(
            actor=system, complaint_id=plain.complaint_id, replied_at=make.START, reply="已答复"
        )
    with pytest.raises(NotAllowed):
        services.complaint_archive(
            actor=crew.actor("linjie"), complaint_id=told.complaint_id, replied_at=None, reply=""
        )
    done = services.complaint_archive(
        actor=system, complaint_id=told.complaint_id, replied_at=make.START, reply="已答复"
    )
    assert done.stage is Stage.ARCHIVED
    assert make.seen(crew, told).source_reply == "已答复"
