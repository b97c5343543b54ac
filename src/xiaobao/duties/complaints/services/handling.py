"""Working on a complaint: who has it, what was looked into, how it is coded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from xiaobao.base.evidence.selectors import evidence_of
from xiaobao.base.people import selectors as people
from xiaobao.base.people.models import OrgUnit, User
from xiaobao.base.people.values import parent_path
from xiaobao.duties.complaints.domain import codes as code_lists
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.facts import recused
from xiaobao.duties.complaints.domain.jrt0169 import VERSION as CODE_SET
from xiaobao.duties.complaints.domain.rows import Dossier
from xiaobao.duties.complaints.domain.values import (
    HOW,
    AssignOrder,
    ClockEventKind,
    Codes,
    Command,
    Done,
    How,
    Stage,
)
from xiaobao.duties.complaints.models import Assignment, Note
from xiaobao.duties.complaints.selectors.notices import overlay_details
from xiaobao.duties.complaints.selectors.routing import lightest, route_of
from xiaobao.duties.complaints.services.stepping import Step, Work, transition
from xiaobao.kernel.errors import InvalidInput, NotFound, RuleBroken
from xiaobao.kernel.identity import Actor

PING_PONG = 2


@dataclass(slots=True)
class _Choice:
    """The units and the person the routing or the order settled on."""

    unit: OrgUnit | None = None
    handler: User | None = None
    assisting: tuple[OrgUnit, ...] = ()
    say: str = ""


def complaint_assign(*, actor: Actor, complaint_id: int, order: AssignOrder, how: How = HOW) -> Done:
    """The complaint in the hands of a main unit and a handler; `assisting` units stand beside.

    Recusal comes first (CMP-015): the person complained of, and with one the whole complained-of
    unit, are refused when named (as assisting unit too), and passed over one level up when the routing decides. Without
    a username the handler with the lowest weighted open load gets it. A hand-over needs a
    reason; from the second on the event carries `ping_pong`, which calls the office's head.
    Publishes `complaints.Assigned` {handler_name, unit, ping_pong}.
    """
    choice = _Choice()
    facts: dict[str, Any] = {}

    def check(work: Work) -> None:
        if work.row.stage == Stage.HANDLING and not order.reason.strip():
            raise InvalidInput("complaint.reason.missing", field="reason", what="改派理由")
        _choose(work, order, choice)
        if choice.unit is None or choice.handler is None:
            raise InvalidInput("complaint.assign.nobody", field="unit_code", unit=work.case.org_name)
        choice.assisting = tuple(_unit(work, code, "assisting") for code in order.assisting)
        for helper in choice.assisting:
            _refuse_recused(work.case, helper, None, "assisting")

    def change(work: Work) -> None:
        _hand_over(work, order, choice)
        facts.update(
            handler_name=str(choice.handler),
            unit=choice.unit.name if choice.unit else "",
            ping_pong=work.row.hand_overs if work.row.hand_overs >= PING_PONG else 0,
        )

    claims = {"has_unit": True, "has_handler": True, "recusal_passed": True}
    move = Step(Command.ASSIGN, change, claims, check, order.reason, facts)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _choose(work: Work, order: AssignOrder, choice: _Choice) -> None:
    if order.unit_code:
        choice.unit = _unit(work, order.unit_code)
        _refuse_recused(work.case, choice.unit, None)
    if order.username:
        choice.handler = _person(work, order.username, choice.unit)
        choice.unit = choice.unit or choice.handler.org
        _refuse_recused(work.case, choice.unit, choice.handler)
    elif choice.unit is not None:
        choice.handler = lightest(work.case, choice.unit)
    else:
        _route(work, choice)


def _unit(work: Work, code: str, field: str = "unit_code") -> OrgUnit:
    try:
        unit = people.org_by_code(code)
    except NotFound:
        unit = None
    if unit is None or not unit.is_active or not _reachable(work, unit):
        raise InvalidInput("complaint.assign.unit", field=field, org_code=code)
    return unit


def _reachable(work: Work, unit: OrgUnit) -> bool:
    """The actor's own subtree, and everything above the complained-of unit (recusal goes up)."""
    return work.actor.sees(unit.path) or work.row.org_path.startswith(unit.path)


def _person(work: Work, username: str, unit: OrgUnit | None) -> User:
    found = User.objects.filter(username=username.lower(), is_active=True).first()
    if found is None or (unit is not None and found.org_id != unit.pk) or not _reachable(work, found.org):
        name = unit.name if unit else "可分派机构"
        raise InvalidInput("complaint.assign.person", field="username", username=username, unit=name)
    if "handler" not in found.roles and "officer" not in found.roles:
        raise InvalidInput(
            "complaint.assign.person", field="username", username=username, unit=found.org.name
        )
    return found


def _refuse_recused(case: Dossier, unit: OrgUnit, handler: User | None, field: str = "unit_code") -> None:
    why = recused(case, unit_path=unit.path, handler_id=handler.pk if handler else None)
    if why == "person":
        raise RuleBroken(
            "CMP-015",
            "complaint.recuse.person",
            source="令2020年第3号第十七条",
            field="username",
            name=str(handler),
        )
    if why == "unit":
        upper = people.org_get(parent_path(case.org_path)).name if parent_path(case.org_path) else "总行"
        raise RuleBroken(
            "CMP-015",
            "complaint.recuse.unit",
            source="令2020年第3号第十七条",
            field=field,
            unit=unit.name,
            upper=upper,
        )


