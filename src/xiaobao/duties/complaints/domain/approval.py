"""Who may approve a decision, by amount and source; who may grant an extension (CMP-004, 005, 023).

The amounts are the bank's own table, not law: a stricter bank edits the literal below.
"""

from __future__ import annotations

from dataclasses import dataclass

from xiaobao.duties.complaints.domain.values import Complexity
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Level:
    """Up to `up_to_fen` (included; None without limit) one of `roles` approves."""

    up_to_fen: int | None
    roles: frozenset[Role]
    label: str


LEVELS: tuple[Level, ...] = (
    Level(100_000, frozenset({Role.UNIT_HEAD, Role.LEADER, Role.EXECUTIVE}), "机构负责人"),
    Level(5_000_000, frozenset({Role.LEADER, Role.EXECUTIVE}), "消保办负责人"),
    Level(None, frozenset({Role.EXECUTIVE}), "总行高级管理人员"),
)
REGULATOR_LEVEL = 1
"""A referred complaint is approved at least by the head of the consumer-protection office."""


def level_for(redress_fen: int, *, is_regulator: bool) -> Level:
    """The level that must approve a decision that pays `redress_fen`.

    >>> level_for(100_000, is_regulator=False).label, level_for(0, is_regulator=True).label
    ('机构负责人', '消保办负责人')
    """
    index = next(
        i for i, level in enumerate(LEVELS) if level.up_to_fen is None or redress_fen <= level.up_to_fen
    )
    return LEVELS[max(index, REGULATOR_LEVEL if is_regulator else 0)]


def may_approve(actor: Actor, level: Level) -> bool:
    """Whether one of the actor's posts stands at the level."""
    return actor.has(*level.roles, Role.SYSTEM)


def extension_level(actor: Actor, org_path: str) -> str:
    """The level the rule book knows the actor by: head_office, superior, complaint_lead, branch, ''.

    `superior` is a unit strictly above the complained-of one; `head_office` a senior manager
    there (第十八条: 上级机构或者总行高级管理人员).
    """
    if actor.has(Role.SYSTEM, Role.EXECUTIVE):
        return "head_office"
    above = bool(actor.scope) and org_path.startswith(actor.scope) and org_path != actor.scope
    if actor.has(Role.LEADER, Role.UNIT_HEAD) and above:
        return "superior"
    if actor.has(Role.LEADER):
        return "complaint_lead"
    return "branch" if actor.has(Role.UNIT_HEAD) else ""


def is_superior(actor: Actor, decided_path: str) -> bool:
    """Whether the actor stands for a unit above the one that decided (第二十条); the head office rechecks itself.

    >>> is_superior(Actor(1, "周", frozenset({Role.UNIT_HEAD}), "0001.0002.", "0001.0002."), "0001.0002.")
    False
    """
    if actor.has(Role.SYSTEM):
        return True
    at_top = decided_path.count(".") <= 1
    return (
        bool(actor.scope) and decided_path.startswith(actor.scope) and (at_top or decided_path != actor.scope)
    )


def may_grant(level: str, to: Complexity, *, is_pboc: bool) -> bool:
    """Whether somebody of that level may grant the step up to `to`.

    PBOC referrals: the person in charge of the bank's complaint work (CMP-023). 15 -> 30: the law
    names nobody (CMP-004), the bank wants a head. 30 -> 60: the superior or head office (CMP-005).
    """
    if is_pboc:
        return level in {"head_office", "superior", "complaint_lead"}
    if to is Complexity.SPECIAL:
        return level in {"head_office", "superior"}
    return bool(level)


NEEDS = {
    Complexity.COMPLEX: "机构负责人",
    Complexity.SPECIAL: "上级机构或者总行高级管理人员",
}
