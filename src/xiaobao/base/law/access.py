"""Who may do what with the law library: reading is for everybody who is signed in; importing is not."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

COMMANDS: dict[str, frozenset[Role]] = {"import": frozenset({Role.SYSTEM})}


def demand(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `law.<command>` unless one of the actor's roles may do it."""
    if not actor.has(*COMMANDS[command]):
        raise NotAllowed(f"law.{command}")
