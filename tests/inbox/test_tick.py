"""The ladder: who is told when; each step once, whatever is run twice or crashes (scenario 15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.factories import inbox as make
from tests.factories import people
from tests.factories.at_once import at_once
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.inbox import services, ticking
from xiaobao.base.inbox.models import Escalation, Reminder, Task
from xiaobao.base.inbox.ticking import Fired, tick
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role


@pytest.fixture(autouse=True)
def clock() -> Iterator[ports.Ports]:
    """A clock standing at the start."""
    with ports.use(ports.seeded(7, make.START)) as running:
        yield running


@pytest.fixture
def cast(db: None) -> dict[str, Any]:
    """A bank with 小陈 at the outlet, 老周 heading the branch, 晓敏 leading the office."""
    bank = people.bank()
    return {
        "bank": bank,
        "chen": people.user("chen", bank.outlet, Role.HANDLER).pk,
        "zhou": people.user("zhou", bank.branch, Role.UNIT_HEAD).pk,
        "xiaomin": people.user("xiaomin", bank.office, Role.LEADER).pk,
        "sun": people.user("sun", bank.sibling, Role.UNIT_HEAD, Role.LEADER).pk,
    }


def told() -> dict[int, set[int]]:
    """Step -> user ids."""
    found: dict[int, set[int]] = {}
    for step, user in Reminder.objects.values_list("escalation__step", "user_id"):
        found.setdefault(step, set()).add(user)
    return found


def outlet_task(cast: dict[str, Any], **facts: Any) -> Task:
    """小陈's task of twenty days."""
    return make.task(**{"org_path": cast["bank"].outlet.path, "assignee_id": cast["chen"], **facts})


def test_nothing_before_three_quarters(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    assert tick(make.at(15) - timedelta(seconds=1)) == Fired()


def test_each_step_tells_more_people(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    assert tick(make.at(15)) == Fired(1, 1)
    assert tick(make.at(18)) == Fired(1, 2)
    assert tick(make.at(20)) == Fired(1, 3)
    assert tick(make.at(99)) == Fired()
    chen, zhou, xiaomin = cast["chen"], cast["zhou"], cast["xiaomin"]
    assert told() == {75: {chen}, 90: {chen, zhou}, 100: {chen, zhou, xiaomin}}
    assert AuditEntry.objects.filter(tag="inbox:task:escalate").count() == 3


def test_a_tick_after_a_long_silence_fires_every_step(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    assert tick(make.at(25)) == Fired(3, 6)
    assert "已逾期 5 天" in Reminder.objects.filter(escalation__step=100).values_list("text", flat=True)[0]


def test_closed_tasks_are_silent(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    services.task_close(actor=people.BUILDER, key=make.KEY)
    assert tick(make.at(25)) == Fired()


def test_a_new_due_time_has_a_ladder_of_its_own(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    tick(make.at(18))
    services.task_move(actor=people.BUILDER, key=make.KEY, due_at=make.at(40))
    assert tick(make.at(29)) == Fired()
    assert tick(make.at(30)) == Fired(1, 1)
    services.task_move(actor=people.BUILDER, key=make.KEY, due_at=make.DUE)
    assert tick(make.at(31)) == Fired(1, 3)
    assert Counter(Escalation.objects.values_list("step", flat=True)) == {75: 2, 90: 1, 100: 1}


def test_opening_again_does_not_repeat_a_step(cast: dict[str, Any]) -> None:
    outlet_task(cast)
    tick(make.at(15))
    outlet_task(cast, title="改了标题")
    assert tick(make.at(16)) == Fired()


def test_a_role_is_told_while_nobody_is_named(cast: dict[str, Any]) -> None:
    second = people.user("li", cast["bank"].outlet, Role.HANDLER).pk
    outlet_task(cast, assignee_id=None, role="handler")
    tick(make.at(15))
    assert told() == {75: {cast["chen"], second}}


def test_whoever_left_is_replaced(cast: dict[str, Any]) -> None:
    from xiaobao.base.people.models import User

    outlet_task(cast)
    User.objects.filter(pk=cast["chen"]).update(is_active=False)
    tick(make.at(15))
    assert told() == {75: {cast["zhou"]}}


def test_where_nobody_is_in_charge_the_leader_hears(cast: dict[str, Any]) -> None:
    make.task(org_path=cast["bank"].head.path)
    assert tick(make.at(15)) == Fired(1, 1)
    assert told() == {75: {cast["xiaomin"]}}


def test_a_task_without_anybody_is_named_in_the_answer(db: None) -> None:
    make.task(org_path="0009.")
    assert tick(make.at(20)) == Fired(3, 0, (make.KEY,))


def crash_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The journal fails at its `number`-th entry of a tick: after the step and its reminders were written."""
    real, calls = ticking.record, Counter[str]()

    def broken(**facts: Any) -> Any:
        calls["record"] += 1
        if calls["record"] == number:
            raise RuntimeError("killed")
        return real(**facts)

    monkeypatch.setattr(ticking, "record", broken)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_killed_in_mid_step_then_run_again(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    for i in range(3):
        outlet_task(cast, key=f"k{i}")
    with monkeypatch.context() as patch:
        crash_at(patch, number)
        with pytest.raises(RuntimeError):
            tick(make.at(20))
    assert Escalation.objects.count() == number - 1
    tick(make.at(20))
    tick(make.at(20))
    assert Escalation.objects.count() == 9
    assert Reminder.objects.count() == 3 * (1 + 2 + 3)


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_the_same_time_fire_each_step_once(cast: dict[str, Any]) -> None:
    for i in range(20):
        outlet_task(cast, key=f"k{i}")
    done = at_once(*[lambda: tick(make.at(20))] * 3)
    tick(make.at(20))
    assert sum(fired.steps for fired in done) == Escalation.objects.count() == 60
    assert Reminder.objects.count() == 20 * 6


@pytest.mark.django_db
def test_a_step_written_by_another_process_is_not_an_error(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = outlet_task(cast)
    Escalation.objects.create(task=task, due_at=task.due_at, step=75, fired_at=make.at(15))
    real = Escalation.objects.filter
    # The look comes too early to see the row; the insert meets it.
    monkeypatch.setattr(
        Escalation.objects, "filter", lambda **facts: real(pk=0) if "due_at" in facts else real(**facts)
    )
    assert tick(make.at(15)) == Fired()
    monkeypatch.undo()
    assert tick(make.at(15)) == Fired()
    assert Escalation.objects.count() == 1


@pytest.mark.django_db
def test_a_quiet_tick_is_one_statement(cast: dict[str, Any], django_assert_num_queries: Any) -> None:
    for i in range(30):
        outlet_task(cast, key=f"k{i}")
    with django_assert_num_queries(1, connection=connection):
        tick(make.at(1))
