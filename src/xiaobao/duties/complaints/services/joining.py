"""Papers asked of the complainant, joint complaints met face to face, and what makes a complaint major."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain import joint
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import HOW, Command, Done, How, MajorFinding, Meeting, Paper
from xiaobao.duties.complaints.services.answering import check_receipt
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor


def complaint_ask(
    *,
    actor: Actor,
    complaint_id: int,
    papers: Iterable[Paper],
    reason: str,
    held: Iterable[Paper] = (),
    how: How = HOW,
) -> Done:
    """The complaint with a demand for papers on record; the clock runs on (CMP-016, 第十三条).

    `held` adds what the bank has to what the record shows. Raises: RuleBroken for a paper outside
    the article's list or held already; InvalidInput when none is named.
    """
    asked, known = tuple(map(Paper, papers)), frozenset(map(Paper, held))
    if not asked:
        raise InvalidInput("complaint.papers.none", field="papers")

    def change(work: Work) -> None:
        work.say = f"请投诉人补充：{'、'.join(paper.label for paper in asked)}"
        work.detail = {"papers": list(map(str, asked)), "reason": gate.clean(reason, "reason")}

    def claims(case: Dossier) -> dict[str, bool]:
        wrong = joint.needless(asked, known | joint.held_of(case), ports.today())
        return {"papers_needed": not wrong, "has_reason": bool(reason.strip())}

    move = Step(Command.ASK, change, claims, reason=reason)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_meet(*, actor: Actor, complaint_id: int, meeting: Meeting, how: How = HOW) -> Done:
    """The complaint with a meeting of joint complainants on record.

    Raises: RuleBroken past the article's number of representatives (CMP-018, 第十二条);
    InvalidInput for numbers or a day that cannot be. Publishes `complaints.Met`.
    """
    persons, representatives = meeting.persons, meeting.representatives
    if persons < 2 or not 1 <= representatives <= persons:
        raise InvalidInput("complaint.meeting.numbers", field="representatives")

    def change(work: Work) -> None:
        check_receipt(work, meeting.met_on)
        day = meeting.met_on.isoformat()
        work.say = f"{day} 多人面谈：{persons} 人共同投诉，推选代表 {representatives} 名"
        work.detail = {
            "met_on": day,
            "persons": persons,
            "representatives": representatives,
            "text": gate.clean(meeting.text, "facts"),
        }

    claims = {"representatives_few": not joint.too_many(representatives, meeting.met_on)}
    facts = {"persons": persons, "representatives": representatives}
    move = Step(Command.MEET, change, claims, facts=facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def complaint_major(*, actor: Actor, complaint_id: int, finding: MajorFinding, how: How = HOW) -> Done:
    """The complaint, found a major one: the emergency plan starts, the leader reports (CMP-019, 第二十九条).

    Raises: RuleBroken when none of the article's cases is given, or no plan is written. Publishes
    `complaints.MajorFound` {cause, persons}, which opens the leader's task.
    """
    if finding.face_to_face_persons < 0:
        raise InvalidInput("complaint.meeting.numbers", field="face_to_face_persons")

    def change(work: Work) -> None:
        work.say = f"认定为重大投诉（{finding.grounds}），启动应急预案"
        work.detail = {
            "cause": str(finding.cause),
            "persons": finding.face_to_face_persons,
            "regulator_designated": finding.regulator_designated,
            "plan": gate.clean(finding.plan, "facts"),
        }

    claims = {"is_major": joint.is_major(finding, ports.today()), "has_plan": bool(finding.plan.strip())}
    facts: dict[str, Any] = {"cause": finding.cause.label, "persons": finding.face_to_face_persons}
    move = Step(Command.MAJOR, change, claims, facts=facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)
