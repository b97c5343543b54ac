"""Declining: a reason and a notice."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import RuleBroken


def test_decline_needs_a_reason_and_a_notice(crew: make.Cast) -> None:
    done = make.received(crew)
    actor = crew.actor("xiaomin")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_decline(actor=actor, complaint_id=done.complaint_id, reason="", notice="")
    assert [item.name for item in caught.value.facts["items"]] == ["has_reason", "notice_prepared"]
    left = services.complaint_decline(
        actor=actor, complaint_id=done.complaint_id, reason="投诉人非本人且无授权", notice="短信已发"
    )
    assert left.stage is Stage.DECLINED
    assert make.seen(crew, done).is_open is False
