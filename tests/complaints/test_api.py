"""The JSON API: lists, single complaints and commands, each as the pages have them."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.duties.complaints.api.commands import OFFERS
from xiaobao.duties.complaints.api.reads import FilterIn
from xiaobao.duties.complaints.domain.access import ACCESS
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import Command, Stage
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.roles import Role

SHAPE = {"code", "message", "field", "rule", "source", "retryable", "faults"}
BODY = {
    "channel": "phone",
    "received_at": "2026-03-02T09:30:00+08:00",
    "org_code": "33001",
    "title": "多收年费",
    "facts": "客户来电称被多收年费，要求退还。",
    "persons": [{"name": "王小敏", "phone": "13800001234"}],
    "amount": "120.50",
    "currency": "CNY",
}


@pytest.fixture
def program(crew: make.Cast) -> Program:
    """The office's own platform: registers, reads and works for the whole bank."""
    return Program(account(crew.office, Role.OFFICER, Role.HANDLER))


def test_registering_answers_number_and_due_day(program: Program) -> None:
    response = program.post("/complaints", BODY)
    assert response.status_code == 201
    told = said(response)
    assert told["no"].startswith("TS20260302-")
    assert (told["due_on"], told["stage"], told["created"]) == ("2026-03-17", "registered", True)
    row = Complaint.objects.get(pk=told["complaint_id"])
    assert (row.amount_fen, row.complainant) == (12050, "王*敏")


def test_an_unknown_code_names_the_known_ones_in_chinese_punctuation(program: Program) -> None:
    told = said(program.get("/complaints", tab="half"))
    assert told["field"].endswith("tab")
    assert "open、mine、" in told["message"]
    assert " or " not in told["message"]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({"channel": "pigeon"}, "channel", "outlet、phone、"),
        ({"stage": "half"}, "stage", "draft、registered、"),
        ({"sort": "colour"}, "sort", "due、received、closed"),
        ({"business": "B77"}, "business", "JR/T 0169"),
        ({"reason": "nonsense"}, "reason", "JR/T 0169"),
        ({"limit": "many"}, "limit", "应为整数"),
        ({"due_from": "2026-02-30"}, "due_from", "日历上存在的日期"),
    ],
)
def test_an_unknown_filter_is_refused_instead_of_finding_nothing(
    program: Program, asked: dict[str, str], field: str, words: str
) -> None:
    response = program.get("/complaints", **asked)
    told = said(response)
    assert (response.status_code, told["field"].split(".")[-1]) == (400, field)
    assert words in told["message"]


def test_the_api_narrows_by_everything_the_list_does() -> None:
    renamed = {"org": "scope", "q": "text"}
    offered = {renamed.get(name, name) for name in FilterIn.model_fields}
    assert offered == {one.name for one in fields(ListFilters)} - {"ids"}


def test_waiting_leaves_out_what_was_answered(program: Program, crew: make.Cast) -> None:
    waits, told = make.received(crew), make.delivered(crew)
    ids = [row["id"] for row in said(program.get("/complaints", waiting="true"))["rows"]]
    assert (waits.complaint_id in ids, told.complaint_id in ids) == (True, False)


def test_an_unknown_command_names_the_known_ones(program: Program, crew: make.Cast) -> None:
    done = make.received(crew)
    asked = program.get(f"/complaints/{done.complaint_id}/guards/fly")
    sent = program.post("/complaints/bulk", {"command": "fly", "ids": [done.complaint_id]})
    for response in (asked, sent):
        assert response.status_code == 400
        assert "accept、decline" in said(response)["message"]


def test_the_sources_number_is_taken_once(program: Program) -> None:
    body = BODY | {"source_system": "cti", "source_no": "9001"}
    first, second = program.post("/complaints", body, key="a"), program.post("/complaints", body, key="b")
    assert (first.status_code, second.status_code) == (201, 200)
    assert said(second)["created"] is False
    other = program.post("/complaints", body | {"facts": "另一件事"}, key="c")
    assert other.status_code == 400
    assert said(other)["code"] == "complaint.source.conflict"
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"received_at": "2026-02-30"}, 400, "received_at"),
        ({"received_at": "2026-03-03"}, 400, "received_at"),
        ({"org_code": "99999"}, 400, "org_code"),
        ({"amount": "-1"}, 400, "amount"),
        ({"currency": ""}, 400, "currency"),
        ({"facts": "字" * 100_000}, 400, "facts"),
        ({"facts": "响\x07铃"}, 400, "facts"),
        ({"channel": "pigeon"}, 400, "channel"),
        ({"reason_code": "C77"}, 400, "reason_code"),
        ({"nonsense": 1}, 400, "nonsense"),
        ({"persons": [{"name": "王", "phone": "打我手机"}]}, 400, "phone"),
    ],
)
def test_bad_input_names_the_field_and_frees_the_key(
    program: Program, change: dict[str, Any], status: int, field: str
) -> None:
    response = program.post("/complaints", BODY | change)
    told = said(response)
    assert (response.status_code, told["retryable"]) == (status, False)
    assert set(told) == SHAPE
    assert told["field"].split(".")[-1] == field
    assert any("一" <= sign <= "鿿" for sign in told["message"])
    assert program.post("/complaints", BODY).status_code == 201


