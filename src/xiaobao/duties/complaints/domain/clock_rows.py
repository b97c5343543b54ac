"""How a clock explains itself, and how two answers of one clock differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiaobao.duties.complaints.domain.terms import DueSource


@dataclass(frozen=True, slots=True)
class ClockStep:
    """One stretch of the count: `kind` counted, paused or skipped, both days included."""

    kind: str
    start: date
    end: date
    days: int
    say: str
    rule: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class ClockView:
    """“为什么是这一天”: the dates, the rule, the calendar, every day, and the candidates."""

    due_on: date
    legal_due_on: date | None
    due_source: DueSource
    rule: str
    rule_version: str
    article: str
    calendar_version: str
    is_paused: bool
    steps: tuple[ClockStep, ...]
    candidates: tuple[tuple[DueSource, date, str], ...] = ()
    agrees: bool = True
    warnings: tuple[str, ...] = ()
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class ClockDifference:
    """A cached date that no longer follows from its events: reported, never silently rewritten."""

    complaint_id: int
    no: str
    column: str
    cached: str
    derived: str
