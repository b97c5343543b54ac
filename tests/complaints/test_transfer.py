"""Transferring: to whom, and no longer once it is handled."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.kernel.errors import IllegalStep


def test_transfer_names_the_body_it_went_to(crew: make.Cast) -> None:
    done = make.accepted(crew)
    services.complaint_transfer(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        target="示例保险公司",
        reason="属保险合同纠纷",
        notice="已电话告知转出",
    )
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert "示例保险公司" in timeline[0].say


def test_no_transfer_once_it_is_handled(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(IllegalStep):
        services.complaint_transfer(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, target="x", reason="x", notice="x"
        )