def _route(work: Work, choice: _Choice) -> None:
    found = route_of(work.case)
    if found is None:
        return
    choice.handler, path = found
    choice.unit = choice.handler.org
    if path != work.case.org_path:
        choice.say = f"（{work.case.org_name}不宜或无人经办，由上级机构办理）"


def _hand_over(work: Work, order: AssignOrder, choice: _Choice) -> None:
    row, unit, handler = work.row, choice.unit, choice.handler
    if unit is None or handler is None:  # pragma: no cover - check refused it
        return
    again = row.handler_id is not None
    if again and (row.handler_id != handler.pk or row.handling_org_id != unit.pk):
        row.hand_overs += 1
    row.handling_org, row.handling_path, row.handler = unit, unit.path, handler
    Assignment.objects.filter(complaint=row, until_at__isnull=True).update(until_at=work.now)
    Assignment.objects.bulk_create(_assignments(work, order, choice))
    row.handler = handler
    work.rules = (*work.rules, "CMP-015")
    verb = "改派" if again else "分派"
    escalated = f"，已流转 {row.hand_overs} 次，提醒负责人协调" if row.hand_overs >= PING_PONG else ""
    work.say = f"{verb}给{unit.name} {handler}{choice.say}{escalated}"
    work.detail = {
        "unit": unit.name,
        "handler": str(handler),
        "assisting": list(order.assisting),
        "reason": order.reason,
        "hand_overs": row.hand_overs,
    }


def _assignments(work: Work, order: AssignOrder, choice: _Choice) -> list[Assignment]:
    unit, handler = choice.unit, choice.handler
    rows = [
        Assignment(
            complaint=work.row,
            org=unit,
            org_name=unit.name if unit else "",
            handler=handler,
            handler_name=str(handler),
            from_at=work.at,
            reason=order.reason,
        )
    ]
    rows += [
        Assignment(complaint=work.row, is_main=False, org=helper, org_name=helper.name, from_at=work.at)
        for helper in choice.assisting
    ]
    return rows


def complaint_investigate(
    *,
    actor: Actor,
    complaint_id: int,
    text: str,
    evidence: Iterable[int] = (),
    none_because: str = "",
    how: How = HOW,
) -> Done:
    """The complaint with one more note; `evidence` are ids of its own stored files.

    Raises: InvalidInput for a file of another object; RuleBroken with neither file nor reason.
    """
    wanted = tuple(evidence)

    def change(work: Work) -> None:
        files = evidence_rows(work, wanted)
        Note.objects.create(
            complaint=work.row,
            at=work.at,
            entered_at=work.now,
            text=gate.clean(text, "facts"),
            evidence=files,
            none_because=none_because.strip(),
            author_id=actor.user_id,
            author_name=actor.name,
        )
        work.say = "登记调查情况" + (f"，附证据 {len(files)} 份" if files else "")
        work.detail = {"text": text[:200], "evidence": files, "none_because": none_because}

    if not text.strip():
        raise InvalidInput("complaint.reason.missing", field="text", what="调查情况")
    claims: Mapping[str, Any] = {"evidence_or_reason": True} if wanted or none_because.strip() else {}
    move = Step(Command.INVESTIGATE, change, claims)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def evidence_rows(work: Work, wanted: tuple[int, ...]) -> list[dict[str, Any]]:
    """What the room keeps of the named files of this complaint.

    Raises: InvalidInput `complaint.evidence.none` for one that is not there or not this case's.
    """
    if not wanted:
        return []
    files = {file.pk: file for file in evidence_of(owner_of(work.row.no), work.actor)}
    if set(wanted) - set(files):
        raise InvalidInput("complaint.evidence.none", field="evidence")
    return [
        {"id": pk, "name": files[pk].name, "kind": files[pk].kind, "sha256": files[pk].sha256}
        for pk in wanted
    ]


def owner_of(no: str) -> str:
    """The evidence room's owner name of a complaint."""
    return f"complaints:{no}"


def complaint_code(*, actor: Actor, complaint_id: int, codes: Codes, how: How = HOW) -> Done:
    """The complaint, coded by JR/T 0169 (CMP-027); earlier codes stay in the timeline.

    Raises: InvalidInput `complaint.code.unknown`; RuleBroken while a facet is empty.
    """
    code_lists.check(codes)

    def change(work: Work) -> None:
        row = work.row
        before = [row.channel_code, row.business_code, row.reason_code, row.code_set]
        row.channel_code, row.business_code, row.reason_code = (
            codes.channel_code,
            codes.business_code,
            codes.reason_code,
        )
        row.code_set = codes.code_set or CODE_SET
        after = [row.channel_code, row.business_code, row.reason_code, row.code_set]
        work.detail = {"before": before, "after": after}
        work.say = "分类编码：" + "、".join(code_lists.name_of(code) for code in after[:3])
        _new_overlays(work)

    claims = {"is_coded": bool(codes.channel_code and codes.business_code and codes.reason_code)}
    move = Step(Command.CODE, change, claims)
    return transition(actor=actor, complaint_id=complaint_id, move=move, how=how)


def _new_overlays(work: Work) -> None:
    """Notices scoped by business bind from the coding on; what bound already goes on binding."""
    known = {
        event["detail"]["number"]
        for event in work.case.clock_events
        if event["kind"] == ClockEventKind.OVERLAY
    }
    for detail in overlay_details(work.row.received_on, work.row.org_path, work.row.business_code):
        if detail["number"] not in known:
            work.tick(ClockEventKind.OVERLAY, work.on, detail=detail)
