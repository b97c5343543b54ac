"""From events to tasks, after the commit: the task follows the complaint to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.factories import complaints as make
from xiaobao.base.inbox.models import Task
from xiaobao.base.people.services import org_move
from xiaobao.duties.complaints import services, tasks
from xiaobao.duties.complaints.domain.values import (
    AssignOrder,
    Complexity,
    MajorCause,
    MajorFinding,
    NoticeMode,
)
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.ports import Ports
from xiaobao.site import reminders, unit_moves

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bank() -> Iterator[tuple[make.Cast, Ports]]:
    """The cast on a clock that stands still, with real commits."""
    with make.at() as running:
        yield make.cast(), running


def _task(pk: int, about: str = "") -> Task | None:
    return Task.objects.filter(key=f"complaint:{pk}:{about}" if about else f"complaint:{pk}").first()


def test_a_registered_complaint_is_somebodys_task(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    done = make.received(crew)
    task = _task(done.complaint_id)
    assert task is not None
    assert (task.role, task.due_at) == ("officer", datetime(2026, 3, 17, 16, 0, tzinfo=UTC))
    assert task.title.startswith(done.no)


def test_it_follows_handler_and_approver_and_ends_with_the_case(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    done = make.pending(crew)
    task = _task(done.complaint_id)
    assert task is not None
    assert task.role == "unit_head"
    for event in ("complaints.Received", "complaints.Assigned"):
        reminders.complaint_moved({"complaint_id": done.complaint_id}, event)
    again = _task(done.complaint_id)
    assert again is not None
    assert (again.role, again.state) == ("unit_head", "open")
    other = make.closed(crew)
    ended = _task(other.complaint_id)
    assert ended is not None
    assert ended.state == "closed"


def test_an_extension_asks_the_head_then_reminds_to_tell(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    pk = make.handling(crew).complaint_id
    actor = crew.actor("xiaochen")
    services.complaint_extend(actor=actor, complaint_id=pk, to=Complexity.COMPLEX, reason="复杂")
    asked = _task(pk, "extension")
    assert asked is not None
    assert asked.state == "open"
    services.complaint_grant(actor=crew.actor("laozhou"), complaint_id=pk)
    assert [_task(pk, about).state for about in ("extension", "notify")] == ["closed", "open"]  # type: ignore[union-attr]
    services.complaint_notify(actor=actor, complaint_id=pk, mode=NoticeMode.SMS, proof="回执")
    told = _task(pk, "notify")
    assert told is not None
    assert told.state == "closed"


def test_the_second_hand_over_calls_the_leader(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    pk = make.handling(crew).complaint_id
    for username in ("fenjingban", "xiaochen"):
        services.complaint_assign(
            actor=crew.actor("xiaomin"), complaint_id=pk, order=AssignOrder("", username, (), "改派")
        )
    task = _task(pk, "hand-over")
    assert task is not None
    assert task.role == "leader"


def test_a_moved_unit_takes_its_complaints_along(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    done = make.handling(crew)
    moved = org_move(actor=make.tick_actor(), path=crew.outlet.path, to=crew.head.path)
    row = Complaint.objects.get(pk=done.complaint_id)
    assert (row.org_path, row.handling_path) == (moved.path, moved.path)
    unit_moves.complaints_follow({"from": crew.outlet.path, "to": moved.path}, "again")
    assert Complaint.objects.get(pk=done.complaint_id).org_path == moved.path


def test_the_night_work_runs_once_a_day_and_breaches_once(bank: tuple[make.Cast, Ports]) -> None:
    from django.core.cache import cache

    crew, clock = bank
    cache.clear()
    make.handling(crew)
    make.later(clock, days=16)
    now = clock.clock.now()
    assert [tasks.record_breaches(now)["breaches"] for _ in range(2)] == [1, 0]
    assert [tasks.rederive_nightly(now)["checked"] for _ in range(2)] == [True, False]


def test_a_major_complaint_is_the_leaders_task_until_it_ends(bank: tuple[make.Cast, Ports]) -> None:
    crew, _ = bank
    done = make.handling(crew)
    finding = MajorFinding(MajorCause.ACCIDENT, "成立处置小组")
    services.complaint_major(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, finding=finding)
    task = _task(done.complaint_id, "major")
    assert task is not None
    assert (task.role, task.closed_at) == ("leader", None)
    services.complaint_withdraw(
        actor=crew.actor("xiaochen"),
        complaint_id=done.complaint_id,
        requested_on=make.START.date(),
        document="撤回申请书",
    )
    closed = _task(done.complaint_id, "major")
    assert closed is not None
    assert closed.closed_at is not None
