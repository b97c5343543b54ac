"""Tasks: opened once a key, moved, handed on, closed; each change leaves one trace."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories import inbox as make
from tests.factories import people
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.inbox import services
from xiaobao.base.inbox.models import Task
from xiaobao.base.inbox.selectors import task_get
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[ports.Ports]:
    """A clock standing at the start."""
    with ports.use(ports.seeded(7, make.START)) as running:
        yield running


def traces(verb: str) -> int:
    """Entries of this verb."""
    return AuditEntry.objects.filter(tag=f"inbox:task:{verb}").count()


def test_the_same_key_is_the_same_task_and_one_trace() -> None:
    assert make.task().pk == make.task().pk
    assert (Task.objects.count(), traces("open")) == (1, 1)


def test_opening_again_brings_it_up_to_date() -> None:
    make.task(role="handler")
    again = make.task(title="新标题", due_at=make.at(30), org_path="0001.0001.")
    again.refresh_from_db()
    assert (again.title, again.due_at, again.org_path, again.role) == (
        "新标题",
        make.at(30),
        "0001.0001.",
        "handler",
    )
    assert again.opened_at == make.START
    assert again.next_at == make.at(22.5)
    assert traces("open") == 2


def test_opened_at_is_now_unless_given(clock: ports.Ports) -> None:
    assert make.task(opened_at=None).opened_at == make.START


def test_a_long_title_is_cut() -> None:
    assert len(make.task(title="长" * 100_000).title) == 200


def test_closed_once_and_opened_anew() -> None:
    make.task()
    assert services.task_close(actor=people.BUILDER, key=make.KEY)
    assert not services.task_close(actor=people.BUILDER, key=make.KEY)
    assert not services.task_close(actor=people.BUILDER, key="never opened")
    assert traces("close") == 1
    assert make.task().closed_at is None


def test_moved() -> None:
    make.task()
    assert services.task_move(actor=people.BUILDER, key=make.KEY, due_at=make.at(40)).next_at == make.at(30)
    services.task_move(actor=people.BUILDER, key=make.KEY, due_at=make.at(40))
    assert traces("move") == 1


def test_handed_on_and_back_to_the_role() -> None:
    bank = people.bank()
    chen = people.user("chen", bank.outlet, Role.HANDLER)
    make.task(role="handler")
    services.task_reassign(actor=people.BUILDER, key=make.KEY, assignee_id=chen.pk, org_path=bank.outlet.path)
    kept = Task.objects.get()
    assert (kept.assignee_id, kept.org_path, kept.role) == (chen.pk, bank.outlet.path, "handler")
    services.task_reassign(actor=people.BUILDER, key=make.KEY, assignee_id=None)
    services.task_reassign(actor=people.BUILDER, key=make.KEY, assignee_id=None)
    assert Task.objects.get().assignee_id is None
    assert traces("reassign") == 2


@pytest.mark.parametrize("command", [services.task_move, services.task_reassign])
def test_a_task_nobody_opened_is_not_found(command: object) -> None:
    given = {"due_at": make.DUE} if command is services.task_move else {"assignee_id": None}
    with pytest.raises(NotFound):
        command(actor=people.BUILDER, key="none", **given)  # type: ignore[operator]


def test_a_sibling_does_not_find_it() -> None:
    bank = people.bank()
    make.task(org_path=bank.outlet.path)
    assert task_get(people.actor(people.user("zhou", bank.branch, Role.UNIT_HEAD)), make.KEY)
    with pytest.raises(NotFound):
        task_get(people.actor(people.user("sun", bank.sibling, Role.UNIT_HEAD)), make.KEY)
