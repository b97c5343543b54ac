"""The list's rows and filters, and the one answer to “is anything still due here?”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from xiaobao.duties.complaints.domain.lifecycle import state_label
from xiaobao.duties.complaints.domain.terms import OPEN_STAGES, Channel, DueSource, Stage, Tab


def is_told(stage: Stage, told_on: date | None) -> bool:
    """Whether the answer demonstrably arrived and nothing has been asked since: the clock is met.

    A recheck sets a deadline of its own although the first answer was told.
    """
    return stage is Stage.REPLIED and told_on is not None


def nothing_due(stage: Stage, told_on: date | None) -> bool:
    """Whether no deadline runs any more: the case has ended, or only its closing is left to do."""
    return stage not in OPEN_STAGES or is_told(stage, told_on)


@dataclass(frozen=True, slots=True)
class ListFilters:
    """Filters of the list; empty means no filter. `scope` narrows to a unit below the asker's own.

    `waiting`: only open complaints whose clock runs, neither paused nor told, as radar and 先办 count.
    """

    tab: Tab = Tab.OPEN
    scope: str = ""
    channel: str = ""
    stage: str = ""
    business: str = ""
    reason: str = ""
    handler_id: int | None = None
    due_from: date | None = None
    due_until: date | None = None
    received_from: date | None = None
    received_until: date | None = None
    text: str = ""
    ids: tuple[int, ...] = ()
    sort: str = "due"
    waiting: bool = False


SORTS = ("due", "received", "closed")
"""`due`: due_on rising; `received`: newest first; `closed`: last closed first (closed ones only)."""


@dataclass(frozen=True, slots=True)
class Named:
    """What any line says of a complaint, so that one knows which it is."""

    id: int
    no: str
    title: str
    complainant: str
    channel: Channel
    stage: Stage
    received_on: date
    org_name: str


@dataclass(frozen=True, slots=True)
class Row(Named):
    """One line of the list."""

    is_regulator: bool
    is_paused: bool
    product: str
    business_code: str
    reason_code: str
    org_path: str
    handler_id: int | None
    handler_name: str
    due_on: date
    legal_due_on: date | None
    due_source: DueSource
    hand_overs: int
    version: int
    days_left: int
    closed_at: datetime | None = None
    was_late: bool | None = None
    is_told: bool = False
    is_approved: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        return state_label(self.stage, is_approved=self.is_approved)

    @property
    def nothing_due(self) -> bool:
        """Whether no deadline runs any more: see `nothing_due`."""
        return self.is_told or self.stage not in OPEN_STAGES

    @property
    def business(self) -> str:
        """Name of the business class, or the product as typed."""
        from xiaobao.duties.complaints.domain.codes import name_of

        return name_of(self.business_code) or self.product

    @property
    def is_overdue(self) -> bool:
        """Whether the due day is over and the complainant still waits."""
        return self.days_left < 0 and not self.is_paused and not self.nothing_due


@dataclass(frozen=True, slots=True)
class Page:
    """Fifty lines and the way on: `next` is the cursor to hand back, '' at the end."""

    rows: tuple[Row, ...]
    next: str = ""
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers on the tabs and the moment they were taken."""

    by_tab: Mapping[Tab, int] = field(default_factory=dict)
    as_of: datetime | None = None
