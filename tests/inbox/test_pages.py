"""我的待办 and 消息: the asker's own, least time first, in few statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import inbox as make
from tests.factories import people
from xiaobao.base.inbox.models import Reminder
from xiaobao.base.inbox.selectors import Counts, counts_of, my_reminders, my_tasks, reminders_unread
from xiaobao.base.inbox.ticking import tick
from xiaobao.base.people.models import User
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[ports.Ports]:
    """A clock standing at the start."""
    with ports.use(ports.seeded(7, make.START)) as running:
        yield running


@pytest.fixture
def bank() -> people.Bank:
    """The small bank."""
    return people.bank()


@pytest.fixture
def chen(bank: people.Bank) -> User:
    """柜员小陈."""
    return people.user("chen", bank.outlet, Role.HANDLER, password=people.PASSWORD)


def signed_in(person: User) -> Client:
    """A browser of this person."""
    client = Client()
    client.force_login(person)
    return client


def test_mine_is_named_for_me_or_my_role_in_my_subtree(bank: people.Bank, chen: User) -> None:
    make.task(key="named", assignee_id=chen.pk, org_path=bank.sibling.path, due_at=make.at(3))
    make.task(key="role", role="handler", org_path=bank.outlet.path, due_at=make.at(1))
    make.task(key="other role", role="leader", org_path=bank.outlet.path)
    make.task(key="elsewhere", role="handler", org_path=bank.sibling_outlet.path)
    make.task(key="above", role="handler", org_path=bank.branch.path)
    mine = my_tasks(people.actor(chen))
    assert [task.key for task in mine.rows] == ["role", "named"]


def test_pages_go_on_where_the_last_one_ended(bank: people.Bank, chen: User) -> None:
    for i in range(7):
        make.task(key=f"k{i}", assignee_id=chen.pk, due_at=make.at(9 - i // 2))
    seen: list[str] = []
    after, pages = "", 0
    while after or not pages:
        page = my_tasks(people.actor(chen), limit=3, after=after)
        seen += [task.key for task in page.rows]
        after, pages = page.next, pages + 1
    assert (pages, seen) == (3, ["k6", "k4", "k5", "k2", "k3", "k0", "k1"])


@pytest.mark.parametrize("cursor", ["x", "1", "1.x", "9" * 40 + ".1", "-1.-1", "\u0663.1"])
def test_a_forged_cursor_starts_at_the_top(chen: User, cursor: str) -> None:
    make.task(assignee_id=chen.pk)
    assert len(my_tasks(people.actor(chen), after=cursor).rows) == 1
    assert my_reminders(people.actor(chen), after=cursor).rows == []


def test_counts_in_one_statement(chen: User, django_assert_num_queries: Any) -> None:
    for key, day in (("late", 1), ("soon", 20.5), ("far", 60), ("far too", 61)):
        make.task(key=key, assignee_id=chen.pk, due_at=make.at(day))
    tick(make.at(2))
    with django_assert_num_queries(1):
        assert counts_of(people.actor(chen), make.at(20)) == Counts(open=4, late=1, soon=1, unread=3)


def test_counts_of_somebody_without_anything(chen: User) -> None:
    assert counts_of(people.actor(chen), make.START) == Counts(0, 0, 0, 0)


def test_the_tasks_page_shows_time_left_in_words(
    chen: User, clock: Any, django_assert_max_num_queries: Any
) -> None:
    make.task(key="a", assignee_id=chen.pk, title="办理投诉甲")
    make.task(key="b", assignee_id=chen.pk, title="办理投诉乙", due_at=make.at(17))
    clock.clock.set(make.at(18.5))
    client = signed_in(chen)
    with django_assert_max_num_queries(8):
        page = client.get(reverse("inbox:tasks")).content.decode()
    assert page.index("办理投诉乙") < page.index("办理投诉甲")
    assert "已逾期 1 天 12 小时" in page
    assert "剩余 1 天 12 小时" in page
    assert "共 2 项，1 项已逾期" in page


def test_empty_pages_say_so(chen: User) -> None:
    client = signed_in(chen)
    assert "没有待办" in client.get(reverse("inbox:tasks")).content.decode()
    assert "没有消息" in client.get(reverse("inbox:messages")).content.decode()
    assert "没有未读消息" in client.get(reverse("inbox:messages") + "?unread=1").content.decode()


def test_many_tasks_are_paged(chen: User) -> None:
    for i in range(51):
        make.task(key=f"k{i}", assignee_id=chen.pk, due_at=make.DUE + timedelta(hours=i))
    client = signed_in(chen)
    first = client.get(reverse("inbox:tasks")).content.decode()
    address = first.partition('" rel="next"')[0].rpartition('"')[2]
    last = client.get(reverse("inbox:tasks") + address.partition("/inbox/")[2]).content.decode()
    assert ("下一页" in first, "下一页" in last, "回到第一页" in last) == (True, False, True)


@pytest.mark.parametrize("query", ["", "?unread=1"])
def test_one_page_of_messages_leads_nowhere(chen: User, query: str) -> None:
    make.task(assignee_id=chen.pk)
    tick(make.at(15))
    page = signed_in(chen).get(reverse("inbox:messages") + query).content.decode()
    assert "办理时限已用 75%" in page
    assert "下一页" not in page


def test_a_message_is_read_once_and_leads_to_its_object(chen: User) -> None:
    make.task(assignee_id=chen.pk)
    tick(make.at(15))
    (one,) = reminders_unread(people.actor(chen))
    client = signed_in(chen)
    assert "未读" in client.get(reverse("inbox:messages")).content.decode()
    answer = client.post(reverse("inbox:read", args=[one.pk]), {"open": "1"})
    assert (answer.status_code, answer["Location"]) == (303, "/complaints/1/")
    first = Reminder.objects.get().read_at
    client.post(reverse("inbox:read", args=[one.pk]))
    assert Reminder.objects.get().read_at == first
    assert reminders_unread(people.actor(chen)) == []


def test_a_link_to_elsewhere_is_not_followed(chen: User) -> None:
    make.task(assignee_id=chen.pk, link="https://evil.example/")
    tick(make.at(15))
    answer = signed_in(chen).post(reverse("inbox:read", args=[Reminder.objects.get().pk]), {"open": "1"})
    assert answer["Location"] == reverse("inbox:messages")


def test_all_are_read_at_once(chen: User) -> None:
    make.task(assignee_id=chen.pk)
    tick(make.at(25))
    signed_in(chen).post(reverse("inbox:read_all"))
    assert not Reminder.objects.filter(user=chen, read_at=None).exists()


def test_nobody_reads_another_persons_message(bank: people.Bank, chen: User) -> None:
    make.task(assignee_id=chen.pk)
    tick(make.at(15))
    head = people.user("zhou", bank.branch, Role.UNIT_HEAD, password=people.PASSWORD)
    other = signed_in(head)
    assert other.post(reverse("inbox:read", args=[Reminder.objects.get().pk])).status_code == 404
    assert "没有消息" in other.get(reverse("inbox:messages")).content.decode()
    assert Reminder.objects.get().read_at is None


@pytest.mark.parametrize("name", ["inbox:read_all"])
def test_reading_never_changes_anything(chen: User, name: str) -> None:
    assert signed_in(chen).get(reverse(name)).status_code == 405
