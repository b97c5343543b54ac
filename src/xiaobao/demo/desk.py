"""Who does what in the demo bank: the posts a story may call on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xiaobao.demo.people import Bank
from xiaobao.kernel.identity import Actor
from xiaobao.rules.calendar import Calendar

if TYPE_CHECKING:
    import random

    from xiaobao.demo.cases import Case

YUAN = 100


@dataclass(slots=True)
class Desk:
    """Who does what: the posts a story may call on, and the complaints another may be merged into.

    Each PDF costs a process of its own to look through, so that only a few statements are made.
    """

    bank: Bank
    rng: random.Random
    calendar: Calendar
    by_id: dict[int | None, Actor] = field(default_factory=dict)
    newest: list[tuple[int, Case]] = field(default_factory=list)
    referred: set[int] = field(default_factory=set)
    statements_left: int = 8

    def __post_init__(self) -> None:
        self.by_id = {actor.user_id: actor for actor in self.bank.staff.values()}

    def post(self, name: str) -> Actor:
        """The actor of this username."""
        return self.bank.staff[name]

    def officer(self, unit: str) -> Actor:
        """Who takes complaints in for the unit: its branch's officer, or the head office's."""
        if unit.startswith("D"):
            return self.post(self.rng.choice(("officer", "officer", "office2")))
        return self.post("branch.officer" if unit.startswith("B01") else f"{unit[:3].lower()}.officer")

    def head(self, unit: str) -> Actor:
        """The head of the unit that handles: a department's, or the branch's."""
        if unit.startswith("D"):
            return self.post(f"head{('D02', 'D03', 'D04', 'D05', 'D06', 'D07', 'D09').index(unit) + 1:02d}")
        return self.post("branch" if unit.startswith("B01") else f"{unit[:3].lower()}.head")

    def approver(self, unit: str, paid_fen: int, *, is_referred: bool) -> Actor:
        """Who approves a decision that pays so much: the head of the unit, of the office, or an executive."""
        if paid_fen > 50_000 * YUAN:
            return self.post("executive")
        if paid_fen > 1_000 * YUAN or is_referred:
            return self.post("leader")
        return self.head(unit)
