"""What one row of somebody else's file becomes: a row ready for intake, or the faults found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaobao.duties.complaints.domain.values import Intake


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one cell: what is wrong, and what to do about it.

    `field` is the column as the file names it; `value` is the raw text, to be masked
    before anybody sees it; `code` is stable English.
    """

    field: str
    value: str
    code: str
    wrong: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A complaint as the source tells it.

    `digest` is the fingerprint of everything the source says beside its number: the same
    number with another digest is a contradiction, never an update. `original` keeps the
    source's words for everything that was mapped to a code. `replied_at` and `reply` are set
    together, for a history that already has its end.
    """

    line: int
    intake: Intake
    digest: str
    original: tuple[tuple[str, str], ...] = ()
    replied_at: datetime | None = None
    reply: str = ""

    @property
    def number(self) -> str:
        """The source's own number."""
        return self.intake.source_no


@dataclass(frozen=True, slots=True)
class RowFaults:
    """A row that cannot become a complaint, with every fault found, not only the first."""

    line: int
    number: str
    faults: tuple[Fault, ...]
