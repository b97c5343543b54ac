"""The list: filters, chips, pages, views, export, statements, scope."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.duties.complaints.domain.values import Channel

Text = Callable[..., str]


def test_filters_narrow_and_show_as_chips(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.received(crew, channel=Channel.OUTLET, title="网点来的")
    make.received(crew, channel=Channel.PHONE, title="电话来的")
    body = text_of(office.get("/complaints/?channel=outlet"))
    assert "网点来的" in body
    assert "电话来的" not in body
    assert "来源：网点现场" in body


def test_a_bad_filter_is_a_page_in_chinese(crew: make.Cast, office: Client, text_of: Text) -> None:
    body = text_of(office.get("/complaints/?channel=pigeon"), 400)
    assert "筛选条件" in body


def test_names_are_masked_on_the_list(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.received(crew)
    body = text_of(office.get("/complaints/"))
    assert "王*敏" in body
    assert "王小敏" not in body


def test_fifty_a_page_and_the_way_on(crew: make.Cast, office: Client, text_of: Text) -> None:
    for _ in range(52):
        make.received(crew)
    first = text_of(office.get("/complaints/"))
    assert "本页 50 件，共 52 件" in first
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text_of(office.get(older))
    assert second.count("data-row") == 2
    assert "回到第一页" in second


def test_a_view_is_kept_and_offered(crew: make.Cast, office: Client, text_of: Text) -> None:
    office.post("/complaints/views/", {"name": "网点件", "channel": "outlet"})
    body = text_of(office.get("/complaints/"))
    assert 'href="/complaints/?channel=outlet"' in body
    assert "网点件" in body


def test_a_view_without_a_name_is_refused_in_words(office: Client, text_of: Text) -> None:
    body = text_of(office.post("/complaints/views/", {"name": "", "channel": "outlet"}, follow=True))
    assert "1 至 40 字" in body


def test_the_export_is_masked_and_safe(crew: make.Cast, office: Client) -> None:
    make.received(crew, title='=HYPERLINK("http://evil")')
    response = office.get("/complaints/export.xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert not any(cell.startswith("=") for cell in cells)
    assert "王小敏" not in "".join(cells)


def test_costs_at_most_eight_statements(
    crew: make.Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.received(crew)
    office.get("/complaints/")
    from django.core.cache import cache

    cache.clear()
    with django_assert_max_num_queries(8):
        office.get("/complaints/?q=违约金&channel=phone")


def test_a_sibling_sees_nothing(crew: make.Cast, sign: Callable[[str], Client], text_of: Text) -> None:
    make.received(crew, title="延安支行的事")
    assert "延安支行的事" not in text_of(sign("stranger").get("/complaints/"))


def test_a_view_is_deleted_after_a_question(crew: make.Cast, office: Client, text_of: Text) -> None:
    office.post("/complaints/views/", {"name": "我的逾期", "tab": "overdue"})
    assert "删除视图“我的逾期”？" in text_of(office.get("/complaints/"))
    office.post("/complaints/views/", {"drop": "我的逾期"})
    body = text_of(office.get("/complaints/"))
    assert "视图“我的逾期”已删除" in body
    assert "删除视图“我的逾期”？" not in body
