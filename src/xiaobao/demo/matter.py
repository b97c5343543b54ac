"""One kind of complaint, as the demo bank's customers tell it."""

from __future__ import annotations

from dataclasses import dataclass

NO_MONEY = (0, 0)


@dataclass(frozen=True, slots=True)
class Telling:
    """One customer's way to put it: title, what happened, what is asked."""

    title: str
    facts: str
    request: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of complaint: codes of JR/T 0169, the department of the product, yuan from-to.

    `causes` are what an investigation may find; `papers` what it may lay in the file.
    """

    weight: float
    business: str
    reason: str
    unit: str
    product: str
    tellings: tuple[Telling, ...]
    causes: tuple[str, ...]
    papers: tuple[str, ...]
    yuan: tuple[int, int] = NO_MONEY
