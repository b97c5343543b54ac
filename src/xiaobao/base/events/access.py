"""Who may look after the outbox: a literal table."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

COMMANDS: dict[str, frozenset[Role]] = {
    "list": frozenset({Role.SYSTEM_ADMIN, Role.SYSTEM}),
    "retry": frozenset({Role.SYSTEM_ADMIN, Role.SYSTEM}),
}


def demand(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `events.<command>` unless one of the actor's roles may do it."""
    if not actor.has(*COMMANDS[command]):
        raise NotAllowed(f"events.{command}", say="只有系统管理员可以处理未送达的事件")
