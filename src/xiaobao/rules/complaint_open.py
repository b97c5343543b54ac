"""Facts of a complaint's clock that nobody told: the day without them, and the day they would lead to.

An approval whose days nobody tells, or a pause of which nobody knows whether it counts, is neither there nor absent.
Both answers are computed; where they differ the day stays open and both are told.
"""

from __future__ import annotations

from datetime import date

from xiaobao.rules import complaint_trace as trace
from xiaobao.rules.complaint_facts import (
    MISSING,
    Approver,
    ClockFacts,
    Due,
    Extension,
    ExtensionKind,
    Line,
    Pause,
)
from xiaobao.rules.complaint_plan import Plan
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.values import Cite, Step, Verdict


def is_open(facts: ClockFacts) -> bool:
    """Whether an approval or a pause lacks a fact that nobody told."""
    return bool(_unknown(facts))


def without(facts: ClockFacts) -> ClockFacts:
    """The facts as if what is not told had not been: the earliest day there can be."""
    return facts._replace(
        extensions=tuple(one for one in facts.extensions if not one.unknown),
        pauses=tuple(one for one in facts.pauses if not one.unknown),
    )


def granted(facts: ClockFacts, received: date, plan: Plan) -> ClockFacts:
    """The facts as if what is not told had been done in time: the latest day there can be."""
    return facts._replace(
        extensions=tuple(_granted(one, received, plan) for one in facts.extensions),
        pauses=tuple(
            one._replace(told=True, both_applied=True, unknown=()) if one.unknown else one
            for one in facts.pauses
        ),
    )


def _granted(one: Extension, received: date, plan: Plan) -> Extension:
    if not one.unknown:
        return one
    whole = "approver" in one.unknown
    approved = one.approved_on or min(received, one.told_on or received)
    told = one.told_on or (approved if whole or "approval_told_on" in one.unknown else None)
    approver = Approver(plan.approvers[0]) if whole else one.approver
    return one._replace(approver=approver, approved_on=approved, told_on=told, unknown=())


def between(facts: ClockFacts, first: Due, last: Due, plan: Plan) -> Due:
    """The earliest answer, with the latest beside it; undecided where their days differ."""
    names = tuple(dict.fromkeys(name for one in _unknown(facts) for name in one.unknown))
    left, known = first.left, first.missing
    if any(
        one.unknown for one in facts.extensions
    ):  # there may be an approval: that there is none is not said
        left = tuple(line for line in left if isinstance(line, Step) or line[0] is not trace.no_approval)
        known = tuple(name for name in known if name != "approver")
    if _days(first) == _days(last):
        said = tuple(_step(one, plan, "，不影响期限") for one in _unknown(facts))
        return first._replace(left=(*left, *said), missing=known)
    said = tuple(_step(one, plan, "：" + _if(one)) for one in _unknown(facts))
    differs = first.on != last.on
    return first._replace(
        verdict=Verdict.UNDECIDED if differs else first.verdict,
        left=(*left, *said),
        missing=tuple(dict.fromkeys((*known, *names))),
        later=last,
    )


def _days(found: Due) -> tuple[date | None, ...]:
    """The days of all tracks; a period nothing has happened to has only its own."""
    return tuple(one.on for one in found.tracks) or (found.on,)


def _unknown(facts: ClockFacts) -> tuple[Extension | Pause, ...]:
    events: list[Extension | Pause] = [*facts.extensions, *facts.pauses]
    return tuple(one for one in events if one.unknown)


def _step(one: Extension | Pause, plan: Plan, tail: str) -> Line:
    """That something is not told, and what would follow from it."""
    words = "、".join(MISSING[name] for name in one.unknown)
    place = _place(one, plan)
    span = one.kind.label if isinstance(one, Extension) else f"{one.kind.label}{one.since}起"
    return Step(f"{span}——{words}未填{tail}（{cite_zh(place)}）", None, place.full, used=False)


def _if(one: Extension | Pause) -> str:
    if isinstance(one, Pause):
        return "条件具备的扣除，否则照常计入"
    return "原期限届满前已批准并告知的才延长"


def _place(one: Extension | Pause, plan: Plan) -> Cite:
    if isinstance(one, Pause):
        return plan.cites[trace.PAUSE_RULE[one.kind]]
    if one.kind is ExtensionKind.PBOC and plan.pboc:
        return plan.pboc.cite
    return plan.cites["CMP-005"]
