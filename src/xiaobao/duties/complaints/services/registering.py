"""What becomes of a registered complaint: taken up, refused, passed on, withdrawn, merged, corrected."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xiaobao.base.people import selectors as people
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.facts import recused
from xiaobao.duties.complaints.domain.masking import restored
from xiaobao.duties.complaints.domain.values import (
    HOW,
    OPEN_STAGES,
    Body,
    ClockEventKind,
    Command,
    Done,
    How,
    Stage,
)
from xiaobao.duties.complaints.models import Referral
from xiaobao.duties.complaints.selectors.scope import complaint_row
from xiaobao.duties.complaints.services.clocks import clock_append
from xiaobao.duties.complaints.services.indexing import index
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput
from xiaobao.kernel.identity import Actor

CORRECTABLE: dict[str, str] = {
    "received_at": "收到时间",
    "title": "投诉事项",
    "facts": "投诉事实",
    "request": "投诉请求",
    "product": "产品或服务",
    "amount_fen": "涉及金额",
    "currency": "币种",
    "anonymous_reason": "未提供身份的原因",
    "counterpart": "被投诉人员",
    "duplicates_seen": "已看过疑似重复",
}


def complaint_accept(
    *, actor: Actor, complaint_id: int, duplicates_seen: bool | None = None, how: How = HOW
) -> Done:
    """The complaint, taken up. `duplicates_seen` True: the actor has looked at the likely duplicates.

    Publishes `complaints.Accepted`.
    """

    def change(work: Work) -> None:
        if duplicates_seen:
            work.row.duplicates_seen = True
        work.say = "受理投诉"

    claims = {"duplicates_seen": True} if duplicates_seen else {}
    move = Step(Command.ACCEPT, change, claims)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_decline(*, actor: Actor, complaint_id: int, reason: str, notice: str, how: How = HOW) -> Done:
    """The complaint, not dealt with; the filer is told why by `notice` (CMP-011). The clock ends."""

    def change(work: Work) -> None:
        work.say = f"不予办理：{reason}"
        work.detail = {"reason": reason, "notice": notice}
        _finish(work)

    move = Step(Command.DECLINE, change, _told(reason, notice), reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_transfer(
    *, actor: Actor, complaint_id: int, target: str, reason: str, notice: str, how: How = HOW
) -> Done:
    """The complaint, handed to another body (`target`); the complainant is told by `notice`."""

    def change(work: Work) -> None:
        work.say = f"转出至{target}：{reason}"
        work.detail = {"target": target, "reason": reason, "notice": notice}
        _finish(work)

    move = Step(Command.TRANSFER, change, _told(reason, notice), reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_withdraw(
    *,
    actor: Actor,
    complaint_id: int,
    requested_on: date,
    reason: str = "",
    document: str = "",
    how: How = HOW,
) -> Done:
    """The complaint, withdrawn: the procedure ends on the day the request arrived (CMP-010, 第十五条).

    `document` names the paper or recording of the request. Raises: RuleBroken without it, and
    while a regulator still waits for its report.
    """

    def change(work: Work) -> None:
        _check_day(work, requested_on, "requested_on")
        work.say = f"投诉人于 {requested_on.isoformat()} 撤回投诉"
        work.rules = (*work.rules, "CMP-010")
        work.detail = {"requested_on": requested_on.isoformat(), "reason": reason, "document": document}
        work.tick(
            ClockEventKind.END,
            requested_on,
            rule="CMP-010",
            document=document,
            detail={"withdrawn": True},
        )
        work.row.closed_at = work.now

    move = Step(Command.WITHDRAW, change, {"withdrawal_proved": bool(document.strip())}, reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_merge(*, actor: Actor, complaint_id: int, into_id: int, reason: str, how: How = HOW) -> Done:
    """The complaint, linked to the one it repeats: both keep number and clock, the facts are kept once.

    Referrals stay where they are and show on both (their report is owed under the other number).
    Raises: NotFound when the target is not theirs, IllegalStep when it is finished.
    """

    def change(work: Work) -> None:
        target = complaint_row(actor, into_id, lock=True)
        if target.pk == work.row.pk:
            raise InvalidInput("complaint.merge.self", field="into_id")
        if Stage(target.stage) not in OPEN_STAGES:
            raise IllegalStep("complaint.merge.closed", no=target.no, stage=Stage.label_of(target.stage))
        work.row.merged_into = target
        work.row.closed_at = work.now
        work.say = f"并入 {target.no}：{reason}"
        work.detail = {"into": target.no, "into_id": target.pk, "reason": reason}
        work.rules = (*work.rules, "CMP-009")
        _carry_referrals(work, target)

    move = Step(Command.MERGE, change, {"has_reason": bool(reason.strip())}, reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _carry_referrals(work: Work, target: Any) -> None:
    """A regulator's letter of the copy binds the case that goes on: its date and its report."""
    letters = Referral.objects.filter(complaint=work.row)
    details = [
        {"due_on": one.given_due_on.isoformat(), "number": one.number, "body": Body.label_of(one.body)}
        for one in letters
        if one.given_due_on
    ]
    if letters.update(complaint=target):
        target.is_regulator = True
        target.save(update_fields=["is_regulator"])
        clock_append(actor=work.actor, row=target, kind=ClockEventKind.GIVEN, details=details)


