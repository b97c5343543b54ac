"""The count itself: base period, extensions, restarts and pauses in the order they happened."""

from __future__ import annotations

from datetime import date

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules import complaint_trace as trace
from xiaobao.rules.calendar import Calendar
from xiaobao.rules.complaint_facts import (
    ClockFacts,
    Complexity,
    Extension,
    ExtensionKind,
    Line,
    Pause,
    PauseKind,
    Track,
)
from xiaobao.rules.complaint_plan import Plan

Span = tuple[int, int]
SPECIAL_RULE = "CMP-005"


class Trail:
    """What the count leaves behind on its way: the running period and the sentences."""

    __slots__ = (
        "broken", "days", "missing", "rule", "spans", "start", "steps", "tracks", "unused", "version",
    )  # fmt: skip

    def __init__(self, start: date, days: int = 0, rule: str = "", version: str = "") -> None:
        self.start, self.days, self.rule, self.version = start, days, rule, version
        self.spans: list[Span] = []
        self.steps: list[Line] = []
        self.unused: list[Line] = []
        self.missing: list[str] = []
        self.broken: list[str] = []
        self.tracks: list[Track] = []

    @property
    def on(self) -> date:
        """The last day of the running period."""
        return last_day(self.start, self.days, self.spans)


def last_day(start: date, days: int, spans: list[Span]) -> date:
    """The day on which `days` natural days outside `spans` (disjoint, in order) have been counted."""
    first = start.toordinal() + 1
    due = first + days - 1
    for begin, end in spans:
        begin = max(begin, first)
        if begin > due:
            break
        if end >= begin:
            due += end - begin + 1
    return date.fromordinal(due)


def last_working_day(start: date, days: int, spans: list[Span], calendar: Calendar) -> date:
    """The same in working days; paused working days do not count.

    Raises: OutsideCalendar beyond the recorded years.
    """
    first, count = start.toordinal() + 1, days
    due = calendar.add_working(start, count)
    for begin, end in spans:
        begin = max(begin, first)
        if begin > due.toordinal():
            break
        if end >= begin:
            count += calendar.working_between(date.fromordinal(begin - 1), date.fromordinal(end))
            due = calendar.add_working(start, count)
    return due


def merge(spans: list[Span]) -> list[Span]:
    """The union of the spans, disjoint and in order; touching ones are joined."""
    if len(spans) == 1:
        return spans
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def walk(facts: ClockFacts, received: date, plan: Plan) -> Trail:
    """The statutory period of N00:18 after everything that happened to it."""
    base = plan.base[facts.complexity]
    trail = Trail(received, base.days, base.rule, base.version)
    trail.steps = [(trace.received, received, plan), *base.fixed]
    if facts.complexity is Complexity.COMPLEX and not facts.reason:
        trail.missing.append("reason")
    valid = _valid_pauses(facts, plan, trail) if facts.pauses else []
    if valid:
        trail.spans = merge([(pause.since.toordinal(), until.toordinal()) for pause, until in valid])
    if facts.extensions or facts.new_facts_on or facts.repeats_on:
        for _, happening in sorted(_happenings(facts), key=lambda pair: pair[0]):
            if isinstance(happening, Extension):
                _extend(happening, plan, trail)
            else:
                _again(*happening, plan, trail)
    if valid:
        _tell_pauses(valid, plan, trail)
    if facts.complexity is Complexity.SPECIAL and trail.rule != SPECIAL_RULE and not trail.broken:
        trail.unused.append((trace.no_approval, base.days, plan))
        trail.missing.append("approver")
    return trail


def check(facts: ClockFacts, received: date) -> None:
    """Refuse days before the receipt and reversed pauses. Raises: InvalidInput."""
    if facts.new_facts_on or facts.repeats_on or facts.withdrawn_on:
        _check_days(facts, received)
    for pause in facts.pauses:
        if pause.until is not None and pause.until < pause.since:
            raise InvalidInput(
                "clock.pause_reversed",
                field="pauses",
                say=f"暂停的起止日期颠倒：{pause.since}至{pause.until}",
            )


def _check_days(facts: ClockFacts, received: date) -> None:
    for name, day in (
        *(("new_facts_on", day) for day in facts.new_facts_on),
        *(("repeats_on", day) for day in facts.repeats_on),
        *((("withdrawn_on", facts.withdrawn_on),) if facts.withdrawn_on else ()),
    ):
        if day < received:
            raise InvalidInput(
                "clock.before_receipt", field=name, say=f"{day}早于收到投诉的{received}，请核对日期"
            )


