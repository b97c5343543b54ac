"""The complaint's clock: kept events -> facts of the rule book -> due day, with every day explained.

What it decides
    The working due day, the legal one beside it, and why (“为什么是这一天”).
Why
    第十八条 (15 / 30 / 60 days), 第二十三条, 央行令第四十三条; all arithmetic lives in `rules`.
Known limits
    Where no law was in force on the day of receipt, the bank's own 15 days stand in, marked so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xiaobao.duties.complaints.domain import recheck
from xiaobao.duties.complaints.domain.rows import ClockStep, ClockView
from xiaobao.duties.complaints.domain.values import (
    PBOC_CHANNELS,
    Channel,
    ClockEventKind,
    DayUnit,
    DueSource,
    OverlayKind,
    PauseKind,
)
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules import complaint_clock, complaint_facts
from xiaobao.rules.book import book
from xiaobao.rules.calendar import Calendar, calendar_at
from xiaobao.rules.complaint_facts import ClockFacts, Due
from xiaobao.rules.values import Unit

ClockRow = Mapping[str, Any]
HOUSE_DAYS = 15
HOUSE_RULE = "本行口径"


@dataclass(slots=True)
class Reading:
    """Facts gathered while walking the events in order."""

    received_on: date | None = None
    reason: str = ""
    granted: complaint_facts.Extension | None = None
    old_due_on: date | None = None
    warnings: list[str] = field(default_factory=list)
    extensions: list[complaint_facts.Extension] = field(default_factory=list)
    pauses: list[complaint_facts.Pause] = field(default_factory=list)
    new_facts_on: list[date] = field(default_factory=list)
    withdrawn_on: date | None = None
    recheck_on: date | None = None
    given: list[complaint_facts.GivenDue] = field(default_factory=list)
    overlays: dict[str, tuple[OverlayKind, complaint_facts.Overlay]] = field(default_factory=dict)

    def sources(self) -> dict[str, DueSource]:
        """Whose each date is, by the number it goes under."""
        found = {given.number: DueSource.REFERRAL for given in self.given}
        for number, (kind, _) in self.overlays.items():
            found[number] = DueSource.TARGET if kind is OverlayKind.TARGET else DueSource.EMERGENCY
        return found


def read(channel: Channel, events: Sequence[ClockRow], *, as_of: date) -> tuple[ClockFacts, Reading]:
    """The rule book's facts from the kept events, oldest first."""
    reading = Reading()
    for event in events:
        handle = _READERS.get(ClockEventKind(event["kind"]))
        if handle is not None:
            handle(reading, event)
    return (
        ClockFacts(
            received_on=reading.received_on,
            source=source_of(channel),
            reason=reading.reason,
            extensions=tuple(reading.extensions),
            pauses=tuple(reading.pauses),
            new_facts_on=tuple(reading.new_facts_on),
            withdrawn_on=reading.withdrawn_on,
            given=tuple(reading.given),
            as_of=as_of,
        ),
        reading,
    )


def source_of(channel: Channel) -> complaint_facts.Source:
    """Whose clock runs beside the base one."""
    if channel in PBOC_CHANNELS:
        return complaint_facts.Source.PBOC
    if channel in {Channel.NFRA, Channel.HOTLINE_12378}:
        return complaint_facts.Source.NFRA
    return complaint_facts.Source.OWN


def is_paused(events: Sequence[ClockRow]) -> bool:
    """Whether the last thing that stopped the clock has not been undone; a new obligation runs from its start."""
    stopping = [event["kind"] for event in events if event["kind"] in _STOP_OR_GO]
    return bool(stopping) and stopping[-1] == ClockEventKind.SUSPEND


_STOP_OR_GO = frozenset({ClockEventKind.START, ClockEventKind.SUSPEND, ClockEventKind.RESUME})


def _start(reading: Reading, event: ClockRow) -> None:
    """A new obligation: after a reopening nothing of the old period counts."""
    fresh = Reading(received_on=event["on"])
    for name in Reading.__slots__:
        setattr(reading, name, getattr(fresh, name))


def _correct(reading: Reading, event: ClockRow) -> None:
    reading.received_on = event["on"]


def _recheck(reading: Reading, event: ClockRow) -> None:
    reading.recheck_on = event["on"]


def _restart(reading: Reading, event: ClockRow) -> None:
    reading.new_facts_on.append(event["on"])


def _extend(reading: Reading, event: ClockRow) -> None:
    detail = event["detail"]
    reading.granted = complaint_facts.Extension(
        kind=complaint_facts.ExtensionKind(detail["to"]),
        approver=complaint_facts.Approver(detail["approver"]),
        approved_on=event["on"],
    )
    reading.old_due_on = date.fromisoformat(detail["old_due_on"])
    reading.reason = event["reason"]