def complaint_correct(
    *, actor: Actor, complaint_id: int, changes: Mapping[str, Any], reason: str, how: How = HOW
) -> Done:
    """The complaint with corrected data (`CORRECTABLE`); a corrected receipt re-derives the clock.

    Values as in `Intake`: `received_at` aware, `amount_fen` int or None, `counterpart` a username.
    Old and new values stand in the timeline. Raises: InvalidInput for a field that must not be
    corrected or a value that cannot be.
    """
    unknown = sorted(set(changes) - set(CORRECTABLE))
    if unknown or not changes:
        allowed = "、".join(CORRECTABLE.values())
        raise InvalidInput("complaint.correct.field", field=(unknown or ["changes"])[0], allowed=allowed)

    def change(work: Work) -> None:
        work.detail = {"reason": reason, "fields": [CORRECTABLE[name] for name in changes]}
        for name, value in changes.items():
            _correct(work, name, value)
        gate.check_amount(work.row.amount_fen, work.row.currency)
        index(work.row)
        work.say = f"更正{'、'.join(CORRECTABLE[name] for name in changes)}：{reason}"

    move = Step(Command.CORRECT, change, {"has_reason": bool(reason.strip())}, reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _correct(work: Work, name: str, value: Any) -> None:
    """Set one corrected column; a masked number left as it was shown stays the number it was."""
    row = work.row
    if name == "received_at" and isinstance(value, str | datetime):
        _correct_received(work, gate.moment(value, field=name) if isinstance(value, str) else value)
    elif (
        name == "received_at"
        or not isinstance(value, _KINDS.get(name, str))
        or (name == "amount_fen" and value is True)
    ):
        raise InvalidInput("complaint.correct.value", field=name, label=CORRECTABLE[name])
    elif name == "counterpart":
        _correct_counterpart(work, value)
    elif name in gate.LIMITS:
        setattr(row, name, gate.clean(restored(value, getattr(row, name)), name))
    else:
        setattr(row, name, value)


_KINDS: dict[str, Any] = {"amount_fen": int | None, "duplicates_seen": bool}


def _correct_received(work: Work, value: datetime) -> None:
    row = work.row
    gate.check_received(value, row.entered_at)
    before, row.received_at = row.received_at, value
    row.received_on = ports.local(value).date()
    work.detail["received_at"] = [before.isoformat(), value.isoformat()]
    work.tick(
        ClockEventKind.CORRECT,
        row.received_on,
        rule="CMP-002",
        reason=str(work.detail["reason"]),
        detail={"before": before.isoformat()},
    )


def _correct_counterpart(work: Work, username: str) -> None:
    found = people.users_in(work.row.org_path[:5]).filter(username=username).first()
    if username and found is None:
        raise InvalidInput("complaint.counterpart.unknown", field="counterpart", username=username)
    work.row.counterpart = found
    if (
        found
        and work.row.handler_id
        and recused(work.case, unit_path=work.row.handling_path, handler_id=found.pk)
    ):
        work.rules = (*work.rules, "CMP-015")


def complaint_archive(
    *, actor: Actor, complaint_id: int, replied_at: datetime | None, reply: str, how: How = HOW
) -> Done:
    """An imported complaint that another system finished: kept as history, never called closed.

    Only for the system's own actor, only for complaints with a source. `replied_at` and `reply`
    are what the source says; lateness is counted from them, see `selectors.source_delays`.
    """

    def change(work: Work) -> None:
        if replied_at is not None and replied_at < work.row.received_at:
            raise InvalidInput(
                "complaint.told.early", field="replied_at", told=replied_at, sent=work.row.received_at
            )
        work.row.source_replied_at = replied_at
        work.row.source_reply = gate.clean(reply, "facts")
        work.row.closed_at = replied_at or work.now
        work.say = "归入历史记录（来源系统已办结）"

    move = Step(Command.ARCHIVE, change, paper="来源系统的记录")
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _told(reason: str, notice: str) -> dict[str, bool]:
    """The claims of a command that lets the filer go: a reason, and a notice of it."""
    return {"has_reason": bool(reason.strip()), "notice_prepared": bool(notice.strip())}


def _finish(work: Work) -> None:
    work.row.closed_at = work.now
    work.tick(ClockEventKind.END, work.on, reason=work.say[:1000])


def _check_day(work: Work, day: date, field: str) -> None:
    if day > work.today:
        raise InvalidInput("complaint.at.future", field=field, at=day)
    if day < work.row.received_on:
        raise InvalidInput("complaint.at.early", field=field, at=day)
