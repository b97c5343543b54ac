"""The decision: proposed by the handler, approved by level and amount with four eyes, or sent back."""

from __future__ import annotations

from xiaobao.duties.complaints.domain import approval
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.facts import last
from xiaobao.duties.complaints.domain.values import (
    HOW,
    Command,
    DecisionState,
    Done,
    How,
    RedressKind,
    Ruling,
)
from xiaobao.duties.complaints.models import Decision
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.money import MAX_FEN, yuan


def complaint_propose(*, actor: Actor, complaint_id: int, ruling: Ruling, how: How = HOW) -> Done:
    """The complaint with a proposed decision, waiting for the level its amount asks for.

    Publishes `complaints.Proposed` {needs}. Raises: InvalidInput for a redress that cannot be;
    RuleBroken while evidence, codes, amount, findings or grounds are missing.
    """
    if ruling.redress_fen < 0:
        raise InvalidInput("complaint.amount.negative", field="redress_fen", label="补偿金额")
    if ruling.redress_fen > MAX_FEN:
        raise InvalidInput("complaint.amount.large", field="redress_fen", label="补偿金额")
    facts: dict[str, str] = {}

    def change(work: Work) -> None:
        level = approval.level_for(ruling.redress_fen, is_regulator=work.row.is_regulator)
        Decision.objects.create(
            complaint=work.row,
            state=DecisionState.PROPOSED,
            findings=gate.clean(ruling.findings, "facts"),
            legal_basis=gate.clean(ruling.legal_basis, "facts"),
            liability=ruling.liability,
            outcome=gate.clean(ruling.outcome, "facts"),
            redress=ruling.redress,
            redress_fen=ruling.redress_fen if ruling.redress is not RedressKind.NONE else 0,
            redress_due_on=ruling.redress_due_on,
            proposed_by_id=actor.user_id,
            proposed_name=actor.name,
            proposed_at=work.at,
            needs=level.label,
        )
        work.row.decided_on = None
        facts["needs"] = level.label
        work.say = f"提出处理决定，提交{level.label}审批"
        work.detail = {
            "redress": str(ruling.redress),
            "redress_fen": ruling.redress_fen,
            "needs": level.label,
        }

    claims = {
        "has_findings": bool(ruling.findings.strip() and ruling.outcome.strip()),
        "has_basis": bool(ruling.legal_basis.strip()),
    }
    move = Step(Command.PROPOSE, change, claims, facts=facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_approve(*, actor: Actor, complaint_id: int, opinion: str = "", how: How = HOW) -> Done:
    """The complaint with its decision approved, ready to be told.

    Raises: RuleBroken `complaint.approve.four_eyes` for the proposer or the handler,
    `complaint.approve.level` below the level the amount asks for.
    """

    def check(work: Work) -> None:
        _check_level(work)

    def change(work: Work) -> None:
        _answer(work, DecisionState.APPROVED, opinion)
        work.row.decided_on = work.on
        work.say = "处理决定审批通过" + (f"：{opinion}" if opinion else "")

    move = Step(Command.APPROVE, change, check=check, reason=opinion)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_return(*, actor: Actor, complaint_id: int, opinion: str, how: How = HOW) -> Done:
    """The complaint, back with its handler and the reason why."""

    def change(work: Work) -> None:
        _answer(work, DecisionState.RETURNED, opinion)
        work.say = f"处理决定退回：{opinion}"

    move = Step(Command.RETURN, change, {"has_reason": bool(opinion.strip())}, reason=opinion)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _answer(work: Work, state: DecisionState, opinion: str) -> None:
    decision = last(work.case.decisions)
    Decision.objects.filter(pk=decision["id"]).update(
        state=state,
        decided_by_id=work.actor.user_id,
        decided_name=work.actor.name,
        decided_at=work.at,
        opinion=opinion,
    )
    work.detail = {"decision": decision["id"], "opinion": opinion}


def _check_level(work: Work) -> None:
    """Say it in full when post or person is wrong; the guards list the same two conditions."""
    decision = last(work.case.decisions)
    if not decision or decision["state"] != DecisionState.PROPOSED:
        return
    me = work.actor.user_id
    if me is not None and me in {decision["proposed_by_id"], work.row.handler_id}:
        raise RuleBroken("XB-NODE", "complaint.approve.four_eyes", source="本行节点机控")
    level = approval.level_for(decision["redress_fen"], is_regulator=work.row.is_regulator)
    if not approval.may_approve(work.actor, level):
        amount = f"{yuan(decision['redress_fen'])} 元"
        raise RuleBroken(
            "XB-NODE", "complaint.approve.level", source="本行节点机控", needs=level.label, amount=amount
        )
