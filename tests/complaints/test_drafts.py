"""Drafts left behind: shown with their age, dropped one or all, and by the tick after thirty days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors, services, tasks
from xiaobao.duties.complaints.models import Draft
from xiaobao.kernel import ports


def keep(crew: make.Cast, who: str = "xiaomin", *, key: str = "", ago: int = 0) -> str:
    """A draft of this person, saved so many days before now."""
    key = key or ports.new_id()
    services.draft_save(actor=crew.actor(who), key=key, payload={"title": f"{ago} 天前的事项"})
    Draft.objects.filter(key=key).update(saved_at=ports.now() - make.days(ago))
    return key


@pytest.fixture
def office(crew: make.Cast) -> Client:
    client = Client()
    client.force_login(crew.xiaomin)
    return client


def test_each_is_shown_with_its_age(crew: make.Cast, office: Client) -> None:
    for ago in (0, 1, 12):
        keep(crew, ago=ago)
    body = office.get("/complaints/new/").content.decode()
    assert "您有 3 份没有交的草稿" in body
    assert all(f"<small>{age} · " in body for age in ("今天", "昨天", "12 天前"))
    assert "30 天没有动过的，系统会自动清理并留痕" in body


def test_more_than_twenty_are_counted_though_not_listed(crew: make.Cast, office: Client) -> None:
    for _ in range(22):
        keep(crew)
    body = office.get("/complaints/new/").content.decode()
    assert "您有 22 份没有交的草稿" in body
    assert "这里列出最近 20 份" in body


def test_all_of_ones_own_go_and_nobody_elses(crew: make.Cast, office: Client) -> None:
    keep(crew), keep(crew)
    other = keep(crew, "xiaochen")
    response = office.post("/complaints/new/drafts/drop/", follow=True)
    assert "已删除 2 份草稿" in response.content.decode()
    assert list(Draft.objects.values_list("key", flat=True)) == [other]


def test_one_alone_is_not_offered_all(crew: make.Cast, office: Client) -> None:
    keep(crew)
    assert "全部删除" not in office.get("/complaints/new/").content.decode()


def test_the_tick_drops_what_is_older_than_the_setting_and_says_so(crew: make.Cast) -> None:
    keep(crew, ago=31)
    keep(crew, "xiaochen", ago=40)
    young = keep(crew, ago=29)
    assert tasks.drop_old_drafts(ports.now()) == {"drafts": 2}
    assert tasks.drop_old_drafts(ports.now()) == {"drafts": 0}
    assert [key for key, _, _ in selectors.drafts_of(actor=crew.actor("xiaomin"))] == [young]
    entry = AuditEntry.objects.get(tag="complaints:draft:expire")
    assert '"drafts":2' in entry.body.replace(" ", "")


def test_a_bank_may_keep_them(crew: make.Cast, settings: Any) -> None:
    keep(crew, ago=400)
    settings.DRAFT_DAYS = 0
    assert tasks.drop_old_drafts(ports.now()) == {"drafts": 0}
    assert Draft.objects.count() == 1


def test_the_tick_knows_the_work() -> None:
    from xiaobao.site.schedule import works

    found: Callable[..., Any] = works()["complaints.drafts"]
    assert found is tasks.drop_old_drafts
