"""Who may do what with the journal: a literal table."""

from __future__ import annotations

from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

_READERS = frozenset({Role.AUDIT_ADMIN, Role.INTERNAL_AUDIT, Role.EXAMINER, Role.SYSTEM})

COMMANDS: dict[str, frozenset[Role]] = {
    "read": _READERS,
    "verify": _READERS,
    "sign": frozenset({Role.AUDIT_ADMIN, Role.INTERNAL_AUDIT, Role.SYSTEM}),
    "explain": frozenset({Role.AUDIT_ADMIN}),
}


def demand(actor: Actor, command: str) -> None:
    """Raises: NotAllowed `audit.<command>` unless one of the actor's roles may do it."""
    if not actor.has(*COMMANDS[command]):
        names = "、".join(sorted(role.label for role in COMMANDS[command] - {Role.SYSTEM}))
        raise NotAllowed(f"audit.{command}", say=f"只有{names}可以执行此操作")


def journal_scope(actor: Actor) -> str:
    """Path prefix of the entries the actor may read; '' is everything.

    The audit post stands at the head office, sees no business, and keeps the whole journal.
    """
    if actor.has(Role.AUDIT_ADMIN):
        return root_of(actor.org_path)
    return actor.scope


def root_of(path: str) -> str:
    """The first level of a path: 0001.0007. -> 0001."""
    return path.split(".", 1)[0] + "." if path else ""
