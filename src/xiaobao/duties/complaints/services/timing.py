"""Time: extensions asked, answered and told; pauses by rule and document; restart on new facts."""

from __future__ import annotations

from datetime import date

from xiaobao.duties.complaints.domain import approval
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.facts import last
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    HOW,
    PBOC_CHANNELS,
    ClockEventKind,
    Command,
    Complexity,
    Done,
    ExtensionState,
    How,
    NoticeMode,
    PauseKind,
    PauseOrder,
)
from xiaobao.duties.complaints.models import Extension
from xiaobao.duties.complaints.services.answering import check_receipt
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.identity import Actor

N18 = "令2020年第3号第十八条"
RULES = {Complexity.COMPLEX: "CMP-004", Complexity.SPECIAL: "CMP-005"}
FOLLOWS = {Complexity.SIMPLE: Complexity.COMPLEX, Complexity.COMPLEX: Complexity.SPECIAL}


def complaint_extend(*, actor: Actor, complaint_id: int, to: Complexity, reason: str, how: How = HOW) -> Done:
    """The complaint with an extension asked for, inside the old due date (第十八条).

    `to` is the next grade up. Raises: RuleBroken `complaint.extension.late` past the due date,
    with the article; the breach stays on record.
    """

    def check(work: Work) -> None:
        old = _old_due(work)
        if work.today > old:
            raise RuleBroken("CMP-003", "complaint.extension.late", source=N18, due_on=old, field="to")
        if FOLLOWS.get(work.case.complexity) is not to and work.case.complexity is not Complexity.SPECIAL:
            now = work.case.complexity.label
            raise InvalidInput("complaint.extension.order", field="to", now=now, to=to.label)

    def change(work: Work) -> None:
        rule = "CMP-023" if work.case.channel in PBOC_CHANNELS else RULES[to]
        Extension.objects.create(
            complaint=work.row,
            to=to,
            rule=rule,
            reason=gate.clean(reason, "facts"),
            state=ExtensionState.ASKED,
            old_due_on=_old_due(work),
            asked_at=work.at,
            asked_by_id=actor.user_id,
            asked_name=actor.name,
        )
        work.say = f"申请延期（{to.label}）：{reason[:200]}"
        work.detail = {"to": str(to), "reason": reason, "needs": approval.NEEDS[to]}
        work.rules = (*work.rules, rule)

    move = Step(Command.EXTEND, change, {"has_reason": bool(reason.strip())}, check, reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _old_due(work: Work) -> date:
    return work.row.legal_due_on or work.row.due_on


def complaint_grant(*, actor: Actor, complaint_id: int, opinion: str = "", how: How = HOW) -> Done:
    """The complaint with its extension granted; the due date moves only once it is told in time.

    Raises: RuleBroken `complaint.extension.wrong_approver` below the level the article names,
    `complaint.extension.late` past the old due date.
    """

    def check(work: Work) -> None:
        _check_approver(work)

    def change(work: Work) -> None:
        newest = last(work.case.extensions)
        level = approval.extension_level(actor, work.row.org_path)
        Extension.objects.filter(pk=newest["id"]).update(
            state=ExtensionState.GRANTED,
            answered_at=work.at,
            answered_by_id=actor.user_id,
            answered_name=actor.name,
            approver_level=level,
            opinion=opinion,
        )
        work.row.complexity = newest["to"]
        work.tick(
            ClockEventKind.EXTEND,
            work.on,
            rule=newest["rule"],
            reason=newest["reason"][:1000],
            detail={
                "to": newest["to"],
                "approver": level,
                "old_due_on": newest["old_due_on"].isoformat(),
                "extension": newest["id"],
            },
        )
        work.say = f"批准延期（{Complexity.label_of(newest['to'])}），待告知投诉人"
        work.detail = {"to": newest["to"], "level": level, "opinion": opinion}

    move = Step(Command.GRANT, change, check=check, reason=opinion)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _check_approver(work: Work) -> None:
    newest = last(work.case.extensions)
    if newest.get("state") != ExtensionState.ASKED:
        return
    if work.today > newest["old_due_on"]:
        raise RuleBroken(newest["rule"], "complaint.extension.late", source=N18, due_on=newest["old_due_on"])
    to = Complexity(newest["to"])
    level = approval.extension_level(work.actor, work.row.org_path)
    if not approval.may_grant(level, to, is_pboc=work.case.channel in PBOC_CHANNELS):
        raise RuleBroken(
            newest["rule"], "complaint.extension.wrong_approver", source=N18, needs=approval.NEEDS[to]
        )


def complaint_deny(*, actor: Actor, complaint_id: int, opinion: str, how: How = HOW) -> Done:
    """The complaint with its extension refused; the due date stays."""

    def change(work: Work) -> None:
        newest = last(work.case.extensions)
        Extension.objects.filter(pk=newest["id"]).update(
            state=ExtensionState.DENIED,
            answered_at=work.at,
            answered_by_id=actor.user_id,
            answered_name=actor.name,
            opinion=opinion,
        )
        work.say = f"不同意延期：{opinion}"
        work.detail = {"opinion": opinion}

    move = Step(Command.DENY, change, {"has_reason": bool(opinion.strip())}, reason=opinion)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_notify(
    *, actor: Actor, complaint_id: int, mode: NoticeMode, proof: str, how: How = HOW
) -> Done:
    """The complaint with its extension told to the complainant; told late, it does not count.

    `how.at` is the moment of telling (CMP-014). Raises: InvalidInput without a proof.
    """
    if not proof.strip():
        raise InvalidInput("complaint.reason.missing", field="proof", what="告知凭证")

    def change(work: Work) -> None:
        newest = last(work.case.extensions)
        Extension.objects.filter(pk=newest["id"]).update(
            told_at=work.at, told_mode=mode, told_proof=proof.strip()
        )
        work.tick(
            ClockEventKind.TELL,
            work.on,
            rule=newest["rule"],
            document=proof[:200],
            detail={"to": newest["to"]},
        )
        in_time = work.on <= newest["old_due_on"]
        work.say = f"以{mode.label}告知投诉人延期" + ("" if in_time else "（晚于原到期日，不产生延长的期限）")
        work.detail = {"mode": str(mode), "proof": proof, "in_time": in_time}

    move = Step(Command.NOTIFY, change, paper=proof)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_suspend(*, actor: Actor, complaint_id: int, order: PauseOrder, how: How = HOW) -> Done:
    """The complaint with its clock standing still: appraisal told to the complainant (CMP-007), or
    mediation both sides applied for (CMP-008). `order.document` names the paper."""

    def change(work: Work) -> None:
        check_receipt(work, order.from_on)
        rule = "CMP-007" if order.kind is PauseKind.APPRAISAL else "CMP-008"
        told = order.told_on.isoformat() if order.told_on else ""
        work.tick(
            ClockEventKind.SUSPEND,
            order.from_on,
            rule=rule,
            reason=order.reason[:1000],
            document=order.document[:200],
            detail={"pause": str(order.kind), "told_on": told, "body": order.body},
        )
        work.say = f"自 {order.from_on.isoformat()} 暂停计时（{order.kind.label}）：{order.reason[:200]}"
        work.detail = {"kind": str(order.kind), "document": order.document, "told_on": told}
        work.rules = (*work.rules, rule)

    claims = {
        "has_document": bool(order.document.strip()),
        "pause_told": order.kind is PauseKind.MEDIATION or order.told_on is not None,
        "has_reason": bool(order.reason.strip()),
    }
    move = Step(Command.SUSPEND, change, claims, reason=order.reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_resume(
    *,
    actor: Actor,
    complaint_id: int,
    on: date,
    reason: str = "",
    document: str = "",
    how: How = HOW,
) -> Done:
    """The complaint with its clock running again; `on` is the last day that does not count."""

    def change(work: Work) -> None:
        start = [e for e in work.case.clock_events if e["kind"] == ClockEventKind.SUSPEND][-1]["on"]
        if on < start:
            raise InvalidInput("complaint.pause.order", field="on", start=start, end=on)
        check_receipt(work, on)
        work.tick(ClockEventKind.RESUME, on, reason=reason[:1000], document=document[:200])
        work.say = f"恢复计时，{start.isoformat()} 至 {on.isoformat()} 不计入期限"
        work.detail = {"from": start.isoformat(), "to": on.isoformat(), "document": document}

    move = Step(Command.RESUME, change, reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_restart(
    *,
    actor: Actor,
    complaint_id: int,
    new_facts: str,
    received_on: date,
    document: str = "",
    how: How = HOW,
) -> Done:
    """The complaint with its period counted anew from the new material (CMP-009, 第十八条第三款)."""

    def change(work: Work) -> None:
        check_receipt(work, received_on)
        work.tick(
            ClockEventKind.RESTART,
            received_on,
            rule="CMP-009",
            reason=new_facts[:1000],
            document=document[:200],
        )
        work.row.decided_on = None
        work.say = f"收到新的事实和理由，自 {received_on.isoformat()} 重新计算：{new_facts[:200]}"
        work.detail = {"new_facts": new_facts, "document": document}

    def claims(_: Dossier) -> dict[str, bool]:
        return {"has_new_facts": bool(new_facts.strip())}

    move = Step(Command.RESTART, change, claims, reason=new_facts[:200])
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)
