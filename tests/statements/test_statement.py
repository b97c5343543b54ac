"""Statements that stand answer what their queryset answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from xiaobao.base.inbox.models import Task
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.statements import Given, Insert, Statement
from xiaobao.kernel import ports

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 3, 2, 10, 0, tzinfo=ports.SHANGHAI)


@pytest.fixture
def bank() -> Iterator[make.Bank]:
    with ports.use(ports.seeded(7, MOMENT)):
        yield make.bank()


def task(key: str, **facts: Any) -> Task:
    due = MOMENT + timedelta(days=3)
    return Task(key=key, title=key, org_path="0001.", due_at=due, opened_at=MOMENT, **facts)


def test_objects_come_with_what_is_joined_and_without_another_statement(bank: make.Bank) -> None:
    made = make.user("xiaomin", bank.office)
    standing = Statement(lambda: User.objects.filter(username=Given("name")))
    with CaptureQueriesContext(connection) as seen:
        found = standing.first(name="xiaomin")
        assert found is not None
        assert (found, found.org, found.roles) == (made, bank.office, made.roles)
        assert not found._state.adding
    assert len(seen) == 1


def test_rows_are_the_querysets_own_whatever_the_type(bank: make.Bank) -> None:
    make.user("xiaomin", bank.office)
    columns = ("pk", "roles", "is_active", "created_at", "disabled_at", "org__path")
    standing = Statement(lambda: User.objects.filter(created_at__lte=Given("at")).values_list(*columns))
    plain = User.objects.filter(created_at__lte=MOMENT).values_list(*columns)
    assert standing.rows(at=MOMENT) == list(plain) != []
    assert standing.rows(at=MOMENT - timedelta(seconds=1)) == []


def test_one_statement_serves_other_values_and_is_written_once(bank: make.Bank) -> None:
    built = []

    def build() -> Any:
        built.append(1)
        return OrgUnit.objects.filter(
            Q(path__range=(Given("low"), Given("high"))), kind__in=[Given("one"), Given("other")]
        ).order_by("-path")

    standing = Statement(build)
    whole = standing.objects(low="0001.", high="0001.z", one="branch", other="outlet")
    assert whole == [bank.sibling_outlet, bank.sibling, bank.outlet, bank.branch]
    assert standing.objects(low=bank.branch.path, high="0001.z", one="branch", other="") == [
        bank.sibling,
        bank.branch,
    ]
    assert built == [1]


def test_days_and_constants_stand_beside_given_values(bank: make.Bank) -> None:
    Insert(Task).put(task("a"), task("b", state="closed", closed_at=MOMENT))
    standing = Statement(
        lambda: Task.objects.filter(
            due_at__date__gte=date(2026, 3, 1), due_at__lte=Given("until"), state="open"
        )
    )
    assert [one.key for one in standing.objects(until=MOMENT + timedelta(days=3))] == ["a"]


@pytest.mark.parametrize("given", [{}, {"name": None}, {"other": "xiaomin"}])
def test_a_value_that_is_missing_or_none_is_a_mistake(given: dict[str, Any]) -> None:
    """`= NULL` would answer nothing, where `IS NULL` was meant."""
    with pytest.raises(ValueError, match="name"):
        Statement(lambda: User.objects.filter(username=Given("name"))).rows(**given)


@pytest.mark.parametrize("pk", [2**63, -(2**63) - 1, 10**30])
def test_a_number_no_column_holds_finds_nothing(bank: make.Bank, pk: int) -> None:
    standing = Statement(lambda: OrgUnit.objects.filter(pk=Given("pk")))
    assert standing.first(pk=pk) is None
    assert standing.first(pk=bank.head.pk) == bank.head


def test_a_value_is_never_read_as_sql(bank: make.Bank) -> None:
    standing = Statement(lambda: OrgUnit.objects.filter(name=Given("name")))
    assert standing.objects(name="' OR 1=1 --") == []
    assert standing.objects(name="%s") == []


def test_insert_keeps_what_save_keeps_and_gives_keys_in_order(bank: make.Bank) -> None:
    rows = [task(key, kind="k", assignee=make.user(key, bank.office)) for key in ("a", "b", "c")]
    with CaptureQueriesContext(connection) as seen:
        assert Insert(Task).put(*rows)
    assert len(seen) == 1
    kept = {one.pk: one for one in Task.objects.all()}
    for row in rows:
        values = {field.attname: getattr(row, field.attname) for field in Task._meta.concrete_fields}
        again = {field.attname: getattr(kept[row.pk], field.attname) for field in Task._meta.concrete_fields}
        assert values == again
        assert not row._state.adding


def test_insert_takes_the_key_of_a_row_saved_after_it_was_named(bank: make.Bank) -> None:
    person = replace_pk(make.user("xiaomin", bank.office))
    waiting = task("a", assignee=person)
    person.save(force_insert=True)
    Insert(Task).put(waiting)
    assert Task.objects.get().assignee_id == person.pk is not None


def replace_pk(person: User) -> User:
    """The same person, as a row not yet saved."""
    person.pk, person.username, person._state.adding = None, "another", True
    return person


def test_insert_raises_on_a_taken_key_unless_that_was_expected(bank: make.Bank) -> None:
    Insert(Task).put(task("a"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Insert(Task).put(task("a"))
    assert not Insert(Task, unless="key").put(task("a"))
    assert Insert(Task, unless="key").put(task("b"))
    assert Insert(Task).put()
    assert Task.objects.count() == 2
