"""Sending a decision back."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Stage
from xiaobao.kernel.errors import RuleBroken


def test_sent_back_it_is_handled_again(crew: make.Cast) -> None:
    done = make.pending(crew)
    head = crew.actor("laozhou")
    with pytest.raises(RuleBroken):
        services.complaint_return(actor=head, complaint_id=done.complaint_id, opinion="")
    back = services.complaint_return(actor=head, complaint_id=done.complaint_id, opinion="补充录音")
    assert back.stage is Stage.HANDLING
    again = services.complaint_propose(
        actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, ruling=make.ruling()
    )
    assert again.stage is Stage.PENDING
