"""Restarting on new facts."""

from __future__ import annotations

from datetime import date

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.ports import Ports


def test_new_facts_start_the_count_anew(crew: make.Cast, clock: Ports) -> None:
    pk = make.handling(crew).complaint_id
    make.later(clock, days=9)
    done = services.complaint_restart(
        actor=crew.actor("xiaochen"), complaint_id=pk, new_facts="补交录音", received_on=date(2026, 3, 10)
    )
    assert done.due_on == date(2026, 3, 25)
