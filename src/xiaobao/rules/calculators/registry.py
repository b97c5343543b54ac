"""All calculators by name; a new one is one line here."""

from __future__ import annotations

from xiaobao.kernel.errors import NotFound
from xiaobao.rules.book import book, book_for
from xiaobao.rules.calculators.complaints import CLOCK, PBOC
from xiaobao.rules.calculators.keeping import RETENTION
from xiaobao.rules.calculators.privacy import LEAK, REQUEST
from xiaobao.rules.calculators.proceedings import CONFIRMATION, PETITION, RECHECK
from xiaobao.rules.calculators.selling import ASSESSMENTS, SENIORS
from xiaobao.rules.calculators.values import Calculator, Desk
from xiaobao.rules.calculators.yearly import AUDIT_CYCLE, PRIZE, RATIOS, YEARLY_REPORT
from xiaobao.rules.calendar import calendar_at
from xiaobao.rules.own_rules import OwnRule
from xiaobao.rules.own_standing import standing

CALCULATORS: dict[str, Calculator] = {
    one.name: one
    for one in (
        CLOCK, RECHECK, CONFIRMATION, PETITION, PBOC, LEAK, REQUEST, RETENTION, ASSESSMENTS, SENIORS,
        AUDIT_CYCLE, YEARLY_REPORT, RATIOS, PRIZE,
    )
}  # fmt: skip


def calculator(name: str) -> Calculator:
    """The calculator of that name. Raises: NotFound `calc.unknown`."""
    if name not in CALCULATORS:
        known = "、".join(CALCULATORS)
        raise NotFound("calc.unknown", name=name, say=f"没有计算器“{name}”，可用：{known}")
    return CALCULATORS[name]


def desk(name: str = "", *, calendar: str | None = None, own: tuple[OwnRule, ...] | None = None) -> Desk:
    """What the calculators work with: the whole book, or only the shelf that `name` asks; the newest calendar.

    Overlays are those of this process (`own_standing`) unless others are given.
    Raises: NotFound, InvalidInput `calendar.version_unknown`.
    """
    rules = {rule.partition("-")[0] for rule in calculator(name).rules} if name else set()
    shelf = book_for(calculator(name).rules[0]) if len(rules) == 1 else book()
    return Desk(shelf, calendar_at(calendar), standing() if own is None else own)
