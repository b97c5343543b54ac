"""The complaint's page: masked, explained, with its conditions; and the look in clear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints import selectors

Text = Callable[..., str]


def test_shows_facts_clock_conditions_and_timeline(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.handling(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    assert "为什么是这一天" in body
    assert "2026-03-17" in body
    assert "《投诉办法》" in body
    assert "6 项条件已满足" in body
    assert body.index("分派") < body.index("接收登记")


def test_parties_are_masked(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    assert "138****1234" in body
    assert "13800001234" not in body


def test_steps_out_of_reach_are_not_offered(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.handling(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    assert f"/complaints/{done.complaint_id}/suspend/" in body
    assert f"/complaints/{done.complaint_id}/resume/" not in body
    assert f"/complaints/{done.complaint_id}/report/" not in body


def test_a_complaint_older_than_the_rule_shows_the_banks_own_count(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    done = make.received(crew, received_at=datetime(2020, 1, 9, 1, tzinfo=UTC))
    assert "本行口径" in text_of(office.get(f"/complaints/{done.complaint_id}/"))


def test_costs_at_most_eight_statements(
    crew: make.Cast, office: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    done = make.closed(crew)
    office.get("/complaints/")
    with django_assert_max_num_queries(8):
        office.get(f"/complaints/{done.complaint_id}/")


def test_a_sibling_is_told_it_is_not_there(
    crew: make.Cast, sign: Callable[[str], Client], text_of: Text
) -> None:
    done = make.received(crew)
    for path in ("", "clock/", "accept/", "assign/"):
        text_of(sign("stranger").get(f"/complaints/{done.complaint_id}/{path}"), 404)


def party_of(crew: make.Cast, complaint_id: int) -> int:
    case = selectors.complaint_get(actor=crew.actor("xiaomin"), complaint_id=complaint_id)
    return int(case.parties[0]["id"])


def test_clear_values_want_a_reason_and_leave_a_trace(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.received(crew)
    path = f"/complaints/{done.complaint_id}/parties/{party_of(crew, done.complaint_id)}/reveal/"
    assert "13800001234" not in text_of(office.post(path, {"reason": ""}), 400)
    before = AuditEntry.objects.count()
    response = office.post(path, {"reason": "核对投诉人联系方式"})
    assert "13800001234" in text_of(response)
    assert "no-store" in response["Cache-Control"]
    assert AuditEntry.objects.count() == before + 1


def test_a_party_of_another_complaint_is_not_there(crew: make.Cast, office: Client, text_of: Text) -> None:
    one, other = make.received(crew), make.received(crew)
    path = f"/complaints/{one.complaint_id}/parties/{party_of(crew, other.complaint_id)}/reveal/"
    text_of(office.get(path), 404)


def test_an_answer_shows_everything_the_law_wants_in_it(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    done = make.delivered(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    answer = body.split("短信答复投诉人")[1].split("经过")[0]
    for words in (
        "违约金条款未加粗提示",
        "退还违约金并致歉",
        "民法典第四百九十六条",
        "核查（2026-04-01 前可向上级机构书面申请）、调解、仲裁、诉讼",
        "您的投诉处理结果如下",
        "2026-03-02 送达 · 短信回执 20260302001",
    ):
        assert words in answer


def test_an_answer_not_yet_delivered_says_so(crew: make.Cast, office: Client, text_of: Text) -> None:
    done = make.replied(crew)
    assert "还没有登记送达" in text_of(office.get(f"/complaints/{done.complaint_id}/"))


def test_what_is_printed_names_who_printed_it_and_when(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    done = make.received(crew)
    body = text_of(office.get(f"/complaints/{done.complaint_id}/"))
    assert "打印人 林晓敏" in body
    assert "2026-03-02 10:00" in body.split("打印人")[1][:120]