def _happenings(facts: ClockFacts) -> list[tuple[date, Extension | tuple[date, bool]]]:
    found: list[tuple[date, Extension | tuple[date, bool]]] = [
        (day, (day, True)) for day in facts.new_facts_on
    ]
    found += [(day, (day, False)) for day in facts.repeats_on]
    found += [(_effective(one), one) for one in facts.extensions]
    return found


def _effective(extension: Extension) -> date:
    known = [day for day in (extension.approved_on, extension.told_on) if day]
    return max(known, default=date.max)


def _again(day: date, new_facts: bool, plan: Plan, trail: Trail) -> None:
    if not new_facts:
        trail.unused.append((trace.not_restarted, day, "无新的事实和理由，合并处理，不重新计算", plan))
    elif day > trail.on:
        trail.unused.append((trace.not_restarted, day, f"期限已于{trail.on}届满，不重新计算", plan))
    else:
        trail.start = day
        trail.steps.append((trace.restarted, day, plan))


def _extend(extension: Extension, plan: Plan, trail: Trail) -> None:
    if extension.kind is ExtensionKind.PBOC:
        return
    whole = plan.base[Complexity.COMPLEX].days
    special = extension.kind is ExtensionKind.SPECIAL
    if why := _flaw(extension, plan, trail, special=special):
        rule = SPECIAL_RULE if special else "CMP-004"
        trail.unused.append((trace.not_extended, extension, why, rule, plan))
        trail.broken.append(rule)
        return
    days = whole + plan.further if special else whole
    if days <= trail.days:
        return
    trail.steps.append((trace.extended, extension, days - trail.days, plan))
    trail.days = days
    trail.rule, trail.version = (
        (SPECIAL_RULE, plan.special_version)
        if special
        else ("CMP-004", plan.base[Complexity.COMPLEX].version)
    )


def _flaw(extension: Extension, plan: Plan, trail: Trail, *, special: bool) -> str:
    if special and extension.approver is None:
        return "没有审批人"
    if special and extension.approver not in plan.approvers:
        label = extension.approver.label if extension.approver else ""
        return f"审批人为{label}，应由上级机构或者总行、总公司高级管理人员审批"
    if extension.approved_on is None:
        return "没有审批日期"
    if extension.approved_on > trail.on:
        return f"{extension.approved_on}才批准，期限已于{trail.on}届满"
    if extension.told_on is None:
        return "未告知投诉人"
    if extension.told_on > trail.on:
        return f"{extension.told_on}才告知投诉人，期限已于{trail.on}届满"
    return ""


def excludes(pause: Pause) -> bool:
    """Whether its days are taken out: an appraisal once the complainant was told, a mediation both sides asked for."""
    return pause.told if pause.kind is PauseKind.APPRAISAL else pause.both_applied


def upto(pause: Pause, facts: ClockFacts) -> date:
    """The pause's last day; of one that still runs the day it is counted up to."""
    return pause.until if pause.until is not None else max(facts.as_of or pause.since, pause.since)


def _valid_pauses(facts: ClockFacts, plan: Plan, trail: Trail) -> list[tuple[Pause, date]]:
    valid: list[tuple[Pause, date]] = []
    ordered = facts.pauses if len(facts.pauses) == 1 else sorted(facts.pauses, key=lambda one: one.since)
    for pause in ordered:
        if not excludes(pause):
            trail.unused.append((trace.not_paused, pause, _WHY_NOT[pause.kind], plan))
            continue
        if pause.until is None:
            trail.missing.append("pause_until")
        valid.append((pause, upto(pause, facts)))
    return valid


_WHY_NOT = {
    PauseKind.APPRAISAL: "未告知投诉人，照常计入",
    PauseKind.MEDIATION: "不是双方申请的调解，照常计入",
}


def _tell_pauses(valid: list[tuple[Pause, date]], plan: Plan, trail: Trail) -> None:
    first, on = trail.start.toordinal() + 1, trail.on
    due = on.toordinal()
    total = each = 0
    for pause, until in valid:
        begin, end = max(pause.since.toordinal(), first), until.toordinal()
        if begin > due:
            trail.unused.append((trace.not_paused, pause, f"期限已于{on}届满，不再扣除", plan))
        elif end < begin:
            trail.unused.append((trace.not_paused, pause, "在起算之前，不影响计算", plan))
        else:
            each += end - begin + 1
            trail.steps.append((trace.paused, pause, until, end - begin + 1, plan))
    if len(valid) == 1:
        return
    for begin, end in trail.spans:
        if max(begin, first) <= due:
            total += max(end - max(begin, first) + 1, 0)
    if total != each:
        trail.steps.append((trace.merged, total, plan))
