"""The whole tick on a working bank: what it did once it does not do again, on the same day or after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps

from tests.factories import complaints as make
from xiaobao.base.inbox.models import Reminder, Task
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import PauseKind, PauseOrder
from xiaobao.duties.complaints.models import ClockEvent, Complaint
from xiaobao.kernel import ports
from xiaobao.site import schedule

# The journal's numbering goes on by itself: the second tick numbers what the first one's verification wrote.
GOES_ON = frozenset({"AuditLeaf"})


@pytest.fixture
def running() -> Iterator[ports.Ports]:
    with make.at() as found:
        yield found


@pytest.fixture
def crew(db: None, running: ports.Ports, django_capture_on_commit_callbacks: Any) -> make.Cast:
    """A bank with a complaint in hand, one paused, one closed, one past its day and one by a regulator's date."""
    found = make.cast()
    with django_capture_on_commit_callbacks(execute=True):
        make.handling(found)
        paused = make.handling(found).complaint_id
        order = PauseOrder(PauseKind.MEDIATION, make.START.date(), "双方调解申请", "双方申请调解")
        services.complaint_suspend(actor=found.actor("xiaochen"), complaint_id=paused, order=order)
        make.closed(found)
        make.handling(found, referral=make.letter(given_due_on=make.on("2026-03-06")))
    make.later(running, days=16)
    return found


def _everything() -> dict[str, list[Any]]:
    rooms = ("complaints", "inbox", "events", "audit", "evidence", "search", "impact")
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for room in rooms
        for model in apps.get_app_config(room).get_models()
        if model.__name__ not in GOES_ON
    }


def _tick() -> dict[str, Any]:
    report = schedule.run_all(ports.now())
    assert {name: result["error"] for name, result in report.items() if "error" in result} == {}
    return report


def test_a_second_tick_at_the_same_moment_changes_nothing(crew: make.Cast) -> None:
    before = _everything()
    _tick()
    once = _everything()
    assert once != before
    _tick()
    assert _everything() == once


def test_the_tick_records_each_breach_once_and_leaves_the_pause_alone(crew: make.Cast) -> None:
    for _ in range(3):
        _tick()
    late = Complaint.objects.filter(was_late=True)
    assert set(late) == set(Complaint.objects.filter(is_open=True, is_paused=False))
    assert ClockEvent.objects.filter(kind="breach").count() == late.count() == 2


def test_every_open_case_is_a_task_and_every_reminder_is_sent_once(
    crew: make.Cast, running: ports.Ports
) -> None:
    for _ in range(3):
        _tick()
        make.later(running, hours=1)
    sent = list(Reminder.objects.values_list("escalation__task__key", "escalation__step", "user_id"))
    assert len(sent) == len(set(sent)) > 0
    working = {
        f"complaints:{pk}" for pk in Complaint.objects.filter(is_open=True).values_list("pk", flat=True)
    }
    opened = set(Task.objects.filter(state="open").values_list("key", flat=True))
    assert {key.rpartition(":")[2] for key in opened} >= {key.rpartition(":")[2] for key in working}


def test_one_work_that_breaks_in_the_middle_is_made_good_by_the_next_tick(
    crew: make.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **facts: Any) -> Any:
        raise RuntimeError("no more disk")

    with monkeypatch.context() as patched:
        patched.setattr("xiaobao.base.audit.services.record", broken)
        report = schedule.run_all(ports.now())
    assert "error" in report["complaints.breach"]
    assert not ClockEvent.objects.filter(kind="breach").exists()
    _tick()
    assert ClockEvent.objects.filter(kind="breach").count() == 2
