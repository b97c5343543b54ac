"""The journal's pages as its readers use them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.audit.journal import drop_triggers, write
from tests.factories import people as make
from xiaobao.base.audit import verifier
from xiaobao.base.audit.models import AuditBreak, AuditEntry, TreeHead
from xiaobao.base.audit.sequencer import sequence
from xiaobao.kernel.roles import Role


@pytest.fixture
def bank(db: None) -> make.Bank:
    return make.bank()


@pytest.fixture
def enter(settings, bank: make.Bank) -> Callable[..., Client]:
    settings.SECOND_FACTOR_FOR_ADMINS = False

    def signed_in(role: Role, unit=None) -> Client:
        client = Client()
        client.force_login(make.user(role.value, unit or bank.head, role, name=role.label))
        return client

    return signed_in


@pytest.mark.parametrize("name", ["list", "heads", "verify", "verifier"])
def test_pages_open_for_readers_and_for_nobody_else(enter: Callable[..., Client], name: str) -> None:
    readers = {Role.AUDIT_ADMIN, Role.INTERNAL_AUDIT, Role.EXAMINER}
    answers = {
        role: enter(role).get(reverse(f"audit:{name}")).status_code for role in set(Role) - {Role.SYSTEM}
    }
    assert answers == {role: 200 if role in readers else 403 for role in answers}


def test_the_list_costs_few_statements_and_shows_the_newest_first(enter: Callable[..., Client]) -> None:
    write(60)
    sequence()
    client = enter(Role.EXAMINER)
    with CaptureQueriesContext(connection) as seen:
        page = client.get(reverse("audit:list")).content.decode()
    assert len(seen) <= 8
    assert ">投诉 · 接收登记</td>" in page
    assert "?before=" in page


def test_filters_that_cannot_be_read_are_named_and_do_not_narrow(enter: Callable[..., Client]) -> None:
    write(1)
    page = enter(Role.EXAMINER).get(reverse("audit:list"), {"since": "2026-02-30", "before": "９x"})
    assert "不早于无法识别" in page.content.decode()
    assert "TS0" in page.content.decode()


def test_an_entry_shows_what_changed_and_its_proof(enter: Callable[..., Client]) -> None:
    (entry,) = write(1)
    sequence()
    page = enter(Role.INTERNAL_AUDIT).get(reverse("audit:entry", args=[entry.pk])).content.decode()
    assert all(
        text in page for text in ("投诉 · 接收登记", "CMP-001", "<td>待受理</td>", entry.salt, "消保专员")
    )
    assert all(key not in page.split("改了什么")[1].split("怎样证明")[0] for key in ("stage", "registered"))


def test_an_altered_entry_says_so_and_shows_what_was_recorded(enter: Callable[..., Client]) -> None:
    (entry,) = write(1)
    sequence()
    drop_triggers("audit_auditentry")
    AuditEntry.objects.filter(pk=entry.pk).update(actor_name="小陈")
    page = enter(Role.AUDIT_ADMIN).get(reverse("audit:entry", args=[entry.pk])).content.decode()
    assert "检索栏与记录正文不符" in page
    assert "晓敏" in page


def test_an_entry_of_a_sibling_is_not_found(enter: Callable[..., Client], bank: make.Bank) -> None:
    (entry,) = write(1, org_path=bank.sibling.path)
    client = enter(Role.OFFICER, bank.branch)
    assert client.get(reverse("audit:entry", args=[entry.pk])).status_code in {403, 404}
    assert enter(Role.EXAMINER).get(reverse("audit:entry", args=[10**9])).status_code == 404


def test_a_head_is_signed_on_demand_and_downloaded(enter: Callable[..., Client]) -> None:
    write(3)
    client = enter(Role.AUDIT_ADMIN)
    assert client.get(reverse("audit:sign")).status_code == 405
    client.post(reverse("audit:sign"))
    size = TreeHead.objects.latest("size").size
    answer = client.get(reverse("audit:head", args=[size]))
    head = json.loads(answer.content)
    assert verifier.head_holds(head, {head["public_key"]})
    assert "attachment" in answer["Content-Disposition"]


def test_a_verification_on_request_is_kept_and_its_break_explained(enter: Callable[..., Client]) -> None:
    write(3)
    sequence()
    drop_triggers("audit_auditentry")
    AuditEntry.objects.filter(leaf__number=1).update(actor_name="小陈")
    client = enter(Role.AUDIT_ADMIN)
    page = client.post(reverse("audit:check"), follow=True).content.decode()
    assert "第一处断裂在树中序号 1" in page
    broken = AuditBreak.objects.get()
    where = reverse("audit:explain", args=[broken.pk])
    assert client.post(where, {"explanation": "短"}).status_code == 400
    page = client.post(where, {"explanation": "误改一行，已核对备份并恢复"}, follow=True).content.decode()
    assert "误改一行" in page


def test_a_long_journal_is_not_verified_within_a_request(
    enter: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from xiaobao.base.audit.web import views

    write(3)
    sequence()
    monkeypatch.setattr(views, "MOST_ROWS_ON_REQUEST", 2)
    assert enter(Role.EXAMINER).post(reverse("audit:check")).status_code == 422
