"""Every command over the API: in its stage it goes as specified, and no number breaks it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.complaints.steps_table import expected
from tests.complaints.test_api_access import BODIES, SHAPE
from tests.complaints.test_every_command import BRING, COMMANDS
from tests.factories import complaints as make
from tests.factories.integrations import Program, account, said
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.models import Complaint
from xiaobao.kernel.roles import Role

REMEDIES = ["recheck", "mediation", "arbitration", "litigation"]
WHOLE: dict[str, dict[str, Any]] = {
    "accept": {"duplicates_seen": True},
    "withdraw": {"document": "撤回申请书"},
    "assign": {"unit_code": "33001", "username": "xiaochen", "reason": "就近"},
    "close": {"cause": "披露不足"},
    "reply": {"remedies": REMEDIES},
    "suspend": {"kind": "mediation"},
    "refer": {"number": "监转〔2026〕901号", "given_due_on": "2026-03-09"},
}
HUGE = 10**30
STRANGE: list[tuple[str, dict[str, Any]]] = [
    ("merge", {"into_id": HUGE}),
    ("merge", {"into_id": -HUGE}),
    ("report", {"referral_id": HUGE}),
    ("investigate", {"evidence": [HUGE]}),
    ("investigate", {"evidence": [-1, 0]}),
    ("deliver", {"evidence": [HUGE]}),
    ("propose", {"redress": "refund", "redress_fen": HUGE}),
    ("propose", {"redress_fen": -1}),
    ("accept", {"version": HUGE}),
    ("correct", {"changes": {"amount_fen": HUGE, "currency": "CNY"}}),
    ("correct", {"changes": {"received_at": 5}}),
    ("correct", {"changes": {"received_at": None}}),
    ("correct", {"changes": {"counterpart": ["x"]}}),
    ("correct", {"changes": {"facts": {"a": 1}}}),
    ("correct", {"changes": {"title": "新\u0000"}}),
    ("meet", {"persons": HUGE}),
    ("assign", {"assisting": ["nowhere"], "unit_code": "33001"}),
    ("accept", {"at": "0001-01-01T00:00:00+00:00"}),
    ("accept", {"at": "9999-12-31T23:59:59+00:00"}),
    ("withdraw", {"requested_on": "9999-12-31", "document": "申请"}),
    ("recheck", {"applied_on": "0001-01-01"}),
]


@pytest.fixture
def program(crew: make.Cast) -> Program:
    """A program of the bank's management, with every post a program may be given."""
    return Program(account(crew.office, Role.OFFICER, Role.LEADER, Role.EXECUTIVE))


def _body(crew: make.Cast, done: Any, command: str) -> dict[str, Any]:
    body = {**BODIES.get(command, {}), **WHOLE.get(command, {})}
    if command == Command.MERGE:
        body["into_id"] = make.received(crew).complaint_id
    if command == Command.REPORT:
        body["referral_id"] = make.seen(crew, done).referrals[0]["id"]
    return body


@pytest.mark.parametrize("command", COMMANDS)
def test_a_whole_body_moves_the_complaint_as_the_specification_says(
    crew: make.Cast, program: Program, command: Command
) -> None:
    before = BRING.get(command, make.handling)(crew)
    body = _body(crew, before, command)
    body.pop("duplicates_seen", None)
    response = program.post(
        f"/complaints/{before.complaint_id}/{command}", {**body, "version": before.version}
    )
    told = said(response)
    assert response.status_code == 200, told
    assert (told["stage"], told["version"]) == (expected()[command, before.stage], before.version + 1)
    entry = AuditEntry.objects.get(tag=f"complaints:complaint:{command}", object_id=str(before.complaint_id))
    assert entry.actor_name == "客服平台"


@pytest.mark.parametrize(("command", "change"), STRANGE, ids=lambda one: str(one)[:40])
def test_a_value_nobody_would_send_is_refused_in_the_one_shape_and_changes_nothing(
    crew: make.Cast, program: Program, command: str, change: dict[str, Any]
) -> None:
    done = BRING.get(Command(command), make.handling)(crew)
    before = Complaint.objects.values().get(pk=done.complaint_id)
    body = {**BODIES.get(command, {}), **WHOLE.get(command, {}), **change}
    body.pop("duplicates_seen", None)
    response = program.post(f"/complaints/{done.complaint_id}/{command}", body)
    assert 400 <= response.status_code < 500, response.content.decode()
    assert set(said(response)) == SHAPE
    assert Complaint.objects.values().get(pk=done.complaint_id) == before


@pytest.mark.parametrize("number", [HUGE, 2**63, 2**63 - 1, 0])
def test_an_id_no_table_can_hold_is_not_there(crew: make.Cast, program: Program, number: int) -> None:
    assert program.get(f"/complaints/{number}").status_code == 404
    assert program.post(f"/complaints/{number}/accept", key="a").status_code == 404
    bulk = program.post("/complaints/bulk", {"command": "accept", "ids": [number]}, key="b")
    assert bulk.status_code in {200, 400}
    assert bulk.status_code == 400 or said(bulk)["done"] == []