def _tell(reading: Reading, event: ClockRow) -> None:
    """Only an extension told within the old period lengthens it (第十八条: 并告知投诉人)."""
    granted, old = reading.granted, reading.old_due_on
    if granted is None or old is None:
        return
    reading.granted = None
    if event["on"] > old:
        reading.warnings.append(f"延期于{event['on']}才告知投诉人，原期限已于{old}届满，不产生延长的期限。")
        return
    reading.extensions.append(
        complaint_facts.Extension(granted.kind, granted.approver, granted.approved_on, event["on"])
    )


def _suspend(reading: Reading, event: ClockRow) -> None:
    detail = event["detail"]
    reading.pauses.append(
        complaint_facts.Pause(
            kind=PauseKind(detail["pause"]),
            since=event["on"],
            until=None,
            told=bool(detail.get("told_on")),
            both_applied=True,
            document=event["document"],
        )
    )


def _resume(reading: Reading, event: ClockRow) -> None:
    running = reading.pauses.pop()
    reading.pauses.append(
        complaint_facts.Pause(
            running.kind, running.since, event["on"], running.told, running.both_applied, running.document
        )
    )


def _given(reading: Reading, event: ClockRow) -> None:
    detail = event["detail"]
    reading.given.append(
        complaint_facts.GivenDue(date.fromisoformat(detail["due_on"]), detail["number"], detail["body"])
    )


def _overlay(reading: Reading, event: ClockRow) -> None:
    detail = event["detail"]
    kind = OverlayKind(detail["kind"])
    unit = Unit.WORKING_DAY if detail["unit"] == DayUnit.WORKING else Unit.DAY
    reading.overlays[detail["number"]] = (
        kind,
        complaint_facts.Overlay(
            id=detail["number"],
            title=detail["title"],
            length=detail["amount"],
            unit=unit,
            since=date.fromisoformat(detail["received_from"]),
            stages=frozenset(complaint_facts.Complexity(stage) for stage in detail.get("stages", ())),
        ),
    )


def _end(reading: Reading, event: ClockRow) -> None:
    reading.recheck_on = None
    if event["detail"].get("withdrawn"):
        reading.withdrawn_on = event["on"]


_READERS = {
    ClockEventKind.START: _start,
    ClockEventKind.CORRECT: _correct,
    ClockEventKind.RECHECK: _recheck,
    ClockEventKind.RESTART: _restart,
    ClockEventKind.EXTEND: _extend,
    ClockEventKind.TELL: _tell,
    ClockEventKind.SUSPEND: _suspend,
    ClockEventKind.RESUME: _resume,
    ClockEventKind.GIVEN: _given,
    ClockEventKind.OVERLAY: _overlay,
    ClockEventKind.END: _end,
}


@dataclass(frozen=True, slots=True)
class Derived:
    """What the cached columns must hold, and the rule book's answer it follows from."""

    due_on: date
    due_source: DueSource
    legal_due_on: date | None
    rule: str
    rule_version: str
    calendar_version: str
    is_paused: bool
    due: Due
    received_on: date
    calendar: Calendar
    pauses: tuple[complaint_facts.Pause, ...] = ()
    in_working_days: bool = False
    sources: Mapping[str, DueSource] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def columns(self) -> dict[str, Any]:
        """The cached columns of a complaint."""
        return {
            "due_on": self.due_on,
            "due_source": self.due_source,
            "legal_due_on": self.legal_due_on,
            "due_rule": self.rule,
            "due_rule_version": self.rule_version,
            "calendar_version": self.calendar_version,
            "is_paused": self.is_paused,
        }


def derive(
    channel: Channel, events: Sequence[ClockRow], *, as_of: date, calendar: Calendar | None = None
) -> Derived:
    """The due day that follows from the events: the same events always give the same day.

    `as_of` matters only while a pause runs. `calendar` None takes the newest one.
    Raises: InvalidInput when no event starts the clock.
    """
    facts, reading = read(channel, events, as_of=as_of)
    if facts.received_on is None:
        raise InvalidInput("complaint.clock.start", field="received_at", label="收到时间")
    known = calendar or calendar_at()
    if reading.recheck_on is not None:
        return _of_recheck(reading.recheck_on, known)
    overlays = tuple(overlay for _, overlay in reading.overlays.values())
    due = complaint_clock.due(facts, book(), known, overlays)
    on, source = _working_day(due, reading.sources(), facts.received_on)
    return Derived(
        due_on=on,
        due_source=source,
        legal_due_on=due.legal_on,
        rule=due.rule if due.legal_on else HOUSE_RULE,
        rule_version=due.version,
        calendar_version=due.calendar_version or known.version,
        is_paused=is_paused(events),
        due=due,
        received_on=facts.received_on,
        calendar=known,
        pauses=tuple(pause for pause in facts.pauses if _excludes(pause)),
        in_working_days=_counts_working_days(due, reading),
        sources=reading.sources(),
        warnings=_untold(reading),
    )


