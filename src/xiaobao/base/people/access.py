"""Who may do what with org units and accounts: role -> commands, literally."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

READ = frozenset({"org:list", "user:list"})
SYSTEM_ADMIN = frozenset(
    {
        "org:create",
        "org:rename",
        "org:move",
        "org:close",
        "user:create",
        "user:disable",
        "user:enable",
        "user:reset",
        "user:end_sessions",
    }
)
SECURITY_ADMIN = frozenset({"user:change_roles", "user:disable", "user:revoke_factors", "user:end_sessions"})
REVEAL = frozenset({"record:reveal"})

ACCESS: dict[Role, frozenset[str]] = {
    Role.SYSTEM_ADMIN: READ | SYSTEM_ADMIN,
    Role.SECURITY_ADMIN: READ | SECURITY_ADMIN,
    Role.AUDIT_ADMIN: READ,
    Role.OFFICER: READ | REVEAL,
    Role.LEADER: READ | REVEAL,
    Role.UNIT_HEAD: READ | REVEAL,
    Role.HANDLER: REVEAL,
    Role.EXECUTIVE: READ,
    Role.INTERNAL_AUDIT: READ | REVEAL,
    Role.EXAMINER: READ | REVEAL,
    Role.INTEGRATION: frozenset(),
    Role.SYSTEM: READ | SYSTEM_ADMIN | SECURITY_ADMIN | REVEAL,
}


def may(actor: Actor, command: str) -> bool:
    """Whether one of the actor's roles includes the command."""
    return any(command in ACCESS[role] for role in actor.roles)


def require(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `people.not_allowed` when none of the actor's roles includes the command."""
    if not may(actor, command):
        raise NotAllowed("people.not_allowed", command=command)
