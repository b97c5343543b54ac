"""Merging a duplicate: never itself, the finished or the invisible."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound


def test_merge_refuses_itself_the_finished_and_the_invisible(crew: make.Cast) -> None:
    done, gone = make.received(crew), make.closed(crew)
    other = make.received(crew, org_code="33002")
    office, head = crew.actor("xiaomin"), crew.actor("laozhou")
    for actor, into, error in (
        (office, done.complaint_id, InvalidInput),
        (office, gone.complaint_id, IllegalStep),
        (head, other.complaint_id, NotFound),
    ):
        with pytest.raises(error):
            services.complaint_merge(actor=actor, complaint_id=done.complaint_id, into_id=into, reason="重复")
    assert make.seen(crew, done).stage is Stage.REGISTERED
