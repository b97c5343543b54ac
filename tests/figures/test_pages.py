"""The annual report as its readers open it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import people as make
from tests.figures.annual import Register, full, registered_figure
from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.values import natural_order, page_of
from xiaobao.kernel import ports
from xiaobao.kernel.roles import Role

HERE = [2020, "F99"]


@pytest.fixture
def rows() -> Iterator[Register]:
    register = full(120)
    with registered_figure(register):
        yield register


@pytest.fixture
def enter(db: None, settings, rows: Register) -> Callable[..., Client]:
    settings.SECOND_FACTOR_FOR_ADMINS = False
    bank = make.bank()

    def signed_in(role: Role, unit=None) -> Client:
        client = Client()
        client.force_login(make.user(role.value, unit or bank.office, role, name=role.label))
        return client

    return signed_in


def frozen(client: Client) -> FigureFreeze:
    client.post(reverse("figures:freeze", args=HERE))
    return FigureFreeze.objects.latest("revision")


def test_the_report_shows_sentence_definition_and_state(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    page = client.get(reverse("figures:year", args=[2020])).content.decode()
    assert all(text in page for text in ("全年监测客户投诉 120 笔", "不含咨询", "未定稿", "摘要"))
    digest = frozen(client).digest
    page = client.get(reverse("figures:year", args=[2020])).content.decode()
    assert all(text in page for text in ("已定稿", digest[:16]))


def test_freezing_asks_first_and_get_changes_nothing(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    assert "确认定稿" in client.get(reverse("figures:freeze", args=HERE)).content.decode()
    assert not FigureFreeze.objects.exists()
    page = client.post(reverse("figures:freeze", args=HERE), follow=True).content.decode()
    assert all(text in page for text in ("已定稿", "摘要重算一致", "没有新增"))
    again = client.post(reverse("figures:freeze", args=HERE), {"reason": ""})
    assert (again.status_code, "请写明原因" in again.content.decode()) == (400, True)


def test_the_member_file_hashes_to_the_digest_on_the_page(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    digest = frozen(client).digest
    answer = client.get(reverse("figures:members", args=HERE))
    assert hashlib.sha256(answer.content).hexdigest() == digest
    assert "F99-2020-members.txt" in answer["Content-Disposition"]
    page = client.get(reverse("figures:figure", args=HERE)).content.decode()
    assert all(text in page for text in (digest, "sha256sum F99-2020-members.txt"))


def test_later_cases_stand_under_since_the_freeze(enter: Callable[..., Client], rows: Register) -> None:
    client = enter(Role.LEADER)
    frozen(client)
    rows.rows["TS2020009999"] = (2020, "0001.0002.")
    page = client.get(reverse("figures:figure", args=HERE)).content.decode()
    assert all(text in page for text in ("定稿后新符合的 1 项", "TS2020009999", "全年监测客户投诉 120 笔"))


def test_a_branch_reads_the_count_and_not_the_others_cases(enter: Callable[..., Client]) -> None:
    leader = enter(Role.LEADER)
    frozen(leader)
    from xiaobao.base.people.models import OrgUnit

    branch = enter(Role.UNIT_HEAD, OrgUnit.objects.get(code="B1"))
    page = branch.get(reverse("figures:figure", args=HERE)).content.decode()
    assert "不在您的查看范围内" in page
    assert "sha256sum" not in page
    assert branch.get(reverse("figures:members", args=HERE)).status_code in {403, 404}


def test_the_page_costs_few_statements(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    frozen(client)
    for name, args in (("figures:year", [2020]), ("figures:figure", HERE)):
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(name, args=args))
        assert len(seen) <= 8, [query["sql"] for query in seen]


def test_what_is_not_there_is_not_found(enter: Callable[..., Client]) -> None:
    client = enter(Role.EXAMINER)
    for args in ([2020, "F98"], [1800, "F99"]):
        assert client.get(reverse("figures:figure", args=args)).status_code == 404
    assert client.get(reverse("figures:year", args=[1800])).status_code == 404
    assert client.get(reverse("figures:report")).status_code == 302


def test_sections_stand_in_the_order_of_the_report(enter: Callable[..., Client], rows: Register) -> None:
    client = enter(Role.EXAMINER)
    with registered_figure(rows, id="F97", section="1.10"), registered_figure(rows, id="F98", section="1.9"):
        page = client.get(reverse("figures:year", args=[2020])).content.decode()
    places = [page.index(f'aria-label="{name}"') for name in ("摘要", "第 1.9 节", "第 1.10 节")]
    assert places == sorted(places)


def test_the_report_opens_on_the_last_frozen_year(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    with ports.use(ports.seeded(7, datetime(2026, 3, 2, tzinfo=UTC))):
        assert client.get("/report/")["Location"] == "/report/2025/"
        frozen(client)
        assert client.get("/report/")["Location"] == "/report/2020/"


def test_the_years_are_offered_with_what_is_frozen(enter: Callable[..., Client]) -> None:
    client = enter(Role.LEADER)
    with ports.use(ports.seeded(7, datetime(2026, 3, 2, tzinfo=UTC))):
        frozen(client)
        page = client.get("/report/2012/").content.decode()
        assert '<option value="2020">2020 年（已定稿 1 项）</option>' in page
        assert '<option value="2012" selected>2012 年</option>' in page
        assert '<option value="2026">2026 年（本年未完）</option>' in page
        assert client.get("/report/?year=2019")["Location"] == "/report/2019/"


def test_members_stand_in_the_order_of_their_numbers() -> None:
    ids = natural_order(("10", "9", "101", "TS-2", "TS-10"))
    assert ids == ("9", "10", "101", "TS-2", "TS-10")
    assert page_of(ids, "9")[0][0] == "10"
    assert page_of(ids, "11")[0][0] == "101"
