"""A command is one transaction: when journal, outbox or timeline cannot be written, nothing is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from tests.complaints.test_every_command import ARGUMENTS, BRING, COMMANDS, WHO
from tests.factories import complaints as make
from xiaobao.base.audit import services as audit
from xiaobao.base.events import services as outbox
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Command, RedressKind
from xiaobao.kernel.errors import XiaobaoError

ROOMS = ("complaints", "audit", "events", "search", "evidence", "inbox")


class BrokenError(Exception):
    """What a full disk looks like from here."""


def _everything() -> dict[str, list[Any]]:
    """Every row of every table a command could touch."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
    }


def _ready(crew: make.Cast, command: Command) -> tuple[int, dict[str, Any]]:
    done = BRING.get(command, make.handling)(crew)
    changes = dict(ARGUMENTS[command])
    if command is Command.MERGE:
        changes["into_id"] = make.received(crew, referral=make.letter()).complaint_id
    if command is Command.REPORT:
        changes["referral_id"] = make.seen(crew, done).referrals[0]["id"]
    return done.complaint_id, changes


def _send(crew: make.Cast, command: Command, pk: int, changes: dict[str, Any]) -> Any:
    actor = crew.actor(WHO.get(command, "xiaomin"))
    return getattr(services, f"complaint_{command}")(actor=actor, complaint_id=pk, **changes)


@pytest.mark.parametrize("command", COMMANDS)
def test_without_its_entry_in_the_journal_a_command_did_not_happen(
    crew: make.Cast, monkeypatch: pytest.MonkeyPatch, command: Command
) -> None:
    pk, changes = _ready(crew, command)
    before = _everything()

    def full(**facts: Any) -> None:
        raise BrokenError

    monkeypatch.setattr(audit, "record", full)
    with pytest.raises(BrokenError):
        _send(crew, command, pk, changes)
    assert _everything() == before
    monkeypatch.undo()
    _send(crew, command, pk, changes)
    assert _everything() != before


def test_a_registration_the_outbox_cannot_tell_of_leaves_no_number_behind(
    crew: make.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everything()

    def full(**facts: Any) -> None:
        raise BrokenError

    monkeypatch.setattr(outbox, "publish", full)
    with pytest.raises(BrokenError):
        make.received(crew)
    monkeypatch.undo()
    assert _everything() == before
    assert make.received(crew).no == "TS20260302-0001"


LACKS: dict[str, tuple[Callable[[make.Cast], Any], Command, dict[str, Any]]] = {
    "decline without notice": (make.received, Command.DECLINE, {"notice": " "}),
    "withdraw without proof": (make.handling, Command.WITHDRAW, {"document": ""}),
    "withdraw in the future": (make.handling, Command.WITHDRAW, {"requested_on": make.on("2026-03-03")}),
    "withdraw before receipt": (make.handling, Command.WITHDRAW, {"requested_on": make.on("2026-03-01")}),
    "investigate with nothing": (make.handling, Command.INVESTIGATE, {"none_because": ""}),
    "investigate with another's file": (make.handling, Command.INVESTIGATE, {"evidence": (999,)}),
    "propose uncoded": (make.handling, Command.PROPOSE, {}),
    "propose a negative": (make.coded, Command.PROPOSE, {"ruling": make.ruling(redress_fen=-1)}),
    "propose without grounds": (make.coded, Command.PROPOSE, {"ruling": make.ruling(legal_basis=" ")}),
    "reply without a remedy": (make.approved, Command.REPLY, {"answer": make.answer(remedies=frozenset())}),
    "reply before approval": (make.pending, Command.REPLY, {}),
    "deliver tomorrow": (make.replied, Command.DELIVER, {"told_on": make.on("2026-03-03")}),
    "deliver before the reply": (make.replied, Command.DELIVER, {"told_on": make.on("2026-03-01")}),
    "deliver without proof": (make.replied, Command.DELIVER, {"proof": " "}),
    "close undelivered": (make.replied, Command.CLOSE, {}),
    "close without a cause": (make.delivered, Command.CLOSE, {"cause": ""}),
    "close with money owed": (
        lambda crew: make.delivered(crew, make.ruling(redress=RedressKind.REFUND, redress_fen=500)),
        Command.CLOSE,
        {},
    ),
    "close with a letter unanswered": (
        lambda crew: make.delivered(crew, referral=make.letter()),
        Command.CLOSE,
        {},
    ),
    "reopen on nothing new": (make.closed, Command.REOPEN, {"new_facts": " "}),
    "reopen from the future": (make.closed, Command.REOPEN, {"received_on": make.on("2026-03-03")}),
    "recheck before receipt": (make.closed, Command.RECHECK, {"applied_on": make.on("2026-03-01")}),
    "grant what nobody asked": (make.handling, Command.GRANT, {}),
    "notify what nobody granted": (make.handling, Command.NOTIFY, {}),
    "resume what was not paused": (make.handling, Command.RESUME, {}),
    "report a letter nobody sent": (make.handling, Command.REPORT, {"referral_id": 7}),
    "refer without a number": (make.handling, Command.REFER, {"letter": make.letter(number=" ")}),
    "merge into what is not there": (make.received, Command.MERGE, {"into_id": 999}),
}


@pytest.mark.parametrize("case", LACKS)
def test_a_refusal_writes_nothing_anywhere(crew: make.Cast, case: str) -> None:
    bring, command, lack = LACKS[case]
    pk = bring(crew).complaint_id
    before = _everything()
    with pytest.raises(XiaobaoError) as caught:
        _send(crew, command, pk, {**ARGUMENTS[command], **lack})
    assert caught.value.status in {400, 404, 409, 422}
    assert _everything() == before
