"""Who may hand out and take back tokens: a literal table."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

ACCESS: dict[Role, frozenset[str]] = dict.fromkeys(Role, frozenset()) | {
    Role.SECURITY_ADMIN: frozenset({"token:issue", "token:revoke", "token:list"}),
    Role.SYSTEM: frozenset({"token:issue", "token:revoke", "token:list"}),
}


def require(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `integrations.not_allowed` when no role of the actor includes the command."""
    if not any(command in ACCESS.get(role, frozenset()) for role in actor.roles):
        raise NotAllowed("integrations.not_allowed", command=command)
