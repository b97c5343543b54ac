"""What a change of the law touches, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from xiaobao.base.impact.models import Review
from xiaobao.base.law.values import Diff
from xiaobao.base.rulebook.uses import LeanerKind
from xiaobao.rules.impact import Compared

# What people read again; code that only computes is covered by its rule and its tests.
READ_AGAIN = (
    LeanerKind.RULE, LeanerKind.OVERLAY, LeanerKind.GUARD, LeanerKind.CALCULATOR, LeanerKind.FIGURE,
)  # fmt: skip


class PlaceChange(NamedTuple):
    """One cited place: where it stood, what became of its article, where it stands now ('' for gone)."""

    old: str
    old_cite: str
    change: str
    new: str
    new_cite: str


class Touched(NamedTuple):
    """One thing that leans on the old text. `renewed`: its rule has a version that cites the new text already."""

    kind: LeanerKind
    key: str
    title: str
    rule: str
    link: str
    places: tuple[PlaceChange, ...]
    renewed: bool

    @property
    def is_changed(self) -> bool:
        """Whether some place it leans on is not the same, number included."""
        return any(place.change != "same" for place in self.places)

    @property
    def words(self) -> str:
        """第二十一条 → 第二十三条."""
        told = (f"{p.old} → {p.new or '删去'}" if p.new != p.old else p.old for p in self.places)
        return "；".join(dict.fromkeys(told))


@dataclass(frozen=True, slots=True)
class Impact:
    """A change of the law in three layers: the text, what leans on it, what is decided differently."""

    diff: Diff
    touched: tuple[Touched, ...]
    compared: Compared
    books: tuple[date, date]
    is_cut: bool
    reviews: tuple[Review, ...]
