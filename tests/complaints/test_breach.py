"""Breaches, each on record once."""

from __future__ import annotations

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.ports import Ports


def test_the_breach_is_recorded_once(crew: make.Cast, clock: Ports) -> None:
    make.handling(crew)
    make.later(clock, days=15)
    assert services.clock_breach(actor=make.tick_actor()) == 0
    make.later(clock, days=1)
    assert [services.clock_breach(actor=make.tick_actor()) for _ in range(2)] == [1, 0]
