"""A second, slow reading of the complaint clock: one calendar day after the other, no arithmetic.

It shares nothing with the product but the facts; numbers are written here again from N00:18 and P01:43.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from xiaobao.rules.complaint_facts import (
    Approver,
    ClockFacts,
    Complexity,
    Extension,
    ExtensionKind,
    Overlay,
    Pause,
    PauseKind,
    Source,
)
from xiaobao.rules.values import Unit

DAY = timedelta(1)
HIGH = {Approver.HEAD_OFFICE, Approver.SUPERIOR}
PBOC_HIGH = HIGH | {Approver.COMPLAINT_LEAD}


def naive_due(
    facts: ClockFacts, overlays: tuple[Overlay, ...], works: Callable[[date], bool]
) -> tuple[date, date]:
    """(day that binds, legal day)."""
    legal, start = _statutory(facts)
    if facts.source is Source.PBOC and facts.received_on >= date(2020, 11, 1):
        legal = min(legal, _pboc(facts))
    days = [legal, *(one.on for one in facts.given)]
    for overlay in overlays:
        if overlay.binds(facts.received_on, facts.complexity):
            counts = works if overlay.unit is Unit.WORKING_DAY else lambda day: True
            days.append(_walk(start, overlay.length, facts, counts))
    on = min(days)
    if facts.withdrawn_on is not None:
        return min(on, facts.withdrawn_on), min(legal, facts.withdrawn_on)
    return on, legal


def _statutory(facts: ClockFacts) -> tuple[date, date]:
    limit = 15 if facts.complexity is Complexity.SIMPLE else 30
    counted, start = 0, facts.received_on
    day = facts.received_on
    while True:
        if day > start and not _is_paused(day, facts.pauses):
            counted += 1
        for extension in facts.extensions:
            if _takes_effect(extension) == day:
                limit = max(limit, 60 if extension.kind is ExtensionKind.SPECIAL else 30)
        if day in facts.new_facts_on:
            start, counted = day, 0
        if counted >= limit:
            return day, start
        day += DAY


def _takes_effect(extension: Extension) -> date | None:
    may = extension.kind is ExtensionKind.COMPLEX or (
        extension.kind is ExtensionKind.SPECIAL and extension.approver in HIGH
    )
    if may and extension.approved_on and extension.told_on:
        return max(extension.approved_on, extension.told_on)
    return None


def _is_paused(day: date, pauses: tuple[Pause, ...]) -> bool:
    return any(
        pause.since <= day <= (pause.until or pause.since)
        and (pause.told if pause.kind is PauseKind.APPRAISAL else pause.both_applied)
        for pause in pauses
    )


def _pboc(facts: ClockFacts) -> date:
    limit = 15
    day = facts.received_on
    for number in range(1, 16):
        day = facts.received_on + number * DAY
    for one in facts.extensions:
        if (
            one.approver in PBOC_HIGH
            and one.approved_on
            and one.told_on
            and one.approved_on <= day
            and one.told_on <= day
        ):
            limit = 60
    return facts.received_on + limit * DAY


def _walk(start: date, length: int, facts: ClockFacts, counts: Callable[[date], bool]) -> date:
    day, counted = start, 0
    while counted < length:
        day += DAY
        if counts(day) and not _is_paused(day, facts.pauses):
            counted += 1
    return day
