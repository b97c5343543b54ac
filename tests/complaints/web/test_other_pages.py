"""Bulk, search, heat map, rules; and what holds for every page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.values import Stage

Text = Callable[..., str]


def test_bulk_does_what_goes_and_lists_the_rest(crew: make.Cast, office: Client, text_of: Text) -> None:
    ready, also, lacking = make.delivered(crew), make.delivered(crew), make.replied(crew)
    ids = [done.complaint_id for done in (ready, also, lacking)]
    asked = text_of(office.post("/complaints/bulk/", {"command": "close", "ids": ids}))
    assert "批量办结：2 件可以办，1 件还不能办" in asked
    assert "确认办结 2 件" in asked
    assert "登记送达日期和送达凭证" in asked
    data = {"command": "close", "ids": ids, "confirmed": "1", "cause": "违约金披露不足"}
    body = text_of(office.post("/complaints/bulk/", data))
    assert "2 件已办结，1 件还不能办" in body
    assert lacking.no in body
    assert "登记送达日期和送达凭证" in body
    assert make.seen(crew, lacking).stage is Stage.REPLIED


def test_many_are_coded_at_once(crew: make.Cast, office: Client, text_of: Text) -> None:
    ids = [make.handling(crew).complaint_id for _ in range(2)]
    assert "批量分类编码：2 件可以办" in text_of(
        office.post("/complaints/bulk/", {"command": "code", "ids": ids})
    )
    given = {"command": "code", "ids": ids, "confirmed": "1", "channel_code": "A1.1", "business_code": "B3"}
    assert "请填写“投诉原因”" in text_of(office.post("/complaints/bulk/", given))
    text_of(office.post("/complaints/bulk/", {**given, "reason_code": "C3"}))
    cases = [selectors.complaint_get(actor=crew.actor("xiaomin"), complaint_id=pk) for pk in ids]
    assert {(case.business_code, case.reason_code) for case in cases} == {("B3", "C3")}


def test_bulk_without_a_choice_says_how_to_choose(crew: make.Cast, office: Client, text_of: Text) -> None:
    assert "请先勾选要办的投诉" in text_of(office.post("/complaints/bulk/", {"command": "accept"}), 400)


def test_bulk_knows_its_commands(crew: make.Cast, office: Client, text_of: Text) -> None:
    text_of(office.post("/complaints/bulk/", {"command": "decline", "ids": [1]}), 400)


@pytest.mark.parametrize(("query", "count"), [("违约金", 2), ("违", 2), ("没有这个词", 0)])
def test_search_counts_exactly_and_marks(
    crew: make.Cast, office: Client, text_of: Text, query: str, count: int
) -> None:
    make.received(crew)
    make.received(crew)
    make.received(crew, title="年费减免", facts="开卡时说明不一致", request="")
    body = text_of(office.get("/search/", {"q": query}))
    assert f"“{query}”共 {count} 件" in body
    assert body.count(f"<mark>{query}</mark>") == count


def test_search_leaves_out_what_the_asker_may_not_see(
    crew: make.Cast, sign: Callable[[str], Client], text_of: Text
) -> None:
    make.received(crew)
    assert "共 0 件" in text_of(sign("stranger").get("/search/", {"q": "违约金"}))


def test_search_costs_at_most_eight_statements(
    crew: make.Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.received(crew)
    office.get("/complaints/")
    with django_assert_max_num_queries(8):
        office.get("/search/", {"q": "违约金"})


def test_the_heat_map_names_rate_and_denominator(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.coded(crew)
    body = text_of(office.get("/complaints/heat/"))
    assert "每百家网点投诉件数" in body
    assert "件，率" in body


def test_a_rule_shows_its_versions_articles_and_confidence(office: Client, text_of: Text) -> None:
    assert "CMP-003" in text_of(office.get("/rules/"))
    body = text_of(office.get("/rules/CMP-003/"))
    assert "《投诉办法》第十八条" in body
    assert "已核原文" in body


def test_an_unknown_rule_is_not_there(office: Client, text_of: Text) -> None:
    text_of(office.get("/rules/XXX-1/"), 404)


PAGES = (
    "/",
    "/complaints/",
    "/complaints/new/",
    "/complaints/heat/",
    "/complaints/notices/",
    "/search/?q=违约金",
    "/rules/",
    "/rules/CMP-005/",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_an_inline_style_or_script(
    crew: make.Cast, office: Client, text_of: Text, path: str
) -> None:
    make.coded(crew)
    body = text_of(office.get(path))
    assert not re.findall(r"<[^>]+\sstyle=", body)
    assert not re.findall(r"<[^>]+\son[a-z]+=", body)
    assert not re.findall(r"<script(?![^>]*\ssrc=)", body)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_frame(crew: make.Cast, office: Client, text_of: Text, path: str) -> None:
    body = text_of(office.get(path))
    assert body.count("<h1>") == 1
    assert '<html lang="zh-CN"' in body
    assert 'href="#main"' in body
    assert 'aria-current="page"' in body
