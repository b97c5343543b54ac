"""What goes into the index and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """One opinion, question or passage that may be found again.

    `material` and `product` narrow a search; `since` and `until` (included) bound its validity;
    `accepted` and `rejected` count what readers did with it; a superseded text stays findable, below.
    """

    key: str
    text: str
    material: str = ""
    product: str = ""
    since: date | None = None
    until: date | None = None
    is_superseded: bool = False
    accepted: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents a search may return; an empty field does not narrow."""

    material: str = ""
    product: str = ""
    on: date | None = None

    def admits(self, document: Document) -> bool:
        """Whether the document is of the wanted kind and in force on the wanted day."""
        if self.material and document.material != self.material:
            return False
        if self.product and document.product != self.product:
            return False
        return self.on is None or _in_force(document, self.on)


@dataclass(frozen=True, slots=True)
class Hit:
    """One found document: its score (comparable within one answer only) and the words it shares."""

    key: str
    score: float
    is_superseded: bool
    shared: tuple[str, ...]


def _in_force(document: Document, on: date) -> bool:
    return (document.since is None or document.since <= on) and (
        document.until is None or on <= document.until
    )
