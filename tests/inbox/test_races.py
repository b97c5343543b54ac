"""A tick beside people at work: a task somebody holds is left for the next tick (PostgreSQL)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.factories import inbox as make
from tests.factories import people
from tests.factories.at_once import at_once
from xiaobao.base.inbox import services
from xiaobao.base.inbox.models import Escalation, Task
from xiaobao.base.inbox.ticking import Fired, tick
from xiaobao.kernel import ports


@pytest.fixture(autouse=True)
def clock() -> Iterator[ports.Ports]:
    """A clock standing at the start."""
    with ports.use(ports.seeded(7, make.START)) as running:
        yield running


@pytest.mark.django_db(transaction=True)
def test_a_task_being_moved_is_passed_over_and_then_judged_by_its_new_time() -> None:
    if connection.vendor != "postgresql":
        # SQLite has one writer: there is nothing to pass over, the tick waits its turn.
        assert not connection.features.has_select_for_update_skip_locked
        return
    make.task(key="held")
    make.task(key="free")
    with transaction.atomic():
        services.task_move(actor=people.BUILDER, key="held", due_at=make.at(400))
        (fired,) = at_once(lambda: tick(make.at(20)))
    assert fired == Fired(3, 0, ("free",))
    assert tick(make.at(20)) == Fired()
    assert set(Escalation.objects.values_list("task__key", flat=True)) == {"free"}


@pytest.mark.django_db(transaction=True)
def test_two_openings_of_one_key_are_one_task() -> None:
    keys = at_once(*[lambda: make.task().pk] * 2)
    assert len(set(keys)) == 1
    assert Task.objects.count() == 1
