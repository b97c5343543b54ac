"""What the selectors answer: frozen rows without a table behind them, safe to hand to any screen.

Everything personal in here is masked already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xiaobao.duties.complaints.domain.clock_rows import ClockDifference as ClockDifference
from xiaobao.duties.complaints.domain.clock_rows import ClockStep as ClockStep
from xiaobao.duties.complaints.domain.clock_rows import ClockView as ClockView
from xiaobao.duties.complaints.domain.lifecycle import state_label
from xiaobao.duties.complaints.domain.list_rows import SORTS as SORTS
from xiaobao.duties.complaints.domain.list_rows import Counts as Counts
from xiaobao.duties.complaints.domain.list_rows import ListFilters as ListFilters
from xiaobao.duties.complaints.domain.list_rows import Named, nothing_due
from xiaobao.duties.complaints.domain.list_rows import Page as Page
from xiaobao.duties.complaints.domain.list_rows import Row as Row
from xiaobao.duties.complaints.domain.list_rows import is_told as is_told
from xiaobao.duties.complaints.domain.values import (
    Channel,
    Command,
    Complexity,
    DueSource,
    Stage,
    Tab,
    Upkeep,
)


@dataclass(frozen=True, slots=True)
class GuardItem:
    """One condition before a click: met or not, what is missing, which rule wants it."""

    name: str
    label: str
    ok: bool
    missing: str
    rule: str
    article: str


@dataclass(frozen=True, slots=True)
class GuardReport:
    """“5 项条件已满足 3 项”. `may` False: the actor's posts do not carry the command."""

    command: Command
    items: tuple[GuardItem, ...]
    may: bool = True

    @property
    def met(self) -> int:
        """Conditions that hold."""
        return sum(item.ok for item in self.items)

    @property
    def total(self) -> int:
        """All conditions of the command."""
        return len(self.items)

    @property
    def ok(self) -> bool:
        """Whether the command would pass now."""
        return self.may and self.met == self.total

    @property
    def missing(self) -> tuple[GuardItem, ...]:
        """The conditions that do not hold."""
        return tuple(item for item in self.items if not item.ok)

    @property
    def sentence(self) -> str:
        """The line above the button."""
        return f"{self.total} 项条件已满足 {self.met} 项"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One event: when it happened, when it was entered, who, what, from where to where."""

    id: int
    command: Command | Upkeep
    at: datetime
    entered_at: datetime
    stage_from: Stage
    stage_to: Stage
    actor: str
    via: str
    say: str
    detail: Mapping[str, Any]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicate(Named):
    """A likely duplicate with the reasons in sentences; `score` 0-100 for the order."""

    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """A complaint with all its papers: plain values, personal data masked.

    The lists hold dicts with the columns of the table of that name (see models.py), dates as
    `date`/`datetime`. `guards` is filled by `complaint_page`. `hides_numbers`: some free text is
    shown with a number masked, so that looking at it in clear is worth offering.
    """

    id: int
    no: str
    stage: Stage
    version: int
    channel: Channel
    title: str
    facts: str
    request: str
    product: str
    amount_fen: int | None
    currency: str
    complainant: str
    anonymous_reason: str
    received_at: datetime
    received_on: date
    entered_at: datetime
    org_id: int
    org_path: str
    org_name: str
    handling_path: str
    handling_name: str
    handler_id: int | None
    handler_name: str
    counterpart_id: int | None
    hand_overs: int
    channel_code: str
    business_code: str
    reason_code: str
    code_set: str
    complexity: Complexity
    is_open: bool
    is_regulator: bool
    is_paused: bool
    due_on: date
    due_source: DueSource
    legal_due_on: date | None
    due_rule: str
    due_rule_version: str
    calendar_version: str
    decided_on: date | None
    replied_at: datetime | None
    told_on: date | None
    closed_at: datetime | None
    was_late: bool | None
    cause: str
    duplicates_seen: bool
    merged_into_id: int | None
    source_system: str
    source_no: str
    source_replied_at: datetime | None
    source_reply: str
    parties: tuple[Mapping[str, Any], ...] = ()
    referrals: tuple[Mapping[str, Any], ...] = ()
    assignments: tuple[Mapping[str, Any], ...] = ()
    notes: tuple[Mapping[str, Any], ...] = ()
    decisions: tuple[Mapping[str, Any], ...] = ()
    replies: tuple[Mapping[str, Any], ...] = ()
    extensions: tuple[Mapping[str, Any], ...] = ()
    rechecks: tuple[Mapping[str, Any], ...] = ()
    clock_events: tuple[Mapping[str, Any], ...] = ()
    hides_numbers: bool = False

    @property
    def state(self) -> str:
        """Where it stands, in words; the same as on a line of the list."""
        return state_label(self.stage, is_approved=self.decided_on is not None)

    @property
    def is_told(self) -> bool:
        """Whether the answer demonstrably arrived: nothing is awaited but the closing."""
        return is_told(self.stage, self.told_on)

    @property
    def nothing_due(self) -> bool:
        """Whether no deadline runs any more; the same fact as on a line of the list."""
        return nothing_due(self.stage, self.told_on)


@dataclass(frozen=True, slots=True)
class PageView:
    """Everything the complaint page shows, in at most five statements."""

    complaint: Dossier
    clock: ClockView
    timeline: tuple[TimelineItem, ...]
    guards: tuple[GuardReport, ...]
    next: Command | None = None


@dataclass(frozen=True, slots=True)
class BulkRefusal:
    """One complaint that stayed where it was, where that is, and what it lacks."""

    id: int
    no: str
    reason: str
    missing: tuple[GuardItem, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class BulkReport:
    """What went and what stayed."""

    command: Command
    done: tuple[int, ...]
    refused: tuple[BulkRefusal, ...]


@dataclass(frozen=True, slots=True)
class RadarDay:
    """One day of 时限雷达."""

    on: date
    regulator: int
    others: int


@dataclass(frozen=True, slots=True)
class Radar:
    """Fifteen days ahead and the sentence on the peak ('' when nothing is due)."""

    days: tuple[RadarDay, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Load:
    """What one handler carries: open cases, weighted (complexity, regulator, overdue)."""

    user_id: int
    name: str
    cases: int
    weight: float
    over: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What a notice would do if issued now: complaints it binds, tightens, makes overdue at once."""

    bound: int
    shortened: int
    late: int


