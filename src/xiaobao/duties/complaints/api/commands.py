"""One POST a command: the body becomes the service's arguments, the service decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from xiaobao.base.integrations.api import COMMANDS, WRITE, once
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.api import answers, bodies
from xiaobao.duties.complaints.api.gate import KEYED, REFUSALS, actor_of, command_of, router
from xiaobao.duties.complaints.domain.values import (
    Answer,
    AssignOrder,
    Codes,
    Command,
    How,
    MajorFinding,
    Meeting,
    PauseOrder,
    ReferralLetter,
    Ruling,
)


def _plain(told: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}


def _as(name: str, kind: Callable[..., Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda told: {name: kind(**_plain(told))}


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    return {"answer": Answer(**{**told, "remedies": frozenset(told["remedies"])})}


@dataclass(frozen=True, slots=True)
class Offer:
    """A command over HTTP: its body and how the body becomes arguments."""

    command: Command
    body: type[bodies.HowIn]
    arguments: Callable[[dict[str, Any]], dict[str, Any]] = _plain


OFFERS: tuple[Offer, ...] = (
    Offer(Command.ACCEPT, bodies.HowIn),
    Offer(Command.DECLINE, bodies.DeclineIn),
    Offer(Command.TRANSFER, bodies.TransferIn),
    Offer(Command.WITHDRAW, bodies.WithdrawIn),
    Offer(Command.MERGE, bodies.MergeIn),
    Offer(Command.CORRECT, bodies.CorrectIn),
    Offer(Command.ASSIGN, bodies.AssignIn, _as("order", AssignOrder)),
    Offer(Command.INVESTIGATE, bodies.InvestigateIn),
    Offer(Command.CODE, bodies.CodeIn, _as("codes", Codes)),
    Offer(Command.PROPOSE, bodies.ProposeIn, _as("ruling", Ruling)),
    Offer(Command.APPROVE, bodies.OpinionIn),
    Offer(Command.RETURN, bodies.OpinionIn),
    Offer(Command.REPLY, bodies.ReplyIn, _answer),
    Offer(Command.DELIVER, bodies.DeliverIn),
    Offer(Command.CLOSE, bodies.CloseIn),
    Offer(Command.REOPEN, bodies.NewFactsIn),
    Offer(Command.RECHECK, bodies.RecheckIn),
    Offer(Command.CONCLUDE, bodies.ConcludeIn),
    Offer(Command.EXTEND, bodies.ExtendIn),
    Offer(Command.GRANT, bodies.OpinionIn),
    Offer(Command.DENY, bodies.OpinionIn),
    Offer(Command.NOTIFY, bodies.NotifyIn),
    Offer(Command.SUSPEND, bodies.SuspendIn, _as("order", PauseOrder)),
    Offer(Command.RESUME, bodies.ResumeIn),
    Offer(Command.RESTART, bodies.NewFactsIn),
    Offer(Command.REFER, bodies.ReferIn, _as("letter", ReferralLetter)),
    Offer(Command.REPORT, bodies.ReportIn),
    Offer(Command.ASK, bodies.AskIn),
    Offer(Command.MEET, bodies.MeetIn, _as("meeting", Meeting)),
    Offer(Command.MAJOR, bodies.MajorIn, _as("finding", MajorFinding)),
)


@router.post(
    "",
    auth=WRITE,
    response={201: answers.DoneOut, 200: answers.DoneOut, **REFUSALS},
    operation_id="complaint_receive",
    summary="接收登记",
    openapi_extra=KEYED,
)
@once
def receive(request: HttpRequest, body: bodies.ReceiveIn) -> tuple[int, answers.DoneOut]:
    """Register a complaint. 201 new; 200 when the source's number is here with the same words."""
    told = {"persons": [], **body.model_dump(exclude_unset=True)}
    done = services.complaint_receive(actor=actor_of(request), intake=told)
    return (201 if done.created else 200), answers.DoneOut.from_orm(done)


@router.post(
    "/bulk",
    auth=COMMANDS,
    response={200: answers.BulkOut, **REFUSALS},
    operation_id="complaints_bulk",
    summary="批量办理",
    openapi_extra=KEYED,
)
@once
def bulk(request: HttpRequest, body: bodies.BulkIn) -> answers.BulkOut:
    """What can go goes; the rest is listed with what is missing."""
    command = command_of(body.command)
    payload = body.payload.model_dump(exclude_unset=True) if body.payload else {}
    report = services.complaints_bulk(
        actor=actor_of(request), command=command, ids=tuple(body.ids), payload=payload
    )
    return answers.BulkOut.from_orm(report)


def _add(offer: Offer) -> None:
    """One path of the router: POST /{complaint_id}/{command}."""
    service = getattr(services, f"complaint_{offer.command}")

    def run(request: HttpRequest, complaint_id: int, body: Any) -> answers.DoneOut:
        told = body.model_dump(exclude={"version", "at", "paper"})
        done = service(
            actor=actor_of(request),
            complaint_id=complaint_id,
            how=How(version=body.version, at=body.at, paper=body.paper),
            **offer.arguments(told),
        )
        return answers.DoneOut.from_orm(done)

    run.__name__ = f"complaint_{offer.command}"
    run.__annotations__ = {
        "request": HttpRequest,
        "complaint_id": int,
        "body": offer.body,
        "return": answers.DoneOut,
    }
    router.add_api_operation(
        "/{int:complaint_id}/" + offer.command.value,
        ["POST"],
        once(run),
        auth=COMMANDS,
        response={200: answers.DoneOut, **REFUSALS},
        operation_id=f"complaint_{offer.command}",
        summary=offer.command.label,
        openapi_extra=KEYED,
        description=f"{offer.command.label}：条件不满足时 422，列出规则与缺项；请带 Idempotency-Key。",
    )


for _offer in OFFERS:
    _add(_offer)
