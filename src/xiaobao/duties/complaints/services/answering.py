"""Telling the complainant, closing, and what may follow: new facts, or the superior's recheck."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiaobao.base.audit import services as audit
from xiaobao.base.people import selectors as people
from xiaobao.base.people.values import parent_path
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain import recheck as recheck_rule
from xiaobao.duties.complaints.domain.facts import last
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    HOW,
    Answer,
    ClockEventKind,
    Command,
    Complexity,
    Done,
    ExtensionState,
    How,
    RecheckOutcome,
)
from xiaobao.duties.complaints.models import Decision, Extension, Recheck, Reply
from xiaobao.duties.complaints.services.handling import evidence_rows
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.identity import Actor


def complaint_reply(*, actor: Actor, complaint_id: int, answer: Answer, how: How = HOW) -> Done:
    """The complaint, answered: findings, grounds and all four remedies in it (CMP-012, 第十九条).

    `how.at` is the moment it was handed over, posted, sent or dialled (CMP-014). Raises:
    RuleBroken naming every part the reply lacks.
    """

    def check(work: Work) -> None:
        decided_at = last(work.case.decisions).get("decided_at")
        if decided_at is not None and work.at < decided_at:
            shown_at = ports.local(decided_at).strftime("%Y-%m-%d %H:%M")
            raise InvalidInput("complaint.at.before_approval", field="at", decided=shown_at)

    def change(work: Work) -> None:
        row = work.row
        Reply.objects.create(
            complaint=row,
            facts_found=gate.clean(answer.facts_found, "facts"),
            grounds=gate.clean(answer.grounds, "facts"),
            remedies=sorted(answer.remedies),
            text=gate.clean(answer.text, "facts"),
            mode=answer.mode,
            sent_at=work.at,
            author_name=actor.name,
        )
        row.replied_at = work.at
        work.say = f"以{answer.mode.label}答复投诉人"
        work.detail = {"mode": str(answer.mode), "remedies": sorted(answer.remedies)}
        _lapse(work)

    claims = {
        "reply_facts": bool(answer.facts_found.strip()),
        "reply_grounds": bool(answer.grounds.strip()),
        "remedies": answer.remedies,
    }
    move = Step(Command.REPLY, change, claims, check)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _lapse(work: Work) -> None:
    """End what is still open of an extension, asked or not yet told: its period is over, and no other needs it."""
    for row in work.case.extensions:
        if row["state"] == ExtensionState.ASKED or (
            row["state"] == ExtensionState.GRANTED and row["told_at"] is None
        ):
            Extension.objects.filter(pk=row["id"]).update(state=ExtensionState.LAPSED)
            audit.record(
                actor=work.actor,
                tag="complaints:extension:lapse",
                object_id=str(work.row.pk),
                org_path=work.row.org_path,
                before={"extension": str(row["state"])},
                after={"extension": str(ExtensionState.LAPSED)},
            )
            work.say += "；未办结的延期随之失效"


def complaint_deliver(
    *,
    actor: Actor,
    complaint_id: int,
    told_on: date,
    proof: str = "",
    evidence: Iterable[int] = (),
    how: How = HOW,
) -> Done:
    """The complaint with proof that the reply arrived; in time or late is settled by `told_on`.

    Raises: InvalidInput for a day before the reply or after today; RuleBroken without proof.
    """
    wanted = tuple(evidence)

    def change(work: Work) -> None:
        reply, row = last(work.case.replies), work.row
        sent_on = ports.local(reply["sent_at"]).date()
        if told_on < sent_on:
            raise InvalidInput("complaint.told.early", field="told_on", told=told_on, sent=sent_on)
        if told_on > work.today:
            raise InvalidInput("complaint.told.future", field="told_on", told=told_on)
        files = evidence_rows(work, wanted)
        Reply.objects.filter(pk=reply["id"]).update(told_on=told_on, proof=proof.strip(), evidence=files)
        _settle(work, told_on)
        row.told_on = told_on
        work.say = f"登记送达：{told_on.isoformat()}" + ("（逾期）" if row.was_late else "")
        work.detail = {"told_on": told_on.isoformat(), "proof": proof, "evidence": files}

    claims = {"delivery_proved": bool(proof.strip() or wanted)}
    move = Step(Command.DELIVER, change, claims)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _settle(work: Work, told_on: date) -> None:
    """Met or missed: a breach that is on record stays there."""
    row = work.row
    late = told_on > row.due_on
    if row.was_late is None or (late and not row.was_late):
        row.was_late = late
        kind = ClockEventKind.BREACH if late else ClockEventKind.MEET
        work.tick(kind, told_on, rule=row.due_rule, detail={"due_on": row.due_on.isoformat()})


def complaint_close(
    *,
    actor: Actor,
    complaint_id: int,
    cause: str = "",
    redress_paid_on: date | None = None,
    how: How = HOW,
) -> Done:
    """The complaint, closed: proof, codes, cause, redress and regulators' reports are all there.

    `cause` '' keeps what is on record. Publishes `complaints.Closed` {cause, was_late}.
    """
    facts: dict[str, object] = {}

    def change(work: Work) -> None:
        row = work.row
        row.cause = gate.clean(cause, "cause") or row.cause
        row.closed_at = work.at
        decision = last(work.case.decisions)
        if redress_paid_on is not None and redress_paid_on > work.today:
            raise InvalidInput("complaint.at.future", field="redress_paid_on", at=redress_paid_on)
        if redress_paid_on is not None and decision:
            Decision.objects.filter(pk=decision["id"]).update(redress_paid_on=redress_paid_on)
        facts.update(cause=shown(row.cause), was_late=bool(row.was_late), reason_code=row.reason_code)
        work.say = "办结" + ("（逾期）" if row.was_late else "（期限内）")
        work.detail = {"cause": row.cause}
        work.rules = (*work.rules, "CMP-025")

    def claims(case: Dossier) -> dict[str, bool]:
        found: dict[str, bool] = {"has_cause": bool(cause.strip() or case.cause)}
        return found | ({"redress_settled": True} if redress_paid_on is not None else {})

    move = Step(Command.CLOSE, change, claims, facts=facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_reopen(
    *,
    actor: Actor,
    complaint_id: int,
    new_facts: str,
    received_on: date,
    document: str = "",
    how: How = HOW,
) -> Done:
    """The complaint, in handling again because of new facts: a new period from their receipt (CMP-009)."""

    def change(work: Work) -> None:
        row = work.row
        check_receipt(work, received_on)
        work.tick(
            ClockEventKind.START, received_on, rule="CMP-009", reason=new_facts[:1000], document=document
        )
        row.complexity = Complexity.SIMPLE
        row.closed_at = row.replied_at = row.told_on = row.decided_on = row.was_late = None
        work.say = f"因新的事实和理由重新办理：{new_facts[:200]}"
        work.detail = {"new_facts": new_facts, "received_on": received_on.isoformat()}
        _lapse(work)

    move = Step(Command.REOPEN, change, {"has_new_facts": bool(new_facts.strip())})
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def check_receipt(work: Work, received_on: date) -> None:
    """Nothing when new material can have come that day. Raises: InvalidInput."""
    if received_on > work.today:
        raise InvalidInput("complaint.at.future", field="received_on", at=received_on)
    if received_on < work.row.received_on:
        raise InvalidInput("complaint.at.early", field="received_on", at=received_on)


def complaint_recheck(
    *, actor: Actor, complaint_id: int, applied_on: date, request: str, how: How = HOW
) -> Done:
    """The complaint, before the superior of the unit that decided; due 30 days on (CMP-013)."""

    def check(work: Work) -> None:
        until = recheck_rule.ask_until(work.row.told_on) if work.row.told_on else applied_on
        if applied_on > until:
            raise RuleBroken(
                recheck_rule.RULE, "complaint.recheck.late", source="令2020年第3号第二十条", until=until
            )

    def change(work: Work) -> None:
        row = work.row
        check_receipt(work, applied_on)
        decided_at = row.handling_path or row.org_path
        unit = people.org_get(parent_path(decided_at) or decided_at)
        due = recheck_rule.decide_by(applied_on)
        Recheck.objects.create(
            complaint=row,
            applied_on=applied_on,
            due_on=due.value,
            request=gate.clean(request, "facts"),
            unit=unit,
            unit_name=unit.name,
        )
        work.tick(ClockEventKind.RECHECK, applied_on, rule=recheck_rule.RULE, reason=request[:1000])
        work.say = f"登记核查申请，由{unit.name}核查，{due.value.isoformat()} 前作出核查决定"
        work.detail = {"applied_on": applied_on.isoformat(), "unit": unit.name}

    def claims(case: Dossier) -> dict[str, bool]:
        in_time = case.told_on is not None and applied_on <= recheck_rule.ask_until(case.told_on)
        return {"has_reason": bool(request.strip()), "recheck_in_time": in_time}

    move = Step(Command.RECHECK, change, claims, check)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_conclude(
    *,
    actor: Actor,
    complaint_id: int,
    outcome: RecheckOutcome,
    findings: str,
    told_on: date,
    how: How = HOW,
) -> Done:
    """The complaint, closed again by a recheck decision; `REDO` is followed by `complaint_reopen`.

    Told on an earlier day: `how.paper` names the proof. Raises: InvalidInput without it.
    """

    def change(work: Work) -> None:
        check_receipt(work, told_on)
        if told_on < work.today and not work.paper:
            raise InvalidInput("complaint.at.unproved", field="told_on", at=told_on, now=work.today)
        newest = last(work.case.rechecks)
        Recheck.objects.filter(pk=newest["id"]).update(
            outcome=outcome,
            findings=gate.clean(findings, "facts"),
            concluded_on=work.on,
            concluded_name=actor.name,
            told_on=told_on,
        )
        work.tick(ClockEventKind.END, work.on, rule=recheck_rule.RULE)
        late = told_on > newest["due_on"]
        work.say = f"核查决定：{outcome.label}" + ("（逾期）" if late else "")
        work.detail = {"outcome": str(outcome), "told_on": told_on.isoformat(), "late": late}

    move = Step(Command.CONCLUDE, change, {"has_reason": bool(findings.strip())})
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)
