"""Proof of delivery, in time or late."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.ports import Ports


def test_delivery_needs_a_proof_and_a_possible_day(crew: make.Cast) -> None:
    done = make.replied(crew)
    actor, pk = crew.actor("xiaochen"), done.complaint_id
    with pytest.raises(RuleBroken) as caught:
        services.complaint_deliver(actor=actor, complaint_id=pk, told_on=date(2026, 3, 2))
    assert caught.value.rule == "CMP-014"
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(InvalidInput):
            services.complaint_deliver(actor=actor, complaint_id=pk, told_on=day, proof="回执")


def test_told_on_the_last_day_is_in_time_and_a_day_later_is_not(crew: make.Cast, clock: Ports) -> None:
    first, second = make.approved(crew), make.approved(crew)
    for done, wait, late in ((first, 15, False), (second, 1, True)):
        make.later(clock, days=wait)
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
        services.complaint_deliver(
            actor=crew.actor("xiaochen"),
            complaint_id=done.complaint_id,
            told_on=make.ports.today(),
            proof="回执",
        )
        assert make.seen(crew, done).was_late is late
