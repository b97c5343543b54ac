"""One kind of complaint, as the demo bank's customers tell it."""

from __future__ import annotations

from dataclasses import dataclass

NO_MONEY = (0, 0)


@dataclass(frozen=True, slots=True)
class Telling:
    """One customer's way to put it: title, what happened, what is asked.

    `reason` and `papers` stand where they differ from those of the matter's other tellings.
    """

    title: str
    facts: str
    request: str
    reason: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of complaint: codes of JR/T 0169, the department of the product, yuan from-to.

    `causes` are what an investigation may find, one for each telling in their order; `papers` what it may lay in the file of a telling that names none of its own.
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

    def reason_of(self, telling: Telling) -> str:
        """Code of the reason this telling gives."""
        return telling.reason or self.reason

    def papers_of(self, telling: Telling) -> tuple[str, ...]:
        """Papers that may be laid in the file of this telling."""
        return telling.papers or self.papers

    def cause_of(self, telling: Telling) -> str:
        """What the investigation of this telling finds."""
        return self.causes[self.tellings.index(telling)]
