"""The first screen: greeting, figures, order of work, statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.duties.complaints.web.desk import landing
from xiaobao.kernel.roles import Role

Text = Callable[..., str]


def test_says_what_to_do_first(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.handling(crew, received_at=make.START - make.days(16), title="逾期的那一件")
    make.handling(crew, received_at=make.START - make.days(15), title="今天到期的那一件")
    body = text_of(office.get("/"))
    assert "上午好，林晓敏。今天先办这 2 件" in body
    assert "1 件已逾期，1 件今日到期" in body
    assert body.index("逾期的那一件") < body.index("今天到期的那一件")


def test_what_is_answered_or_due_tomorrow_is_not_first(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    late = make.START - make.days(16)
    make.delivered(crew, received_at=late, title="已送达的那一件")
    make.handling(crew, received_at=make.START - make.days(14), title="明天到期的那一件")
    make.handling(crew, received_at=late, title="逾期的那一件")
    body = text_of(office.get("/"))
    assert "今天先办这 1 件" in body
    assert "1 件已逾期，今日没有到期" in body
    assert "已送达的那一件" not in body


def test_an_empty_bank_is_told_so(office: Client, text_of: Text) -> None:
    body = text_of(office.get("/"))
    assert "目前没有在办的工单" in body
    assert "登记第一件投诉后" in body


def test_each_figure_leads_to_its_records(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.received(crew, channel=Channel.NFRA)
    body = text_of(office.get("/"))
    assert 'href="/complaints/?tab=overdue"' in body
    assert 'href="/complaints/?tab=regulator&amp;from=2026-03-01"' in body


def test_costs_at_most_eight_statements_cold(
    crew: make.Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.closed(crew)
    make.handling(crew)
    office.get("/complaints/")
    from django.core.cache import cache

    cache.clear()
    with django_assert_max_num_queries(8):
        office.get("/")


def test_a_stranger_is_sent_to_the_login(db: Any) -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_a_post_without_complaints_begins_at_its_own_desk(crew: make.Cast) -> None:
    assert landing(crew.actor("admin")) == "/people/"
    assert landing(crew.actor("admin", roles=frozenset({Role.AUDIT_ADMIN}))) == "/audit/"
