"""Many complaints at once, each through the same transition: what can go goes, the rest is listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xiaobao.base.refusals import sentence_of
from xiaobao.duties.complaints.domain.bulk import LIMIT, BulkLine
from xiaobao.duties.complaints.domain.rows import BulkRefusal, BulkReport
from xiaobao.duties.complaints.domain.values import HOW, AssignOrder, Codes, Command, Done
from xiaobao.duties.complaints.selectors.bulk import bulk_outlook
from xiaobao.duties.complaints.services import answering, deciding, handling, registering, timing
from xiaobao.duties.complaints.services.stepping import require
from xiaobao.kernel.errors import InvalidInput, XiaobaoError
from xiaobao.kernel.identity import Actor


def _accept(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    return registering.complaint_accept(actor=actor, complaint_id=pk, how=payload.get("how", HOW))


def _assign(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    order = payload.get("order") or AssignOrder(
        unit_code=str(payload.get("unit_code", "")),
        username=str(payload.get("username", "")),
        reason=str(payload.get("reason", "")),
    )
    return handling.complaint_assign(actor=actor, complaint_id=pk, order=order)


def _code(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    codes = payload.get("codes") or Codes(
        str(payload.get("channel_code", "")),
        str(payload.get("business_code", "")),
        str(payload.get("reason_code", "")),
    )
    return handling.complaint_code(actor=actor, complaint_id=pk, codes=codes)


def _close(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    return answering.complaint_close(
        actor=actor,
        complaint_id=pk,
        cause=str(payload.get("cause", "")),
        redress_paid_on=payload.get("redress_paid_on"),
    )


def _approve(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    return deciding.complaint_approve(actor=actor, complaint_id=pk, opinion=str(payload.get("opinion", "")))


def _grant(actor: Actor, pk: int, payload: Mapping[str, Any]) -> Done:
    return timing.complaint_grant(actor=actor, complaint_id=pk, opinion=str(payload.get("opinion", "")))


BULK: dict[Command, Callable[[Actor, int, Mapping[str, Any]], Done]] = {
    Command.ACCEPT: _accept,
    Command.ASSIGN: _assign,
    Command.CODE: _code,
    Command.CLOSE: _close,
    Command.APPROVE: _approve,
    Command.GRANT: _grant,
}
"""Commands that make sense for many at once."""


def complaints_bulk(
    *, actor: Actor, command: Command, ids: Sequence[int], payload: Mapping[str, Any] | None = None
) -> BulkReport:
    """What went and what stayed, each with what it lacks. Every case is a transaction of its own.

    `payload` holds the arguments of the single command by name. Raises: NotAllowed for the
    post; InvalidInput for a command that is not for many (`BULK`), or more than 500 ids.
    """
    service = BULK.get(command)
    if service is None:
        raise InvalidInput("complaint.bulk.command", field="command", command=command.label)
    if len(ids) > LIMIT:
        raise InvalidInput("complaint.bulk.size", field="ids", limit=LIMIT, size=len(ids))
    require(actor, command)
    done: list[int] = []
    failed: dict[int, XiaobaoError] = {}
    for pk in dict.fromkeys(ids):
        try:
            service(actor, pk, payload or {})
            done.append(pk)
        except XiaobaoError as error:
            failed[pk] = error
    return BulkReport(command, tuple(done), tuple(_refusals(actor, command, failed)))


def _refusals(actor: Actor, command: Command, failed: Mapping[int, XiaobaoError]) -> list[BulkRefusal]:
    """What stayed, where it stands now, and the command's own reason for each."""
    if not failed:
        return []
    lines = {line.id: line for line in bulk_outlook(actor=actor, command=command, ids=tuple(failed)).lines}
    return [_refusal(pk, lines.get(pk), error) for pk, error in failed.items()]


def _refusal(pk: int, line: BulkLine | None, error: XiaobaoError) -> BulkRefusal:
    """In the words of the refusal; a wrong stage is a condition like any other, with the step that comes first."""
    reason = sentence_of(error) or error.code
    missing = tuple(error.facts.get("items", ()))
    if line is None:
        return BulkRefusal(pk, "", reason, missing)
    if error.code == "complaint.step" and line.missing:
        missing, reason = line.missing, line.missing[0].missing
    return BulkRefusal(pk, line.no, reason, missing, line.state)