def test_the_list_pages_by_cursor_without_gap_or_repeat(program: Program, crew: make.Cast) -> None:
    ids = {make.received(crew).complaint_id for _ in range(7)}
    seen: list[int] = []
    cursor = ""
    while True:
        told = said(program.get("/complaints", limit=3, cursor=cursor))
        seen += [row["id"] for row in told["rows"]]
        cursor = told["next"]
        if not cursor:
            break
    assert sorted(seen) == sorted(ids)


def test_a_complaint_is_answered_masked(program: Program, crew: make.Cast) -> None:
    done = make.received(crew)
    for path in (f"/complaints/{done.complaint_id}", f"/complaints/by-no/{done.no}"):
        response = program.get(path)
        assert response.status_code == 200
        assert said(response)["no"] == done.no
        assert b"13800001234" not in response.content
        assert "王小敏" not in response.content.decode()


def test_search_counts_exactly(program: Program, crew: make.Cast) -> None:
    for _ in range(3):
        make.received(crew)
    make.received(crew, title="征信异议", facts="征信记录有误", request="更正", product="")
    told = said(program.get("/complaints/search", q="征信", limit=1))
    assert (told["total"], len(told["rows"])) == (1, 1)
    assert said(program.get("/complaints/search", q="违约金", limit=2))["total"] == 3


def test_guards_are_told_before_the_command(program: Program, crew: make.Cast) -> None:
    done = make.handling(crew)
    told = said(program.get(f"/complaints/{done.complaint_id}/guards/propose"))
    assert told["command"] == "propose"
    assert 0 < told["met"] < told["total"] == len(told["items"])
    assert all(item["missing"] for item in told["items"] if not item["ok"])
    refused = program.post(
        f"/complaints/{done.complaint_id}/propose",
        {"findings": "查明", "legal_basis": "合同", "liability": "none", "outcome": "说明"},
    )
    assert refused.status_code == 422
    assert said(refused)["rule"]
    assert said(refused)["source"]


def test_a_command_moves_the_complaint_and_leaves_the_programs_name(
    program: Program, crew: make.Cast
) -> None:
    done = make.received(crew)
    response = program.post(f"/complaints/{done.complaint_id}/accept", {"version": done.version})
    assert said(response)["stage"] == "accepted"
    steps = said(program.get(f"/complaints/{done.complaint_id}/timeline"))
    assert (steps[0]["command"], steps[0]["actor"], steps[0]["via"]) == ("accept", "客服平台", "api")


def test_a_stale_version_is_told_what_happened(program: Program, crew: make.Cast) -> None:
    done = make.received(crew)
    program.post(f"/complaints/{done.complaint_id}/accept", {"version": done.version}, key="a")
    response = program.post(f"/complaints/{done.complaint_id}/accept", {"version": done.version}, key="b")
    assert response.status_code == 409
    assert "客服平台" in said(response)["message"]


def test_the_clock_says_why_this_day(program: Program, crew: make.Cast) -> None:
    done = make.received(crew)
    told = said(program.get(f"/complaints/{done.complaint_id}/clock"))
    assert (told["due_on"], told["rule"]) == (done.due_on.isoformat(), "CMP-003")
    assert told["steps"]


def test_bulk_takes_what_can_go_and_lists_the_rest(program: Program, crew: make.Cast) -> None:
    ready = [make.delivered(crew).complaint_id for _ in range(2)]
    lacking = make.replied(crew).complaint_id
    response = program.post(
        "/complaints/bulk",
        {"command": "close", "ids": [*ready, lacking], "payload": {"cause": "披露不足"}},
    )
    told = said(response)
    assert response.status_code == 200
    assert sorted(told["done"]) == sorted(ready)
    assert [one["id"] for one in told["refused"]] == [lacking]
    assert told["refused"][0]["missing"]
    assert Complaint.objects.filter(stage=Stage.CLOSED).count() == 2


def test_duplicates_are_told_with_reasons(program: Program, crew: make.Cast) -> None:
    done = make.received(crew)
    response = program.post("/complaints/duplicates", {"phone": "13800001234"}, key=None)
    assert [one["id"] for one in said(response)] == [done.complaint_id]
    assert said(response)[0]["reasons"]


def test_every_command_of_the_room_is_offered_but_the_importers() -> None:
    offered = {offer.command for offer in OFFERS} | {Command.RECEIVE}
    systems_own = ACCESS[Role.SYSTEM] - frozenset().union(
        *(commands for role, commands in ACCESS.items() if role is not Role.SYSTEM)
    )
    assert Command.ARCHIVE in systems_own
    assert offered == set(Command) - systems_own


def test_an_extension_over_the_api_needs_its_approver(program: Program, crew: make.Cast) -> None:
    done = make.handling(crew)
    path = f"/complaints/{done.complaint_id}"
    asked = program.post(f"{path}/extend", {"to": "complex", "reason": "须调取异地录像"}, key="a")
    assert asked.status_code == 200
    granted = program.post(f"{path}/grant", {"opinion": "同意"}, key="b")
    assert granted.status_code in {403, 422}