MIN_BASE = 20
"""Fewest cases a share is computed from; below it the counts themselves are said."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month's intake and punctuality; `closed` and `late` of those told in the month."""

    month: str
    regulator: int
    others: int
    closed: int
    late: int

    @property
    def on_time(self) -> float | None:
        """Share closed in time, 0-100, one decimal; None below `MIN_BASE` closed."""
        if self.closed < MIN_BASE:
            return None
        return round(100 * (self.closed - self.late) / self.closed, 1)

    @property
    def punctuality(self) -> str:
        """How many were in time, in words: what a screen says where the base is too small for a share."""
        if not self.closed:
            return "本月还没有办结"
        late = f"{self.late} 件逾期" if self.late else "都在期限内"
        return f"办结 {self.closed} 件，{late}；不足 {MIN_BASE} 件，不计比率"


@dataclass(frozen=True, slots=True)
class CauseChange:
    """One reason, this month against last month."""

    code: str
    name: str
    now: int
    before: int

    @property
    def change(self) -> int | None:
        """Rise in per cent, None when there were fewer than `MIN_BASE` before."""
        return round(100 * (self.now - self.before) / self.before) if self.before >= MIN_BASE else None


@dataclass(frozen=True, slots=True)
class Workbench:
    """The figures of the first screen, and the sentences computed from them."""

    as_of: datetime
    overdue: int
    due_today: int
    open: int
    regulator_month: int
    received_month: int
    on_time_month: float | None
    mean_days: float | None
    todo: tuple[Row, ...]
    radar: Radar
    loads: tuple[Load, ...]
    months: tuple[Month, ...]
    causes: tuple[CauseChange, ...]
    sentences: tuple[str, ...]
    load_mean: float = 0.0
    todo_tab: Tab = Tab.OPEN

    @property
    def punctuality(self) -> str:
        """What stands beside the month's share on screen and in the day's report alike."""
        month = self.months[-1]
        words = month.punctuality if month.on_time is None else f"办结 {month.closed} 件，{month.late} 件逾期"
        return words + (f"；另有 {self.overdue} 件逾期未办结" if self.overdue else "")


FEW = 3
"""Below this many complaints a rate is chance: it is written, not shaded, and never called the highest."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """Complaints of one (unit, facet) pair and their rate per `per` outlets or customers."""

    unit_path: str
    facet: str
    count: int
    rate: float | None

    @property
    def is_telling(self) -> bool:
        """Whether the rate may be compared: there are outlets to divide by, and not just a chance case or two."""
        return self.rate is not None and self.count >= FEW


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rates, never raw counts, with the denominator named; `left_out` stand in no cell and are counted."""

    units: tuple[tuple[str, str], ...]
    facets: tuple[tuple[str, str], ...]
    cells: tuple[HeatCell, ...]
    denominator: str
    sentence: str = ""
    left_out: int = 0
