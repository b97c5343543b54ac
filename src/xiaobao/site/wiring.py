"""Which event of which room wakes which service of another: the whole list, in one place.

A handler takes the event's plain values and its key; it must be idempotent, because an
event may be delivered more than once. A room's handlers are added here in one line:

    "complaints.Received": (inbox_handlers.received, search_handlers.received),
"""

from __future__ import annotations

from xiaobao.base.events.registry import Handler


def handlers() -> dict[str, tuple[Handler, ...]]:
    """Event name -> handlers. Imported late, when every room is loaded."""
    return {}


def connect() -> None:
    """Hand the table to the outbox."""
    from xiaobao.base.events import registry

    registry.connect(handlers())
