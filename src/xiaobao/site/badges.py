"""The numbers beside the menu: open and overdue complaints, unread messages. One statement, kept for 15 seconds."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError

from xiaobao.base.inbox.selectors import unread_counted
from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.duties.complaints.selectors import open_counted
from xiaobao.kernel.identity import Actor

SECONDS = 15
MOST = 9_999


@dataclass(frozen=True, slots=True)
class Badges:
    """What the asker has before them; None where the post sees no such thing."""

    open: int | None = None
    overdue: int = 0
    unread: int = 0

    def of(self, url_name: str) -> tuple[tuple[str, str, bool], ...]:
        """(number, what it counts, whether it presses) for a line of the menu; nothing for nought."""
        if url_name == "complaints:list":
            pressing = ((self.overdue, "件已逾期", True),) if self.overdue else ()
            return _shown(((self.open or 0, "件在办", False), *pressing))
        return _shown(((self.unread, "条未读", True),)) if url_name == "inbox:messages" else ()


def badges_of(actor: Actor | None, *, fresh: bool = False) -> Badges:
    """The numbers, at most 15 seconds old, or of this moment when `fresh`; none while the database is away."""
    if actor is None:
        return Badges()
    key = f"site:badges:{actor.scope}:{actor.user_id}:{bool(actor.roles & READERS)}"
    found: Badges | None = None if fresh else cache.get(key)
    if found is None:
        try:
            found = _counted(actor)
        except DatabaseError:
            return Badges()
        cache.set(key, found, SECONDS)
    return found


def _counted(actor: Actor) -> Badges:
    rows = unread_counted(actor)
    if not actor.roles & READERS:
        return Badges(unread=dict(rows).get("unread", 0))
    numbers = dict(rows.union(open_counted(actor=actor), all=True))
    late = numbers.get("overdue", 0)
    return Badges(numbers.get("open", 0) + late, late, numbers.get("unread", 0))


def _shown(numbers: tuple[tuple[int, str, bool], ...]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (f"{number:,}" if number <= MOST else "9,999+", words, hot)
        for number, words, hot in numbers
        if number
    )
