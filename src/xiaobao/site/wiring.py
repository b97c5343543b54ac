"""Which event of which room wakes which service of another: the whole list, in one place.

A handler takes the event's plain values and its key; it must be idempotent, because an
event may be delivered more than once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[Mapping[str, Any], str], None]


def handlers() -> dict[str, tuple[Handler, ...]]:
    """Event name -> handlers. Imported late, when every room is loaded."""
    return {}


def connect() -> None:
    """Hand the table to the outbox."""
