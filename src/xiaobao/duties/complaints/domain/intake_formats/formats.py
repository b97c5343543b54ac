"""What the house must know of a kind of file to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from xiaobao.duties.complaints.domain.intake_formats.cells import Cells
from xiaobao.duties.complaints.domain.intake_formats.values import IntakeRow


@dataclass(frozen=True, slots=True)
class IntakeFormat:
    """How one kind of file is read.

    `required` columns must stand in the header; `number_column` is where the source keeps its
    number; `nothing` are the source's own words for an empty cell; `columns` names the source's
    column for a field of ours, for what is refused after the row was read. `parse` may answer a row
    whose cells have faults; it never becomes a complaint.
    """

    name: str
    required: tuple[str, ...]
    number_column: str
    parse: Callable[[Cells, int, datetime], IntakeRow | None]
    nothing: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
