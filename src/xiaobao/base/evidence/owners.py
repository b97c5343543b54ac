"""Who may see an object may see its files: the room that owns the object answers for it.

A complaint is often handled by another unit than the one complained of; the unit's path alone
would keep its handler from the papers.
"""

from __future__ import annotations

from collections.abc import Callable

from xiaobao.kernel.identity import Actor

Sees = Callable[[Actor, str], bool]

_rooms: dict[str, Sees] = {}


def register(room: str, sees: Sees) -> None:
    """From now on `sees(actor, key)` answers for owners named `room:key`."""
    _rooms[room] = sees


def owner_seen(actor: Actor, owner: str) -> bool:
    """Whether the owner's room lets the actor see the object; False where nobody answers for it."""
    room, _, key = owner.partition(":")
    sees = _rooms.get(room)
    return sees is not None and sees(actor, key)
