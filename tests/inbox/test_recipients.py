"""Who is told: the nearest holder upwards, a department counting as its house."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import people
from xiaobao.base.inbox.models import Task
from xiaobao.base.inbox.recipients import Recipients
from xiaobao.base.inbox.values import LADDER
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db

FIRST, SECOND, LAST = LADDER


@pytest.fixture
def bank() -> people.Bank:
    """The small bank."""
    return people.bank()


def told(org_path: str, step: Any = LAST, **facts: Any) -> set[str]:
    """Names of those told of a step of a task at the unit."""
    from xiaobao.base.people.models import User

    ids = Recipients().of(Task(org_path=org_path, **facts), step)
    assert len(ids) == len(set(ids))
    return set(User.objects.filter(pk__in=ids).values_list("username", flat=True))


def test_the_nearest_head_upwards(bank: people.Bank) -> None:
    people.user("top", bank.head, Role.UNIT_HEAD)
    assert told(bank.outlet.path, SECOND) == {"top"}
    people.user("branch", bank.branch, Role.UNIT_HEAD)
    assert told(bank.outlet.path, SECOND) == {"branch"}
    people.user("outlet", bank.outlet, Role.UNIT_HEAD)
    assert told(bank.outlet.path, SECOND) == {"outlet"}


def test_a_leader_of_the_branchs_own_office_comes_before_the_head_offices(bank: people.Bank) -> None:
    people.user("central", bank.office, Role.LEADER)
    assert told(bank.outlet.path) == {"central"}
    office = people.org("B1-CP", "department", bank.branch, "省分行消保部")
    people.user("local", office, Role.LEADER)
    assert told(bank.outlet.path) == {"local"}
    assert told(bank.sibling_outlet.path) == {"central"}


def test_an_outlet_below_is_not_the_house(bank: people.Bank) -> None:
    people.user("below", bank.outlet, Role.LEADER)
    assert told(bank.branch.path) == set()


def test_a_head_who_is_in_charge_is_told_once(bank: people.Bank) -> None:
    head = people.user("zhou", bank.branch, Role.UNIT_HEAD, Role.LEADER)
    assert told(bank.branch.path, assignee_id=head.pk) == {"zhou"}


def test_a_thousand_tasks_of_one_unit_ask_once(bank: people.Bank, django_assert_max_num_queries: Any) -> None:
    people.user("zhou", bank.branch, Role.UNIT_HEAD)
    people.user("xiaomin", bank.office, Role.LEADER)
    person = people.user("chen", bank.outlet, Role.HANDLER)
    known = Recipients()
    with django_assert_max_num_queries(12):
        for _ in range(1_000):
            assert len(known.of(Task(org_path=bank.outlet.path, assignee_id=person.pk), LAST)) == 3
