"""Who the API answers, how far a token reaches, and the shape of every refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.integrations.models import IdempotencyKey
from xiaobao.base.integrations.services import token_revoke
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.api.commands import OFFERS
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.identity import system_actor
from xiaobao.kernel.roles import Role

SHAPE = {"code", "message", "field", "rule", "source", "retryable", "faults"}
READS = ("", "/timeline", "/clock", "/guards/accept")


@pytest.fixture
def outlet_program(crew: make.Cast) -> Program:
    """A program of the sibling outlet with every grant."""
    return Program(account(crew.sibling, Role.OFFICER, Role.UNIT_HEAD))


def test_without_a_token_nothing_is_told(crew: make.Cast) -> None:
    done = make.received(crew)
    client = Client()
    for path in ("/complaints", f"/complaints/{done.complaint_id}", "/complaints/search?q=x"):
        response = client.get(f"/api/v1{path}")
        assert response.status_code == 401
        assert set(said(response)) == SHAPE
        assert response["WWW-Authenticate"].startswith("Bearer")


def test_a_session_cookie_is_no_token(crew: make.Cast) -> None:
    client = Client()
    client.force_login(crew.xiaomin, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/v1/complaints").status_code == 401


def test_a_revoked_token_is_nobody(crew: make.Cast, outlet_program: Program) -> None:
    assert outlet_program.get("/complaints").status_code == 200
    token_revoke(actor=system_actor("测试"), token_id=outlet_program.row.pk)
    assert outlet_program.get("/complaints").status_code == 401


@pytest.mark.parametrize(
    ("grants", "allowed"),
    [(("read",), {"get"}), (("write",), {"receive"}), (("commands",), {"accept", "bulk"})],
)
def test_a_token_opens_what_it_was_given(crew: make.Cast, grants: tuple[str, ...], allowed: set[str]) -> None:
    done = make.received(crew)
    program = Program(account(crew.office, Role.OFFICER), *grants)
    answers = {
        "get": program.get("/complaints").status_code,
        "receive": program.post("/complaints", {}, key="r").status_code,
        "accept": program.post(f"/complaints/{done.complaint_id}/accept", {}, key="a").status_code,
        "bulk": program.post("/complaints/bulk", {"command": "accept", "ids": [1]}, key="b").status_code,
    }
    assert {name for name, status in answers.items() if status != 403} == allowed


def test_what_a_program_was_refused_stands_in_the_journal(crew: make.Cast) -> None:
    done = make.received(crew)
    Program(account(crew.office, username="a"), "read").post(f"/complaints/{done.complaint_id}/accept")
    Program(account(crew.office, username="b")).post(f"/complaints/{done.complaint_id}/accept")
    entries = AuditEntry.objects.filter(tag="people:access:refuse").order_by("pk")
    assert [json.loads(entry.body)["after"]["code"] for entry in entries] == [
        "api.grant_needed",
        "complaint.not_allowed",
    ]


def test_a_complaint_of_a_sibling_is_not_there_by_any_path(crew: make.Cast, outlet_program: Program) -> None:
    done = make.received(crew)
    told = [outlet_program.get(f"/complaints/{done.complaint_id}{part}").status_code for part in READS]
    told.append(outlet_program.get(f"/complaints/by-no/{done.no}").status_code)
    assert set(told) == {404}
    assert said(outlet_program.get("/complaints"))["rows"] == []
    assert said(outlet_program.get("/complaints/search", q="违约金"))["total"] == 0


BODIES: dict[str, dict[str, Any]] = {
    "decline": {"reason": "r", "notice": "n"},
    "transfer": {"reason": "r", "notice": "n", "target": "t"},
    "withdraw": {"requested_on": "2026-03-02"},
    "merge": {"into_id": 1, "reason": "r"},
    "correct": {"changes": {"title": "x"}, "reason": "r"},
    "investigate": {"text": "t", "none_because": "n"},
    "code": {"channel_code": "A1.1", "business_code": "B3", "reason_code": "C3"},
    "propose": {"findings": "f", "legal_basis": "l", "liability": "none", "outcome": "o"},
    "approve": {"opinion": "o"},
    "return": {"opinion": "o"},
    "reply": {"facts_found": "f", "grounds": "g", "remedies": ["recheck"], "mode": "sms"},
    "deliver": {"told_on": "2026-03-02", "proof": "p"},
    "reopen": {"new_facts": "n", "received_on": "2026-03-02"},
    "restart": {"new_facts": "n", "received_on": "2026-03-02"},
    "recheck": {"applied_on": "2026-03-02", "request": "r"},
    "conclude": {"outcome": "upheld", "findings": "f", "told_on": "2026-03-02"},
    "extend": {"to": "complex", "reason": "r"},
    "grant": {"opinion": "o"},
    "deny": {"opinion": "o"},
    "notify": {"mode": "sms", "proof": "p"},
    "suspend": {"kind": "appraisal", "from_on": "2026-03-02", "document": "d", "reason": "r"},
    "resume": {"on": "2026-03-02", "reason": "r"},
    "refer": {"body": "nfra", "number": "1"},
    "report": {"referral_id": 1, "text": "t"},
    "ask": {"papers": ["claim"], "reason": "r"},
    "meet": {"met_on": "2026-03-02", "persons": 30, "representatives": 5, "text": "t"},
    "major": {"cause": "accident", "plan": "p"},
}


@pytest.mark.parametrize("command", [offer.command.value for offer in OFFERS])
def test_no_command_reaches_a_sibling(crew: make.Cast, outlet_program: Program, command: str) -> None:
    done = make.received(crew)
    before = Complaint.objects.values().get(pk=done.complaint_id)
    response = outlet_program.post(f"/complaints/{done.complaint_id}/{command}", BODIES.get(command, {}))
    assert response.status_code == 404, response.content.decode()
    assert set(said(response)) == SHAPE
    assert Complaint.objects.values().get(pk=done.complaint_id) == before


@pytest.mark.parametrize("command", [offer.command.value for offer in OFFERS])
def test_every_command_answers_in_the_one_shape(crew: make.Cast, command: str) -> None:
    done = make.received(crew)
    program = Program(account(crew.office, Role.OFFICER, Role.LEADER))
    response = program.post(f"/complaints/{done.complaint_id}/{command}", BODIES.get(command, {}))
    told = said(response)
    assert response.status_code < 500, told
    assert set(told) == SHAPE or told["complaint_id"] == done.complaint_id


def test_a_narrowed_token_sees_its_unit_alone(crew: make.Cast) -> None:
    make.received(crew)
    other = make.received(crew, org_code="33002")
    program = Program(account(crew.branch), org_path=crew.sibling.path)
    assert [row["id"] for row in said(program.get("/complaints"))["rows"]] == [other.complaint_id]
    refused = program.post(
        "/complaints",
        {
            "channel": "phone",
            "received_at": "2026-03-02",
            "org_code": "33001",
            "facts": "越权登记",
            "anonymous_reason": "测试",
        },
    )
    assert (refused.status_code, said(refused)["code"]) == (400, "complaint.org.outside")


def test_a_write_without_a_key_does_nothing(crew: make.Cast, outlet_program: Program) -> None:
    done = make.received(crew, org_code="33002")
    response = outlet_program.post(f"/complaints/{done.complaint_id}/accept", {}, key=None)
    assert (response.status_code, said(response)["code"]) == (400, "api.key_needed")
    assert Complaint.objects.get(pk=done.complaint_id).version == done.version


def test_the_same_key_is_the_same_answer(crew: make.Cast, outlet_program: Program) -> None:
    done = make.received(crew, org_code="33002")
    path = f"/complaints/{done.complaint_id}/accept"
    first, second = outlet_program.post(path), outlet_program.post(path)
    assert (first.status_code, first.content) == (second.status_code, second.content) == (200, first.content)
    assert "Idempotency-Replayed" not in first
    assert second["Idempotency-Replayed"] == "true"
    assert Complaint.objects.get(pk=done.complaint_id).version == done.version + 1


def test_a_refusal_is_the_same_answer_even_when_it_would_pass_now(
    crew: make.Cast, outlet_program: Program
) -> None:
    done = make.received(crew, org_code="33002")
    path = f"/complaints/{done.complaint_id}/close"
    first = outlet_program.post(path, {"cause": "x"})
    services.complaint_accept(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    second = outlet_program.post(path, {"cause": "x"})
    assert first.status_code == 409
    assert first.content == second.content


def test_a_key_used_for_something_else_is_an_error(crew: make.Cast, outlet_program: Program) -> None:
    done = make.received(crew, org_code="33002")
    outlet_program.post(f"/complaints/{done.complaint_id}/accept")
    response = outlet_program.post(f"/complaints/{done.complaint_id}/accept", {"version": 9})
    assert (response.status_code, said(response)["code"]) == (422, "api.key_reused")


def test_a_locked_database_is_503_and_leaves_nothing(
    crew: make.Cast, outlet_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = make.received(crew, org_code="33002")

    def locked(**told: Any) -> Any:
        Complaint.objects.filter(pk=done.complaint_id).update(title="半途")
        raise OperationalError("database is locked")

    monkeypatch.setattr(services, "complaints_bulk", locked)
    response = outlet_program.post("/complaints/bulk", {"command": "accept", "ids": [done.complaint_id]})
    assert (response.status_code, said(response)["retryable"]) == (503, True)
    assert response["Retry-After"]
    assert Complaint.objects.get(pk=done.complaint_id).title != "半途"
    assert not IdempotencyKey.objects.exists()


def test_a_fault_of_ours_tells_no_secret(
    crew: make.Cast, outlet_program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**told: Any) -> Any:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(services, "complaints_bulk", broken)
    response = outlet_program.post("/complaints/bulk", {"command": "accept", "ids": [1]})
    assert (response.status_code, said(response)["code"]) == (500, "api.failed")
    assert b"hunter2" not in response.content


@pytest.mark.parametrize(
    "raw", ["{", "[]", "null", '{"ids": "x"}', "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1")]
)
def test_what_is_no_body_is_400(crew: make.Cast, outlet_program: Program, raw: str) -> None:
    response = outlet_program.post("/complaints/bulk", raw=raw)
    assert response.status_code == 400
    assert set(said(response)) == SHAPE


def test_a_path_that_is_not_there_has_the_one_shape(crew: make.Cast, outlet_program: Program) -> None:
    for response in (outlet_program.get("/nothing"), outlet_program.get("/complaints/999999999")):
        assert response.status_code == 404
        assert set(said(response)) >= SHAPE
    wrong = outlet_program.client.delete("/api/v1/complaints")
    assert (wrong.status_code, set(said(wrong))) == (405, SHAPE)
    assert "GET" in wrong["Allow"]


def test_openapi_is_served_and_the_page_needs_no_script(db: None) -> None:
    client = Client()
    document = said(client.get("/api/v1/openapi.json"))
    assert "/api/v1/complaints/{complaint_id}/close" in document["paths"]
    posts = [one["post"] for path, one in document["paths"].items() if "post" in one and "dupl" not in path]
    assert all(any(p["name"] == "Idempotency-Key" for p in post["parameters"]) for post in posts)
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    assert "complaint_close" in page.content.decode()
    assert "style=" not in page.content.decode()
