"""Each calendar day of a complaint's clock: counted, paused or not counted, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from xiaobao.kernel.terms import Term
from xiaobao.rules.book import RuleBook
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_clock import due
from xiaobao.rules.complaint_facts import ClockFacts, Due, Overlay, Pause, PauseKind
from xiaobao.rules.complaint_plan import Plan, plan_for
from xiaobao.rules.complaint_trace import PAUSE_RULE
from xiaobao.rules.values import Unit

LONGEST = 3660


class DayStatus(Term):
    """What the clock does with one calendar day."""

    START = "start", "起算日，不计入"
    COUNTED = "counted", "计入"
    PAUSED = "paused", "暂停，不计入"
    SKIPPED = "skipped", "非工作日，不计入"
    BEFORE = "before", "重新计算前，不再计入"


class DayRow(NamedTuple):
    """One calendar day: its status, its number in the count (0 when not counted), the reason, the place."""

    day: date
    status: DayStatus
    number: int
    reason: str
    cite: str


def day_table(
    facts: ClockFacts,
    rules: RuleBook,
    calendar: Calendar | None = None,
    overlay: Overlay | None = None,
) -> list[DayRow]:
    """Every day from the receipt to the due day of the statutory period, or of `overlay` when given.

    Working days of an overlay are counted by `calendar`, whose notice is named for each day it moves.
    Empty when nothing determines a due day.
    """
    received = facts.received_on
    plan = plan_for(rules, received) if received else None
    known = calendar or calendar_at()
    found = due(facts, rules, known, (overlay,) if overlay else ())
    last = _last(found, overlay)
    if received is None or plan is None or last is None or found.start_on is None:
        return []
    end = min(last, received + timedelta(LONGEST))
    working = overlay is not None and overlay.unit is Unit.WORKING_DAY
    pauses = _paused_days(facts, end)
    return list(_rows(_Walk(received, found.start_on, end, working), pauses, plan, known))


class _Walk(NamedTuple):
    received: date
    start: date
    end: date
    working: bool


def _last(found: Due, overlay: Overlay | None) -> date | None:
    wanted = overlay.id if overlay else ""
    for track in found.tracks:
        if track.id == wanted:
            return track.on
    if overlay is None and found.tracks:
        return found.tracks[0].on
    return found.legal_on


def _paused_days(facts: ClockFacts, end: date) -> dict[date, Pause]:
    days: dict[date, Pause] = {}
    for pause in facts.pauses:
        if not (pause.told if pause.kind is PauseKind.APPRAISAL else pause.both_applied):
            continue
        until = pause.until or max(facts.as_of or pause.since, pause.since)
        day = pause.since
        while day <= min(until, end):
            days.setdefault(day, pause)
            day += timedelta(1)
    return days


def _rows(walk: _Walk, pauses: dict[date, Pause], plan: Plan, known: Calendar) -> Sequence[DayRow]:
    rows: list[DayRow] = []
    number, day = 0, walk.received
    while day <= walk.end:
        row = _row(day, walk, pauses, plan, known)
        if row.status is DayStatus.COUNTED:
            number += 1
            row = row._replace(number=number)
        rows.append(row)
        day += timedelta(1)
    return rows


def _row(day: date, walk: _Walk, pauses: dict[date, Pause], plan: Plan, known: Calendar) -> DayRow:
    if day < walk.start:
        return DayRow(day, DayStatus.BEFORE, 0, f"{walk.start}收到新的事实和理由", plan.cite("CMP-009"))
    if day == walk.start:
        return DayRow(day, DayStatus.START, 0, f"{plan.day_zero_zh}：开始的当日不计入", plan.day_zero)
    if day in pauses:
        rule = PAUSE_RULE[pauses[day].kind]
        return DayRow(day, DayStatus.PAUSED, 0, f"{pauses[day].kind.label}期间", plan.cite(rule))
    if walk.working:
        return _working_row(day, known)
    entry = known.entry(day)
    reason = f"自然日（{entry.name}，照常计入）" if entry and entry.is_off else "自然日"
    return DayRow(day, DayStatus.COUNTED, 0, reason, plan.cites["CMP-002"].full)


def _working_row(day: date, known: Calendar) -> DayRow:
    entry = known.entry(day)
    if known.is_working(day):
        return DayRow(
            day,
            DayStatus.COUNTED,
            0,
            f"{entry.name}调休上班" if entry else "工作日",
            entry.notice if entry else "",
        )
    reason = f"{entry.name}放假" if entry else "周末"
    return DayRow(day, DayStatus.SKIPPED, 0, reason, entry.notice if entry else "")
