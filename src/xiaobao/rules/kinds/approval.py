"""Approvals: which post may say yes, in which order, and who must be told.

Tighter means higher rank, more approvers, two persons; two rank orders are never mixed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaobao.rules.values import Finding, Step, Verdict


class ApprovalParams(NamedTuple):
    """`by` are the posts that suffice; `needs` are facts that must be true beside the approval.

    `persons` is how many must approve (0: one).
    """

    by: tuple[str, ...]
    needs: tuple[tuple[str, str], ...] = ()
    persons: int = 0


def decide(params: ApprovalParams, facts: dict[str, Any]) -> Finding:
    """Pass, or refuse with what is lacking."""
    wanted = ("approver", *dict(params.needs), *(("persons",) if params.persons > 1 else ()))
    missing = tuple(name for name in wanted if facts.get(name) is None)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    lacking = [label for name, label in params.needs if not facts[name]]
    if facts["approver"] not in params.by:
        lacking.insert(0, "有权审批人")
    if params.persons > 1 and int(facts["persons"]) < params.persons:
        lacking.append(f"{params.persons}人")
    if lacking:
        return Finding(Verdict.REFUSE, tuple(lacking), (Step("缺少：" + "、".join(lacking)),))
    return Finding(Verdict.PASS, facts["approver"], (Step("已由有权审批人批准", facts["approver"]),))
