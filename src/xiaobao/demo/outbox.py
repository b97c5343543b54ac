"""Whom the demo bank's events wake: nobody for what is long past, everybody for the last weeks.

The outbox prunes delivered events after ninety days, so a year told at once would leave nothing
there; the tasks of what is still open are opened when the listening begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from xiaobao.base.events import registry

ASKED, REFERRED = "complaints.ExtensionAsked", "complaints.Referred"


@contextmanager
def nobody_listens() -> Iterator[None]:
    """Events of the block are kept by nobody; afterwards the wiring stands as before."""
    wired = registry.wiring()
    registry.connect({})
    try:
        yield
    finally:
        registry.connect(wired)


def begin_to_listen(open_ones: Iterable[tuple[int, str]]) -> None:
    """Open the tasks of complaints in hand: pairs of id and the letter's number, '' without a letter."""
    for complaint_id, number in open_ones:
        for name in (ASKED, *((REFERRED,) if number else ())):
            for handler in registry.handlers_of(name).values():
                handler({"complaint_id": complaint_id, "number": number}, f"{complaint_id}:demo")
