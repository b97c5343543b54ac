"""Which handlers wait for which event; filled once at start by the site's wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[Mapping[str, Any], str], None]

_handlers: dict[str, tuple[Handler, ...]] = {}


def connect(handlers: Mapping[str, tuple[Handler, ...]]) -> None:
    """Replace the whole table: event name -> handlers."""
    _handlers.clear()
    _handlers.update(handlers)


def wiring() -> dict[str, tuple[Handler, ...]]:
    """The whole table as it stands: event name -> handlers."""
    return dict(_handlers)


def handlers_of(event: str) -> dict[str, Handler]:
    """Handler name -> handler, for one event."""
    return {handler_name(handler): handler for handler in _handlers.get(event, ())}


def handler_name(handler: Handler) -> str:
    """The name a delivery is kept under: module and function."""
    return f"{handler.__module__}.{handler.__qualname__}"
