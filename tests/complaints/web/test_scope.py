"""The selector of what desk, list and exports show: never further than the asker sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry

Text = Callable[..., str]
OFFERED = re.compile(r'<option value="([\d.]*)"( selected)?>([^<]+)</option>')


def offered(body: str) -> list[tuple[str, str, str]]:
    """The selector's options: path, whether chosen, name."""
    form = re.search(r'<form class="sight".*?</form>', body, re.S)
    return OFFERED.findall(form[0]) if form else []


@pytest.fixture
def far(crew: make.Cast) -> str:
    """Path of a branch of its own, with one complaint of it and one of 杭州."""
    make.handling(crew, title="杭州的那一件")
    branch = crew.branch
    other = type(branch).objects.create(
        code="440", name="广州分行", kind="branch", parent=branch.parent, path=f"{branch.path[:5]}0999."
    )
    make.received(crew, org_code="440", title="广州的那一件")
    return other.path


def test_the_head_office_is_offered_every_branch(
    crew: make.Cast, far: str, office: Client, text_of: Text
) -> None:
    shown = offered(text_of(office.get("/")))
    assert [name for _, _, name in shown] == ["全行 · 总行视角", "杭州分行", "广州分行"]
    assert "只看" not in text_of(office.get("/"))


def test_a_chosen_branch_narrows_desk_list_and_both_exports(
    crew: make.Cast, far: str, office: Client, text_of: Text
) -> None:
    response = office.post("/complaints/scope/", {"unit": far, "next": "/complaints/"})
    assert (response.status_code, response["Location"]) == (302, "/complaints/")
    for path in ("/", "/complaints/"):
        body = text_of(office.get(path))
        assert "广州的那一件" in body
        assert "杭州的那一件" not in body
        assert "只看广州分行" in body
        assert (far, " selected", "广州分行") in offered(body)
    for path in ("/complaints/export.xlsx", "/complaints/daily.xlsx"):
        book = openpyxl.load_workbook(BytesIO(office.get(path).content))
        cells = [
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell
        ]
        assert not any("杭州的那一件" in cell for cell in cells), path


def test_a_chosen_branch_narrows_the_search(crew: make.Cast, far: str, office: Client, text_of: Text) -> None:
    assert "“那一件”共 2 件" in text_of(office.get("/search/?q=那一件"))
    office.post("/complaints/scope/", {"unit": far})
    body = text_of(office.get("/search/?q=那一件"))
    assert "“那一件”共 1 件" in body
    assert "广州的<mark>那一件</mark>" in body
    assert "只看广州分行" in body


def test_a_chosen_branch_narrows_the_heat_map(
    crew: make.Cast, far: str, office: Client, text_of: Text
) -> None:
    make.coded(crew)
    assert "杭州分行" in _heads(text_of(office.get("/complaints/heat/")))
    office.post("/complaints/scope/", {"unit": far})
    body = text_of(office.get("/complaints/heat/"))
    assert "只看广州分行" in body
    assert "杭州" not in _heads(body)


def _heads(body: str) -> str:
    """The names before the lines of the heat map."""
    return " ".join(re.findall(r'<th scope="row">(.*?)</th>', body, re.S))


def test_the_whole_is_chosen_again(crew: make.Cast, far: str, office: Client, text_of: Text) -> None:
    for unit in (far, ""):
        office.post("/complaints/scope/", {"unit": unit})
    assert "杭州的那一件" in text_of(office.get("/complaints/"))


def test_a_complaint_outside_the_view_still_opens(
    crew: make.Cast, far: str, office: Client, text_of: Text
) -> None:
    done = make.received(crew, title="转来的那一件")
    office.post("/complaints/scope/", {"unit": far})
    assert "转来的那一件" in text_of(office.get(f"/complaints/{done.complaint_id}/"))


def test_nobody_chooses_what_is_not_theirs(crew: make.Cast, far: str, sign: Any, text_of: Text) -> None:
    outlet = sign("xiaochen")
    assert outlet.post("/complaints/scope/", {"unit": far}).status_code == 404
    session = outlet.session
    session["complaints_scope"] = far
    session.save()
    assert "广州的那一件" not in text_of(outlet.get("/complaints/"))


def test_the_way_back_stays_in_the_house(crew: make.Cast, office: Client) -> None:
    response = office.post("/complaints/scope/", {"unit": "", "next": "https://elsewhere.example/"})
    assert response["Location"] == "/"


def test_the_selector_costs_one_statement_a_minute(
    crew: make.Cast, far: str, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    office.get("/")
    with django_assert_max_num_queries(8):
        office.get("/")
    with django_assert_max_num_queries(8):
        office.get("/complaints/")


def test_the_days_report_is_journalled_with_its_scope(crew: make.Cast, far: str, office: Client) -> None:
    office.post("/complaints/scope/", {"unit": far})
    response = office.get("/complaints/daily.xlsx")
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E6%B6%88")
    entry = AuditEntry.objects.filter(tag="complaints:desk:export").get()
    assert "广州分行" in entry.body
