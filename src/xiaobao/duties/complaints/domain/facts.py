"""From a dossier to what the guards may know: `facts_of`, pure, with the day as an argument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from xiaobao.duties.complaints.domain import approval
from xiaobao.duties.complaints.domain.codes import is_money_matter
from xiaobao.duties.complaints.domain.guards import CaseFacts
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    PBOC_CHANNELS,
    REGULATOR_CHANNELS,
    ClockEventKind,
    Command,
    Complexity,
    DecisionState,
    ExtensionState,
    RedressKind,
)
from xiaobao.kernel.identity import Actor

Row = Mapping[str, Any]


def facts_of(case: Dossier, *, actor: Actor, command: Command, today: date) -> CaseFacts:
    """What the record itself says, before a form lays its claims over it."""
    facts = _of_record(case, today)
    facts = _of_extension(facts, case, actor, today)
    if command in {Command.APPROVE, Command.RETURN}:
        facts = _of_approval(facts, case, actor)
    if command is Command.GRANT:
        facts = replace(facts, four_eyes=_is_other(actor, last(case.extensions), "asked_by_id"))
    if command is Command.CONCLUDE:
        facts = replace(
            facts,
            four_eyes=_is_other(actor, last(case.decisions), "decided_by_id"),
            is_superior=approval.is_superior(actor, case.handling_path or case.org_path),
        )
    return facts


def last(rows: tuple[Row, ...]) -> Row:
    """The newest row, an empty one when there is none."""
    return rows[-1] if rows else {}


def recused(case: Dossier, *, unit_path: str, handler_id: int | None) -> str:
    """Why this unit or person must not handle it: `person`, `unit`, or '' (CMP-015, 第十七条).

    The person complained of never handles it; with a person complained of, neither does the
    unit that person works in, nor a unit below it: the matter goes one level up.
    """
    if case.counterpart_id is None:
        return ""
    if handler_id == case.counterpart_id:
        return "person"
    return "unit" if unit_path.startswith(case.org_path) else ""


def _of_record(case: Dossier, today: date) -> CaseFacts:
    decision, reply = last(case.decisions), last(case.replies)
    return CaseFacts(
        received_at=case.received_at,
        entered_at=case.entered_at,
        today=today,
        due_on=case.due_on,
        has_identity=bool(case.parties or case.anonymous_reason),
        has_facts=bool(case.facts.strip() and case.org_path),
        duplicates_seen=case.duplicates_seen,
        has_unit=bool(case.handling_path),
        has_handler=case.handler_id is not None,
        recusal_passed=not recused(case, unit_path=case.handling_path, handler_id=case.handler_id),
        clock_started=bool(case.clock_events),
        referrals_entered=bool(case.referrals) or case.channel not in REGULATOR_CHANNELS,
        evidence_or_reason=any(note["evidence"] or note["none_because"] for note in case.notes),
        is_coded=bool(case.channel_code and case.business_code and case.reason_code),
        amount_if_money=case.amount_fen is not None
        or not is_money_matter(case.business_code, case.reason_code),
        has_findings=bool(decision.get("findings")),
        has_basis=bool(decision.get("legal_basis")),
        is_proposed=decision.get("state") == DecisionState.PROPOSED,
        is_approved=decision.get("state") == DecisionState.APPROVED,
        delivery_proved=bool(reply.get("told_on") and (reply.get("proof") or reply.get("evidence"))),
        has_cause=bool(case.cause),
        redress_settled=_settled(decision),
        reports_sent=all(row["reported_at"] for row in case.referrals if row["wants_report"]),
        is_paused=case.is_paused,
        from_source=bool(case.source_system),
    )


def _settled(decision: Row) -> bool:
    return bool(
        not decision
        or decision["redress"] in {RedressKind.NONE, RedressKind.APOLOGY}
        or decision["redress_due_on"]
        or decision["redress_paid_on"]
    )


def _of_extension(facts: CaseFacts, case: Dossier, actor: Actor, today: date) -> CaseFacts:
    newest = last(case.extensions)
    state = newest.get("state")
    breached = any(event["kind"] == ClockEventKind.BREACH for event in case.clock_events)
    level = approval.extension_level(actor, case.org_path)
    to = Complexity(newest["to"]) if newest else Complexity.COMPLEX
    asked = state == ExtensionState.ASKED
    return replace(
        facts,
        extension_told=breached or not any(_untold(row, today) for row in case.extensions),
        extension_asked=asked,
        extension_granted=state == ExtensionState.GRANTED and newest.get("told_at") is None,
        extension_left=case.complexity is not Complexity.SPECIAL and not asked,
        within_due=today <= (newest["old_due_on"] if asked else case.legal_due_on or case.due_on),
        extension_level=approval.may_grant(level, to, is_pboc=case.channel in PBOC_CHANNELS),
    )


def _untold(row: Row, today: date) -> bool:
    """A granted extension nobody was told of although the old due day is over."""
    return bool(
        row["state"] == ExtensionState.GRANTED and row["told_at"] is None and today > row["old_due_on"]
    )


def _of_approval(facts: CaseFacts, case: Dossier, actor: Actor) -> CaseFacts:
    decision = last(case.decisions)
    level = approval.level_for(decision.get("redress_fen", 0), is_regulator=case.is_regulator)
    others = _is_other(actor, decision, "proposed_by_id") and (
        actor.user_id is None or actor.user_id != case.handler_id
    )
    return replace(facts, four_eyes=others, approver_level=approval.may_approve(actor, level))


def _is_other(actor: Actor, row: Row, column: str) -> bool:
    return actor.user_id is None or row.get(column) != actor.user_id
