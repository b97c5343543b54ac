"""Who may do what when the law changes: the consumer-protection office; scheduled work opens what an import brings."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

COMMANDS: dict[str, frozenset[Role]] = {
    "open": frozenset({Role.OFFICER, Role.LEADER, Role.SYSTEM}),
    "close": frozenset({Role.OFFICER, Role.LEADER}),
    "own": frozenset({Role.OFFICER, Role.LEADER}),
    "show": frozenset(
        {
            Role.OFFICER,
            Role.LEADER,
            Role.UNIT_HEAD,
            Role.EXECUTIVE,
            Role.INTERNAL_AUDIT,
            Role.EXAMINER,
            Role.SYSTEM,
        }
    ),
}


def demand(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `impact.<command>` unless one of the actor's roles may do it."""
    if not actor.has(*COMMANDS[command]):
        raise NotAllowed(f"impact.{command}")