def _untold(reading: Reading) -> tuple[str, ...]:
    if reading.granted is None:
        return tuple(reading.warnings)
    return (
        *reading.warnings,
        f"延期已批准，尚未告知投诉人；须在{reading.old_due_on}之前告知，否则按逾期计。",
    )


def _excludes(pause: complaint_facts.Pause) -> bool:
    """Whether the days are taken out: an appraisal only once the complainant was told (CMP-007)."""
    return pause.told or pause.kind is PauseKind.MEDIATION


def _counts_working_days(due: Due, reading: Reading) -> bool:
    """Whether the day that binds is counted in working days, so that each day off shows its notice."""
    bound = reading.overlays.get(due.binding)
    return bound is not None and bound[1].unit is Unit.WORKING_DAY


def _of_recheck(applied_on: date, known: Calendar) -> Derived:
    """The superior's clock: 核查决定 within the days of CMP-013 (第二十条)."""
    due = recheck.decide_by(applied_on)
    return Derived(
        due_on=due.value,
        due_source=DueSource.LEGAL,
        legal_due_on=due.value,
        rule=recheck.RULE,
        rule_version=due.version,
        calendar_version=known.version,
        is_paused=False,
        due=Due(due.value, due.value, recheck.RULE, due.version, due.verdict, applied_on, due.steps),
        received_on=applied_on,
        calendar=known,
    )


def _working_day(due: Due, sources: Mapping[str, DueSource], received_on: date) -> tuple[date, DueSource]:
    """The day that binds and whose it is; without any, the bank's own fifteen days."""
    if due.on is None:
        return received_on + timedelta(HOUSE_DAYS), DueSource.TARGET
    return due.on, sources.get(due.binding, DueSource.LEGAL)


def explain(derived: Derived, cached: Mapping[str, Any] | None = None) -> ClockView:
    """“为什么是这一天”: every stretch of the count, the candidates, and whether the cache agrees."""
    due = derived.due
    candidates = [(DueSource.LEGAL, due.legal_on, due.rule)] if due.legal_on else []
    candidates += [
        (derived.sources.get(track.id, DueSource.EMERGENCY), track.on, f"{track.title}（{track.id}）")
        for track in due.tracks
        if not track.is_law
    ]
    return ClockView(
        due_on=derived.due_on,
        legal_due_on=derived.legal_due_on,
        due_source=derived.due_source,
        rule=derived.rule,
        rule_version=derived.rule_version,
        article=next((step.cite for step in due.steps if step.cite), ""),
        calendar_version=derived.calendar_version,
        is_paused=derived.is_paused,
        steps=tuple(_steps(derived)),
        candidates=tuple(candidates),
        agrees=cached is None or all(cached[name] == value for name, value in derived.columns().items()),
        warnings=(*derived.warnings, *(step.say for step in due.unused), *_no_law(derived)),
        sentence=due.say,
    )


def _no_law(derived: Derived) -> tuple[str, ...]:
    if derived.legal_due_on is not None:
        return ()
    return (f"收到当日（{derived.received_on}）没有已录入的法定时限，按本行内部 {HOUSE_DAYS} 日管理。",)


def _steps(derived: Derived) -> list[ClockStep]:
    """The trace's sentences, then every day between receipt and due day as stretches."""
    reasons = [
        ClockStep("reason", derived.received_on, derived.due_on, 0, step.say, derived.rule, step.cite)
        for step in derived.due.steps
    ]
    return reasons + stretches(derived)


def stretches(derived: Derived) -> list[ClockStep]:
    """Every day from day zero to the due day: counted, paused or skipped, run together."""
    found: list[ClockStep] = []
    start = derived.due.start_on or derived.received_on
    day = start
    while day <= derived.due_on:
        kind, say = _day_kind(derived, day, start)
        if found and (found[-1].kind, found[-1].say) == (kind, say):
            before = found.pop()
            found.append(ClockStep(kind, before.start, day, before.days + 1, say, derived.rule))
        else:
            found.append(ClockStep(kind, day, day, 1, say, derived.rule))
        day += timedelta(1)
    return found


def _day_kind(derived: Derived, day: date, start: date) -> tuple[str, str]:
    if day == start:
        return "skipped", "起算当日不计入"
    for pause in derived.pauses:
        if pause.since <= day and (pause.until is None or day <= pause.until):
            return "paused", f"{pause.kind.label}期间不计入"
    if not derived.in_working_days:
        return "counted", "自然日，计入"
    entry = derived.calendar.entry(day)
    notice = f"（{entry.name}，{entry.notice}）" if entry else ""
    if derived.calendar.is_working(day):
        return "counted", f"工作日，计入{notice}"
    return "skipped", f"非工作日，不计入{notice}"
