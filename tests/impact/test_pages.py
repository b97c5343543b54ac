"""A change of the law on screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from tests.factories import people as make
from tests.factories.pages import assert_few_statements, page, reader
from tests.impact import change
from tests.law import library
from xiaobao.base.impact.models import Review, ReviewState
from xiaobao.kernel.roles import Role

PAGE = f"/impact/L11/{change.SPAN}/"


@pytest.fixture
def client(db: None, tmp_path: Path) -> Client:
    library.take(change.write(tmp_path))
    return reader(make.bank().office, Role.OFFICER)


def test_the_list_names_each_step(client: Client) -> None:
    shown = page(client, "/impact/")
    assert PAGE in shown
    assert "未派发" in shown


def test_the_page_has_three_layers(client: Client) -> None:
    shown = page(client, PAGE)
    for words in (
        "第十九条第三款",
        "第三十四条第三款",
        "已有新版本",
        "资料保存期限",
        "有期限：2029-06-30",
        "派发",
    ):
        assert words in shown


def test_reviews_are_given_out_and_closed(client: Client) -> None:
    answer = client.post(f"{PAGE}open/")
    assert answer.status_code == 302
    shown = page(client, PAGE)
    assert "已出新版本" in shown
    assert "项已有引用新条文的版本，当场办结" in shown
    review = Review.objects.order_by("pk")[0]
    Review.objects.filter(pk=review.pk).update(state=ReviewState.OPEN, closed_at=None)
    assert "待复核" in page(client, PAGE)
    client.post(f"/impact/reviews/{review.pk}/", {"note": "短"})
    assert "不少于 6 个字" in page(client, PAGE)
    client.post(f"/impact/reviews/{review.pk}/", {"note": "对照新条文，不用改"})
    assert "对照新条文，不用改" in page(client, PAGE)


def test_writes_are_posts(client: Client) -> None:
    assert client.get(f"{PAGE}open/").status_code == 405
    assert client.get("/impact/reviews/1/").status_code == 405


def test_a_handler_may_not_look(client: Client) -> None:
    from xiaobao.base.people.models import OrgUnit

    other = Client()
    other.force_login(make.user("handler", OrgUnit.objects.get(code="B1-01"), Role.HANDLER))
    assert other.get("/impact/").status_code == 403
    assert other.get(PAGE).status_code == 403
    assert other.post(f"{PAGE}open/").status_code == 403


def test_unknown_versions_are_refused(client: Client) -> None:
    page(client, "/impact/L11/2007-01-01..2020-01-01/", 404)
    page(client, "/impact/L11/2025-01-01..2007-01-01/", 400)
    page(client, "/impact/Q99/2007-01-01..2025-01-01/", 404)


@pytest.mark.parametrize("address", ["/impact/", PAGE])
def test_no_page_asks_the_database_more_than_eight_times(client: Client, address: str) -> None:
    assert_few_statements(client, address)
