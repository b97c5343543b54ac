"""Whose a re-reading is: a post by room and kind, a person named for a room or a rule; the task lands with the owner."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import people as make
from tests.impact import change
from tests.impact.test_change import WHICH, without_new_version
from tests.law import library
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.impact import owners, selectors, services
from xiaobao.base.impact.models import Review, ReviewState
from xiaobao.base.inbox.models import Task
from xiaobao.base.rulebook.values import ROOMS
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role
from xiaobao.rules.book import book


@pytest.fixture
def bank(db: None, tmp_path: Path) -> make.Bank:
    library.take(change.write(tmp_path))
    return make.bank()


@pytest.fixture
def officer(bank: make.Bank) -> Actor:
    return make.actor(make.user("officer", bank.office, Role.OFFICER))


def test_every_rule_has_an_owner_who_may_own() -> None:
    assert {rule.room for rule in book()} <= set(owners.ROOM_OWNERS) <= set(ROOMS)
    assert set(owners.ROOM_OWNERS.values()) | set(owners.KIND_OWNERS.values()) <= owners.MAY_OWN


def test_without_a_name_the_post_of_the_room_owns_it(bank: make.Bank) -> None:
    assert owners.owner_of("rule", "PI-016").words == "消保专员"
    assert owners.owner_of("rule", "REV-001").words == "消保办负责人"
    assert owners.owner_of("figure", "CMP-003").role is Role.LEADER


def test_a_person_named_for_the_rule_wins_over_the_rooms(bank: make.Bank, officer: Actor) -> None:
    for name in ("room", "one"):
        make.user(name, bank.branch, Role.UNIT_HEAD)
    services.owner_name(actor=officer, scope="个人信息保护", username="room")
    services.owner_name(actor=officer, scope="pi-016", username="one")
    assert owners.owner_of("rule", "PI-016").user.username == "one"  # type: ignore[union-attr]
    found = owners.owner_of("calculator", "PI-007")
    assert (found.user.username, found.org_path, found.role) == ("room", bank.branch.path, Role.UNIT_HEAD)  # type: ignore[union-attr]


def test_the_task_lands_with_the_named_owner(
    bank: make.Bank, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_new_version(monkeypatch)
    head = make.user("head", bank.branch, Role.UNIT_HEAD)
    services.owner_name(actor=officer, scope="PI-016", username="head")
    made = services.impact_open(actor=officer, **WHICH)
    tasks = Task.objects.filter(kind="impact")
    assert tasks.count() == len(made) > 0
    assert {(task.assignee_id, task.org_path) for task in tasks} == {(head.pk, bank.branch.path)}
    assert {review.owner_id for review in made} == {head.pk}


def test_open_reviews_go_over_to_the_new_owner_and_back_to_the_post(
    bank: make.Bank, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_new_version(monkeypatch)
    services.impact_open(actor=officer, **WHICH)
    head = make.user("head", bank.branch, Role.UNIT_HEAD)
    services.owner_name(actor=officer, scope="PI-016", username="head")
    assert set(Task.objects.filter(kind="impact").values_list("assignee_id", flat=True)) == {head.pk}
    services.owner_name(actor=officer, scope="PI-016", username="")
    assert set(Task.objects.filter(kind="impact").values_list("assignee_id", flat=True)) == {None}
    assert AuditEntry.objects.filter(tag="impact:owner:name").count() == 2


def test_the_named_owner_closes_the_own_review_and_no_other(
    bank: make.Bank, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_new_version(monkeypatch)
    head = make.actor(make.user("head", bank.branch, Role.UNIT_HEAD))
    review = services.impact_open(actor=officer, **WHICH)[0]
    with pytest.raises(NotAllowed, match=r"impact\.close"):
        services.review_close(actor=head, review_id=review.pk, note="对照新条文，不用改")
    services.owner_name(actor=officer, scope="PI-016", username="head")
    closed = services.review_close(actor=head, review_id=review.pk, note="对照新条文，不用改")
    assert closed.state == ReviewState.SAME


@pytest.mark.parametrize(
    ("scope", "username", "code"),
    [
        ("ZZ-001", "head", "impact.owner.scope"),
        ("", "head", "impact.owner.scope"),
        ("PI-016", "nobody", "impact.owner.user"),
        ("PI-016", "clerk", "impact.owner.role"),
    ],
)
def test_what_cannot_be_named(bank: make.Bank, officer: Actor, scope: str, username: str, code: str) -> None:
    make.user("clerk", bank.branch, Role.HANDLER)
    with pytest.raises(InvalidInput) as caught:
        services.owner_name(actor=officer, scope=scope, username=username)
    assert caught.value.code == code


def test_only_the_office_names_owners(bank: make.Bank) -> None:
    head = make.actor(make.user("head", bank.branch, Role.UNIT_HEAD))
    with pytest.raises(NotAllowed, match=r"impact\.own"):
        services.owner_name(actor=head, scope="PI-016", username="head")
    assert next(one.words for one in selectors.owners_list(actor=head)) == "投诉处理"


def test_the_page_names_takes_back_and_refuses_in_words(bank: make.Bank, officer: Actor) -> None:
    make.user("head", bank.branch, Role.UNIT_HEAD)
    client = Client()
    client.force_login(make.user("second", bank.office, Role.OFFICER))
    assert "个人信息保护" in client.get("/impact/owners/").content.decode()
    shown = client.post(
        "/impact/owners/", {"scope": "PI-016", "username": "head"}, follow=True
    ).content.decode()
    assert "已指定" in shown
    assert "改回岗位" in shown
    wrong = client.post(
        "/impact/owners/", {"scope": "PI-999", "username": "head"}, follow=True
    ).content.decode()
    assert "没有“PI-999”这个范围" in wrong
    back = client.post("/impact/owners/", {"scope": "PI-016", "username": ""}, follow=True).content.decode()
    assert "已改回由岗位负责" in back
    assert Review.objects.count() == 0
