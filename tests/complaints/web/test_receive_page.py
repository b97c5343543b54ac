"""Registration: beside the field, nothing lost, drafts offered back, duplicates shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors

Text = Callable[..., str]
FORM = {
    "channel": "phone",
    "received_at": "2026-03-02 09:30",
    "org_code": "33001",
    "title": "提前还款被收取违约金",
    "facts": "客户来电，称办理提前还款时被收取违约金，签约时无人告知。",
    "name": "王小敏",
    "phone": "１３８００００１２３４",
    "role": "complainant",
    "draft_key": "k" * 32,
}


def test_registers_and_leads_to_the_complaint(crew: make.Cast, office: Client, text_of: Text) -> None:
    response = office.post("/complaints/new/", FORM, follow=True)
    body = text_of(response)
    assert "已登记为 TS20260302-0001，办理期限至 2026-03-17" in body
    assert "138****1234" in body


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"received_at": "2026-02-30"}, "received_at", "在日历上不存在"),
        ({"received_at": "2026-03-05"}, "received_at", "晚于登记时间"),
        ({"phone": "abc"}, "phone", "不是有效的电话号码"),
        ({"amount": "-5", "currency": "CNY"}, "amount", "“涉及金额”不能为负数"),
        ({"amount": "五百元整", "currency": "CNY"}, "amount", "不是金额"),
        ({"facts": "长" * 40_001}, "facts", ""),
        ({"title": ""}, "title", "请填写“投诉事项”"),
        ({"org_code": "99999"}, "org_code", "请从列表里选择"),
        ({"channel": "pigeon"}, "channel", "请从列表里选择"),
        ({"facts": "有\x07控制字符"}, "facts", ""),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_the_rest(
    crew: make.Cast, office: Client, text_of: Text, change: dict[str, str], field: str, words: str
) -> None:
    body = text_of(office.post("/complaints/new/", {**FORM, **change}), 400)
    summary = body.split('id="errsum"')[1].split("</div>")[0]
    assert f'href="#id_{field}"' in summary
    assert words in summary
    assert f'id="id_{field}_error"' in body
    kept = "phone" if field == "title" else "title"
    assert FORM[kept] in body


def test_the_summary_reads_down_the_page(crew: make.Cast, office: Client, text_of: Text) -> None:
    body = text_of(office.post("/complaints/new/", {"draft_key": "k" * 32}), 400)
    named = re.findall(r'href="#id_(\w+)"', body.split('id="errsum"')[1].split("</div>")[0])
    places = [body.index(f'id="f_{name}"') for name in named]
    assert named[:2] == ["title", "facts"]
    assert places == sorted(places)


def test_a_draft_is_kept_sealed_and_offered_back(crew: make.Cast, office: Client, text_of: Text) -> None:
    aside = text_of(office.post("/complaints/new/draft/", {**FORM, "title": "半截的事项"}))
    assert "已保存" in aside
    page = text_of(office.get("/complaints/new/"))
    assert f'?draft={FORM["draft_key"]}">半截的事项</a>' in page
    again = text_of(office.get(f"/complaints/new/?draft={FORM['draft_key']}"))
    assert 'value="半截的事项"' in again


def test_a_draft_survives_an_expired_login(crew: make.Cast, office: Client, text_of: Text) -> None:
    office.post("/complaints/new/draft/", FORM)
    office.logout()
    refused = office.post("/complaints/new/", FORM, HTTP_REFERER="http://testserver/complaints/new/")
    assert FORM["title"] in text_of(refused, 401)
    elsewhere = office.post("/complaints/new/", FORM)
    assert parse_qs(urlsplit(elsewhere["Location"]).query)["next"] == [f"/?draft={FORM['draft_key']}"]
    assert office.post("/complaints/new/draft/", FORM, HTTP_HX_REQUEST="true").status_code == 401
    office.force_login(crew.xiaomin)
    assert FORM["title"] in text_of(office.get(f"/complaints/new/?draft={FORM['draft_key']}"))


@pytest.mark.parametrize("name", ["hangzhang"])
def test_who_may_not_register_is_told_before_the_form(name: str, sign: Callable[[str], Client]) -> None:
    answer = sign(name).get("/complaints/new/")
    assert answer.status_code == 403
    assert "登记" in answer.content.decode()


def test_nobody_reads_another_ones_draft(
    crew: make.Cast, office: Client, sign: Callable[[str], Client], text_of: Text
) -> None:
    office.post("/complaints/new/draft/", FORM)
    body = text_of(sign("xiaochen").get(f"/complaints/new/?draft={FORM['draft_key']}"))
    assert FORM["title"] not in body


def test_registering_drops_the_draft(crew: make.Cast, office: Client) -> None:
    office.post("/complaints/new/draft/", FORM)
    office.post("/complaints/new/", FORM)
    assert selectors.drafts_of(actor=crew.actor("xiaomin")) == ()


def test_likely_duplicates_come_while_typing(crew: make.Cast, office: Client, text_of: Text) -> None:
    make.received(crew)
    aside = text_of(office.post("/complaints/new/draft/", {"phone": "13800001234", "draft_key": "d" * 32}))
    assert "联系电话相同" in aside
    assert "王小敏" not in aside


def test_a_draft_is_deleted_after_a_question(crew: make.Cast, office: Client, text_of: Text) -> None:
    office.post("/complaints/new/draft/", {"draft_key": "k-drop", "title": "年费"})
    body = text_of(office.get("/complaints/new/"))
    assert 'action="/complaints/new/draft/k-drop/drop/"' in body
    assert "保存的草稿？删除后不能恢复" in body
    office.post("/complaints/new/draft/k-drop/drop/")
    assert "k-drop" not in text_of(office.get("/complaints/new/"))


def test_a_refused_form_is_kept_as_a_draft_too(crew: make.Cast, office: Client, text_of: Text) -> None:
    body = text_of(office.post("/complaints/new/", {**FORM, "phone": "abc"}), 400)
    assert "已保存" in body
    ((key, _, title),) = selectors.drafts_of(actor=crew.actor("xiaomin"))
    assert (key, title) == (FORM["draft_key"], FORM["title"])


def test_a_draft_that_is_gone_is_told(crew: make.Cast, office: Client, text_of: Text) -> None:
    assert "这份草稿不在了" in text_of(office.get("/complaints/new/?draft=gone"))
