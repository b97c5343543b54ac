"""Typed ids, so that a complaint's id is never handed over as a user's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from xiaobao.kernel.roles import Role

UserId = NewType("UserId", int)
OrgId = NewType("OrgId", int)
ComplaintId = NewType("ComplaintId", int)
EvidenceId = NewType("EvidenceId", int)
TaskId = NewType("TaskId", int)
RuleId = NewType("RuleId", str)
OrgPath = NewType("OrgPath", str)


def within(path: str, scope: str) -> bool:
    """Whether the org unit at `path` is `scope` itself or lies below it.

    Paths are materialised, four digits a level with a dot after each: `0001.0007.`.

    >>> within("0001.0007.", "0001."), within("0001.0007.", "0001.0008.")
    (True, False)
    """
    return path.startswith(scope)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where, and how far they see.

    `scope` is the path prefix of everything the actor may see: the whole bank for the head
    office's consumer-protection office, the own subtree for everybody else.
    """

    user_id: int | None
    name: str
    roles: frozenset[Role]
    org_path: str
    scope: str
    org_id: int | None = None
    via: str = "web"
    ip: str = ""
    request_id: str = ""

    def has(self, *roles: Role) -> bool:
        """Whether the actor holds at least one of these roles."""
        return not self.roles.isdisjoint(roles)

    def sees(self, path: str) -> bool:
        """Whether an object kept at `path` lies in the actor's subtree."""
        return within(path, self.scope)


def system_actor(name: str, *, via: str = "tick") -> Actor:
    """The actor of scheduled work, imports and the demo: sees all, named in the audit trail."""
    return Actor(None, name, frozenset({Role.SYSTEM}), "", "", via=via)
