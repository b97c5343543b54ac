"""The numbers beside the menu: what they count, for whom, at which cost, and that they never break a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from tests.factories import complaints as make
from xiaobao.base.inbox.services import task_open
from xiaobao.base.inbox.ticking import tick
from xiaobao.kernel import ports
from xiaobao.site import badges
from xiaobao.site.badges import Badges, badges_of


@pytest.fixture
def crew(db: Any) -> Iterator[make.Cast]:
    cache.clear()
    with make.at():
        yield make.cast()
    cache.clear()


def remind(crew: make.Cast) -> None:
    now = ports.now()
    task_open(
        actor=make.tick_actor(),
        key="test:1",
        title="答复到期",
        org_path=crew.office.path,
        opened_at=now - timedelta(days=10),
        due_at=now - timedelta(days=1),
        assignee_id=crew.xiaomin.pk,
    )
    tick(now)


def test_open_overdue_and_unread_are_counted_in_one_statement(
    crew: make.Cast, django_assert_num_queries: Any
) -> None:
    make.handling(crew)
    make.handling(crew, received_at=make.START - make.days(16))
    remind(crew)
    actor = crew.actor("xiaomin")
    with django_assert_num_queries(1):
        found = badges_of(actor)
    assert (found.open, found.overdue) == (2, 1)
    assert found.unread >= 1
    with django_assert_num_queries(0):
        assert badges_of(actor) == found


def test_another_unit_is_not_counted(crew: make.Cast) -> None:
    make.handling(crew)
    assert badges_of(crew.actor("stranger")) == Badges(0)


def test_a_post_without_complaints_sees_none(crew: make.Cast) -> None:
    make.handling(crew)
    assert badges_of(crew.actor("admin")).open is None


def test_the_menu_shows_them_and_nothing_for_nought() -> None:
    seen = Badges(1_234, 2, 3)
    assert seen.of("complaints:list") == (("1,234", "件在办", False), ("2", "件已逾期", True))
    assert seen.of("inbox:messages") == (("3", "条未读", True),)
    assert Badges(0).of("complaints:list") == ()
    assert seen.of("law:list") == ()


def test_a_message_read_is_gone_at_once_from_the_inbox_pages(crew: make.Cast) -> None:
    remind(crew)
    client = Client()
    client.force_login(crew.xiaomin)
    assert "条未读" in client.get("/inbox/messages/").content.decode()
    client.post("/inbox/messages/read/")
    assert "条未读" not in client.get("/inbox/messages/").content.decode()


def test_a_database_that_is_away_costs_the_numbers_only(crew: make.Cast, monkeypatch: Any) -> None:
    def away(actor: Any) -> Badges:
        raise DatabaseError

    monkeypatch.setattr(badges, "_counted", away)
    assert badges_of(crew.actor("xiaomin")) == Badges()
