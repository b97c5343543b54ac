"""The bank shows every state of work, whatever the hour and the day it is built on."""

from __future__ import annotations

from datetime import datetime

import pytest

from xiaobao.demo.build import Plan, build
from xiaobao.demo.progress import Progress
from xiaobao.duties.complaints.models import Complaint, Extension
from xiaobao.kernel import ports

HOURS = {
    "early on a working day": datetime(2026, 11, 24, 7, 55, tzinfo=ports.SHANGHAI),
    "just after midnight of a Monday": datetime(2026, 11, 23, 0, 5, tzinfo=ports.SHANGHAI),
    "late on a Sunday": datetime(2026, 11, 22, 23, 50, tzinfo=ports.SHANGHAI),
    "in the week of the National Day": datetime(2026, 10, 6, 12, 0, tzinfo=ports.SHANGHAI),
}


@pytest.mark.django_db
@pytest.mark.parametrize("present", HOURS.values(), ids=HOURS)
def test_every_state_is_there_at_every_hour(present: datetime) -> None:
    with ports.use(ports.seeded(7, present)):
        build(Plan(scale=0.0005), Progress(alive=False))
    now_open = Complaint.objects.filter(is_open=True)
    stages = set(now_open.values_list("stage", flat=True))
    assert stages == {"registered", "accepted", "handling", "pending", "replied", "recheck"}
    assert now_open.filter(is_paused=True).count() == 1
    assert {"asked", "granted"} <= set(Extension.objects.values_list("state", flat=True))
    assert not Complaint.objects.filter(received_at__gte=present).exists()
