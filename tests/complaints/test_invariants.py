"""The ten invariants of the specification, each on complaints driven by chance through the services."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.lifecycle import TABLE
from xiaobao.duties.complaints.domain.values import (
    AssignOrder,
    Command,
    Complexity,
    NoticeMode,
    PauseKind,
    PauseOrder,
    Stage,
)
from xiaobao.duties.complaints.models import ClockEvent, Complaint, Event
from xiaobao.duties.complaints.selectors.figures import complaint_rows, complaints_received
from xiaobao.kernel import ports
from xiaobao.kernel.errors import XiaobaoError
from xiaobao.kernel.ports import Ports

Act = Callable[[make.Cast, int], Any]


def _pause() -> PauseOrder:
    return PauseOrder(PauseKind.MEDIATION, ports.today(), "双方调解申请", "双方申请调解")


ACTS: dict[str, Act] = {
    "accept": lambda c, pk: services.complaint_accept(actor=c.actor("xiaomin"), complaint_id=pk),
    "assign": lambda c, pk: services.complaint_assign(
        actor=c.actor("xiaomin"), complaint_id=pk, order=AssignOrder(reason="改派")
    ),
    "note": lambda c, pk: services.complaint_investigate(
        actor=c.actor("xiaochen"), complaint_id=pk, text="核实", none_because="口头核实"
    ),
    "code": lambda c, pk: services.complaint_code(
        actor=c.actor("xiaochen"), complaint_id=pk, codes=make.CODES
    ),
    "propose": lambda c, pk: services.complaint_propose(
        actor=c.actor("xiaochen"), complaint_id=pk, ruling=make.ruling()
    ),
    "approve": lambda c, pk: services.complaint_approve(actor=c.actor("linjie"), complaint_id=pk),
    "return": lambda c, pk: services.complaint_return(
        actor=c.actor("linjie"), complaint_id=pk, opinion="补充"
    ),
    "reply": lambda c, pk: services.complaint_reply(
        actor=c.actor("xiaochen"), complaint_id=pk, answer=make.answer()
    ),
    "deliver": lambda c, pk: services.complaint_deliver(
        actor=c.actor("xiaochen"), complaint_id=pk, told_on=ports.today(), proof="回执"
    ),
    "close": lambda c, pk: services.complaint_close(actor=c.actor("xiaochen"), complaint_id=pk, cause="披露"),
    "extend": lambda c, pk: services.complaint_extend(
        actor=c.actor("xiaochen"), complaint_id=pk, to=Complexity.COMPLEX, reason="复杂"
    ),
    "grant": lambda c, pk: services.complaint_grant(actor=c.actor("linjie"), complaint_id=pk),
    "notify": lambda c, pk: services.complaint_notify(
        actor=c.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.SMS, proof="回执"
    ),
    "suspend": lambda c, pk: services.complaint_suspend(
        actor=c.actor("xiaochen"), complaint_id=pk, order=_pause()
    ),
    "resume": lambda c, pk: services.complaint_resume(
        actor=c.actor("xiaochen"), complaint_id=pk, on=ports.today()
    ),
    "restart": lambda c, pk: services.complaint_restart(
        actor=c.actor("xiaochen"), complaint_id=pk, new_facts="新材料", received_on=ports.today()
    ),
    "reopen": lambda c, pk: services.complaint_reopen(
        actor=c.actor("xiaomin"), complaint_id=pk, new_facts="新材料", received_on=ports.today()
    ),
    "withdraw": lambda c, pk: services.complaint_withdraw(
        actor=c.actor("xiaochen"), complaint_id=pk, requested_on=ports.today(), document="撤回申请书"
    ),
}
ROAD = ["accept", "assign", "note", "code", "propose", "approve", "reply", "deliver", "close"]


@pytest.fixture
def driven(crew: make.Cast, clock: Ports) -> make.Cast:
    """Forty complaints, each pushed along the road with detours, refusals and days in between."""
    rng = random.Random(20261123)
    for number in range(40):
        clock.clock.set(make.START + timedelta(days=number % 5))  # type: ignore[attr-defined]
        pk = make.received(crew).complaint_id
        for step in ROAD[: rng.randint(1, len(ROAD))]:
            for act in (step, *rng.sample(sorted(ACTS), k=2)):
                if act != "withdraw" or rng.random() < 0.1:
                    _try(crew, ACTS[act], pk)
            if rng.random() < 0.3:
                make.later(clock, days=rng.randint(1, 9))
    clock.clock.set(make.START + timedelta(days=90))  # type: ignore[attr-defined]
    services.clock_breach(actor=make.tick_actor())
    return crew


def _try(crew: make.Cast, act: Act, pk: int) -> None:
    try:
        act(crew, pk)
    except XiaobaoError:
        return


def test_the_invariants_hold_after_forty_random_lives(driven: make.Cast) -> None:
    rows = list(Complaint.objects.order_by("pk"))
    assert len({row.stage for row in rows}) >= 5
    for row in rows:
        _one_statutory_clock(row)
        _only_transitions(row)
        _closed_is_complete(row)
        _received_never_changed(row)
        assert row.handler_id is None or row.handler_id != row.counterpart_id  # 9
    assert services.clock_rederive(actor=make.tick_actor()) == ()  # 2


def _one_statutory_clock(row: Complaint) -> None:
    """(1) Every obligation starts once: one start, and one more for each reopening."""
    starts = ClockEvent.objects.filter(complaint=row, kind="start").count()
    assert starts == 1 + Event.objects.filter(complaint=row, command="reopen").count()


def _only_transitions(row: Complaint) -> None:
    """(3) The timeline is a path of the table and ends where the row stands; (4) one entry each."""
    stage = Stage.DRAFT
    events = list(Event.objects.filter(complaint=row).order_by("id"))
    for event in events:
        assert event.stage_from == stage
        stage = TABLE[Stage(event.stage_from), Command(event.command)]
        assert event.stage_to == stage
    assert row.stage == stage
    assert row.version == len(events)
    tags = AuditEntry.objects.filter(tag__startswith="complaints:complaint:", object_id=str(row.pk))
    assert tags.count() == len(events)


def _closed_is_complete(row: Complaint) -> None:
    """(5) closed => codes, reply, delivery proof; (6) a reply of its own."""
    if row.stage != Stage.CLOSED:
        return
    assert row.channel_code
    assert row.business_code
    assert row.reason_code
    reply = row.replies.order_by("-id").first()
    assert reply is not None
    assert reply.proof
    assert row.told_on == reply.told_on


def _received_never_changed(row: Complaint) -> None:
    """(8) Without a correcting event the receipt is what it was when it came in."""
    first = Event.objects.filter(complaint=row, command="receive").get()
    assert first.at == row.received_at


def test_facet_counts_add_up_to_the_frozen_set(driven: make.Cast) -> None:
    members = complaints_received(2026, "")  # 7
    rows = Complaint.objects.filter(pk__in=members.ids).values_list("business_code", flat=True)
    by_code: dict[str, int] = {}
    for code in rows:
        by_code[code] = by_code.get(code, 0) + 1
    assert sum(by_code.values()) == members.value == 40


def test_members_the_viewer_may_not_see_are_counted_but_not_shown(driven: make.Cast) -> None:
    make.received(driven, org_code="33002")
    members = complaints_received(2026, "")  # 10
    shown = complaint_rows(members.ids, driven.actor("laozhou"))
    assert (members.value, len(shown)) == (41, 40)
    assert complaint_rows(members.ids, driven.actor("admin")) == []


def test_a_forged_date_is_found_every_night(driven: make.Cast) -> None:
    row = Complaint.objects.filter(is_open=True, is_paused=False).first()
    assert row is not None
    Complaint.objects.filter(pk=row.pk).update(due_on=row.due_on - timedelta(1))
    (found,) = services.clock_rederive(actor=make.tick_actor())
    assert (found.no, found.column, found.derived) == (row.no, "due_on", row.due_on.isoformat())
    view = selectors.complaint_clock(actor=driven.actor("linjie"), complaint_id=row.pk)
    assert view.agrees is False
