"""Regulators' letters: entered with number and given date, answered by a report (M03)."""

from __future__ import annotations

from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.values import (
    HOW,
    ClockEventKind,
    Command,
    Done,
    How,
    ReferralLetter,
)
from xiaobao.duties.complaints.models import Referral
from xiaobao.duties.complaints.services.receiving import given_detail, referral_create
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel.errors import IllegalStep, NotFound
from xiaobao.kernel.identity import Actor


def complaint_refer(*, actor: Actor, complaint_id: int, letter: ReferralLetter, how: How = HOW) -> Done:
    """The complaint with a regulator's letter: the strictest date rules, the legal one stays beside it.

    Publishes `complaints.Referred` {body, number, given_due_on}, which tells the office's head.
    Raises: InvalidInput for a number in use or a date before the letter.
    """
    facts: dict[str, str] = {}

    def change(work: Work) -> None:
        referral = referral_create(actor, work.row, letter, work.today)
        work.row.is_regulator = True
        facts.update(given_detail(letter))
        if letter.given_due_on is not None:
            work.tick(
                ClockEventKind.GIVEN,
                referral.received_on,
                rule="CMP-022",
                document=letter.document,
                detail=given_detail(letter),
            )
        given = f"，要求 {letter.given_due_on.isoformat()} 前办理" if letter.given_due_on else ""
        work.say = f"登记{letter.body.label}转办 {letter.number}{given}"
        work.detail = {**given_detail(letter), "referral": referral.pk}

    move = Step(Command.REFER, change, {"has_number": bool(letter.number.strip())}, facts=facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_report(
    *,
    actor: Actor,
    complaint_id: int,
    referral_id: int,
    text: str,
    document: str = "",
    how: How = HOW,
) -> Done:
    """The complaint with the report to the regulator on record; closing waits for every one of them.

    Raises: NotFound `complaint.referral.unknown`; IllegalStep when it was reported already.
    """

    def change(work: Work) -> None:
        letter = next((row for row in work.case.referrals if row["id"] == referral_id), None)
        if letter is None:
            raise NotFound("complaint.referral.unknown")
        if letter["reported_at"] is not None:
            raise IllegalStep("complaint.referral.reported")
        Referral.objects.filter(pk=referral_id).update(
            reported_at=work.at, report=gate.clean(text, "facts"), report_document=document[:200]
        )
        work.say = f"向转办机关报送办理情况（{letter['number']}）"
        work.detail = {"number": letter["number"], "document": document}
        work.rules = (*work.rules, "CMP-024")

    move = Step(Command.REPORT, change, {"has_reason": bool(text.strip())})
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)
