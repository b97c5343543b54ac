"""What one row of somebody else's file becomes: a row ready for intake, or the faults found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from xiaobao.duties.complaints.domain.values import Intake

if TYPE_CHECKING:
    from xiaobao.duties.complaints.domain.intake_formats.cells import Cells


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


@dataclass(frozen=True, slots=True)
class IntakeFormat:
    """How one kind of file is read.

    `required` columns must stand in the header; `number_column` is where the source keeps its
    number; `nothing` are the source's own words for an empty cell.
    """

    name: str
    required: tuple[str, ...]
    number_column: str
    parse: Callable[[Cells, int, datetime], IntakeRow | None]
    nothing: frozenset[str] = frozenset()
