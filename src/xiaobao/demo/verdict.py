"""How a complaint of the demo bank ends on its merits: who answers for it, what it costs, why it arose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xiaobao.demo.cases import Case
from xiaobao.duties.complaints.domain.values import Liability, RedressKind

if TYPE_CHECKING:
    import random

YUAN = 100
WEIGHTS: tuple[tuple[float, Liability], ...] = (
    (24, Liability.FULL),
    (38, Liability.PARTIAL),
    (32, Liability.NONE),
    (6, Liability.UNCLEAR),
)
INVESTMENTS = ("B4", "B5")
WITHOUT_MONEY = (RedressKind.APOLOGY, RedressKind.SERVICE, RedressKind.APOLOGY, RedressKind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Cause, liability and redress; `paid_fen` is 0 where nothing is paid."""

    cause: str
    liability: Liability
    redress: RedressKind
    paid_fen: int

    @property
    def is_due(self) -> bool:
        """Whether something has to be done or paid by a day."""
        return self.redress not in (RedressKind.NONE, RedressKind.APOLOGY)


def verdict_of(case: Case, rng: random.Random) -> Verdict:
    """What the bank will find and do."""
    cause = case.matter.cause_of(case.telling)
    liability = rng.choices([kind for _, kind in WEIGHTS], weights=[share for share, _ in WEIGHTS])[0]
    if liability not in (Liability.FULL, Liability.PARTIAL):
        return Verdict(cause, liability, RedressKind.NONE, 0)
    low, high = case.matter.yuan
    if not high:
        return Verdict(cause, liability, rng.choice(WITHOUT_MONEY), 0)
    redress = RedressKind.COMPENSATION if case.matter.business.startswith(INVESTMENTS) else RedressKind.REFUND
    return Verdict(cause, liability, redress, (low + (high - low) * rng.randrange(17) // 60) * YUAN)
