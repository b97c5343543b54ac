"""The outbox: once for each handler, again after a failure, never at the command's cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from tests.audit.journal import START, person
from tests.factories.at_once import at_once
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.audit.services import record
from xiaobao.base.events import delivery, registry, tasks
from xiaobao.base.events.models import Delivery, Event, State
from xiaobao.base.events.selectors import failed_deliveries, open_count
from xiaobao.base.events.services import connect, delivery_retry, publish
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

heard: list[tuple[str, str, Any]] = []
broken: set[str] = set()


def first(payload: Mapping[str, Any], key: str) -> None:
    """Writes into the database, so that its effects can be counted, then fails if told to."""
    record(actor=system_actor("first"), tag="events:test:first", object_id=key, org_path="")
    heard.append(("first", key, payload))
    if "first" in broken:
        raise RuntimeError("电话13800001234打不通")


def second(payload: Mapping[str, Any], key: str) -> None:
    """Only listens."""
    heard.append(("second", key, payload))


@pytest.fixture(autouse=True)
def wired() -> Iterator[ports.SettableClock]:
    before = dict(registry._handlers)
    heard.clear()
    broken.clear()
    connect({"complaints.Received": (first, second)})
    with ports.use(ports.seeded(7, START)) as run:
        assert isinstance(run.clock, ports.SettableClock)
        yield run.clock
    connect(before)


def say(key: str = "TS1") -> None:
    with transaction.atomic():
        publish(name="complaints.Received", key=key, payload={"due": "2026-01-25"})


def names() -> list[str]:
    return [name for name, _, _ in heard]


def effects() -> int:
    return AuditEntry.objects.filter(tag="events:test:first").count()


def test_each_handler_is_woken_once_after_the_commit(transactional_db: None) -> None:
    with transaction.atomic():
        say()
        assert heard == []
    assert heard == [("first", "TS1", {"due": "2026-01-25"}), ("second", "TS1", {"due": "2026-01-25"})]
    assert tasks.deliver_waiting(ports.now()) == {"delivered": 0, "not_delivered": 0}
    assert (effects(), open_count()) == (1, 0)


def test_an_event_of_a_command_that_failed_is_not_delivered(transactional_db: None) -> None:
    def command() -> None:
        with transaction.atomic():
            say()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        command()
    assert (heard, Event.objects.count()) == ([], 0)


def test_an_event_nobody_waits_for_is_not_kept(db: None) -> None:
    publish(name="complaints.Unheard", key="TS1", payload={})
    assert Event.objects.count() == 0


def test_one_failing_handler_neither_stops_nor_repeats_the_other(
    transactional_db: None, wired: ports.SettableClock
) -> None:
    broken.add("first")
    say()
    assert (names(), effects()) == (["first", "second"], 0)
    failed = Delivery.objects.get(state=State.FAILED)
    assert (failed.attempts, failed.error) == (1, "RuntimeError: 电话138****1234打不通")
    broken.clear()
    assert tasks.deliver_waiting(ports.now()) == {"delivered": 0, "not_delivered": 0}, "not before its time"
    wired.advance(minutes=1)
    assert tasks.deliver_waiting(ports.now()) == {"delivered": 1, "not_delivered": 0}
    assert (names(), effects()) == (["first", "second", "first"], 1)


def test_pauses_double_up_to_six_hours() -> None:
    minutes = [delivery.pause_after(n) // timedelta(minutes=1) for n in (1, 2, 3, 9, 10, 10_000)]
    assert minutes == [1, 2, 4, 256, 360, 360]


def test_a_process_that_died_after_the_commit_is_made_up_for_by_tick(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiaobao.base.events.services.deliver_event", lambda _: None)
    say()
    assert heard == []
    assert tasks.deliver_waiting(ports.now()) == {"delivered": 2, "not_delivered": 0}


def test_two_deliverers_at_once_wake_a_handler_once(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xiaobao.base.events.services.deliver_event", lambda _: None)
    for number in range(20):
        say(f"TS{number}")
    at_once(*[lambda: tasks.deliver_waiting(START)] * 2)
    tasks.deliver_waiting(START)
    assert (effects(), open_count()) == (20, 0)


def test_a_handler_that_is_not_wired_any_more_is_shown_and_not_lost(transactional_db: None) -> None:
    broken.add("first")
    say()
    connect({"complaints.Received": (second,)})
    waiting = failed_deliveries(person(Role.SYSTEM_ADMIN))
    assert delivery_retry(actor=person(Role.SYSTEM_ADMIN), delivery_id=waiting[0].pk) is False
    assert "not wired" in failed_deliveries(person(Role.SYSTEM_ADMIN))[0].error


def test_a_retry_on_request_is_the_system_posts_and_is_recorded(transactional_db: None) -> None:
    broken.add("first")
    say()
    broken.clear()
    pk = Delivery.objects.get(state=State.FAILED).pk
    for role in set(Role) - {Role.SYSTEM_ADMIN, Role.SYSTEM}:
        with pytest.raises(NotAllowed):
            delivery_retry(actor=person(role), delivery_id=pk)
    with pytest.raises(NotFound):
        delivery_retry(actor=person(Role.SYSTEM_ADMIN), delivery_id=pk + 1000)
    assert delivery_retry(actor=person(Role.SYSTEM_ADMIN), delivery_id=pk) is True
    assert AuditEntry.objects.filter(tag="events:delivery:retry").count() == 1


def test_old_delivered_events_are_pruned_and_owed_ones_kept(
    transactional_db: None, wired: ports.SettableClock
) -> None:
    say("TS1")
    broken.add("first")
    say("TS2")
    wired.advance(days=91)
    assert tasks.prune(ports.now()) == {"pruned": 1}
    assert [event.key for event in Event.objects.all()] == ["TS2"]
