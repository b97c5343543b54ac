"""The sentences of a complaint clock's trace, written by hand; one function a sentence."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from xiaobao.rules.calendar import Calendar
from xiaobao.rules.complaint_facts import Extension, GivenDue, Overlay, Pause, PauseKind, Track
from xiaobao.rules.complaint_plan import Plan
from xiaobao.rules.values import Step, Unit

T = TypeVar("T")
MOST_KEPT = 20_000
PAUSE_RULE = {PauseKind.APPRAISAL: "CMP-007", PauseKind.MEDIATION: "CMP-008"}


def received(day: date, plan: Plan) -> Step:
    """The first step: day zero."""
    return plan.opened.get(day) or keep(
        plan.opened, day, Step(f"{day.isoformat()}收到，当日不计入（{plan.day_zero_zh}）", day, plan.day_zero)
    )


def keep(kept: dict[date, T], day: date, made: T) -> T:
    """What was made for the day, kept for the next who asks; never more than so many days."""
    if len(kept) >= MOST_KEPT:
        kept.clear()
    kept[day] = made
    return made


def last_day(day: date, calendar: Calendar) -> str:
    """The day with its weekday and holiday, where it has one."""
    return calendar.name_day(day)[0]


def last_steps(day: date, calendar: Calendar, plan: Plan) -> tuple[Step, ...]:
    """The last day; where it is a day off, that it does not roll over."""
    kept = plan.closed.setdefault(calendar, {})
    return kept.get(day) or keep(kept, day, _last_steps(day, calendar, plan))


def _last_steps(day: date, calendar: Calendar, plan: Plan) -> tuple[Step, ...]:
    named, is_off = calendar.name_day(day)
    last = Step(f"届满日为{named}", day, plan.inclusive)
    return (last, plan.no_roll) if is_off else (last,)


def plain_steps(
    received_on: date, on: date, fixed: tuple[Step, ...], plan: Plan, calendar: Calendar
) -> tuple[Step, ...]:
    """Every step of a period nothing has happened to."""
    return (received(received_on, plan), *fixed, *last_steps(on, calendar, plan))


def paused(pause: Pause, until: date, days: int, plan: Plan) -> Step:
    """Days taken out of the count."""
    rule = PAUSE_RULE[pause.kind]
    span = f"至{until}" if pause.until else f"起尚未结束，计到{until}"
    return Step(
        f"{pause.kind.label}{pause.since}{span}，扣除{days}日（{plan.cite_zh(rule)}）",
        days,
        plan.cite(rule),
    )


def not_paused(pause: Pause, why: str, plan: Plan) -> Step:
    """Days that stay in the count, and why."""
    rule = PAUSE_RULE[pause.kind]
    return Step(
        f"{pause.kind.label}期间{pause.since}起——{why}（{plan.cite_zh(rule)}）",
        rule,
        plan.cite(rule),
        used=False,
    )


def merged(days: int, plan: Plan) -> Step:
    """Overlapping pauses count once."""
    return Step(f"各段暂停重叠的日子只扣一次，合计扣除{days}日", days, plan.cite("CMP-008"))


def restarted(day: date, plan: Plan) -> Step:
    """New facts: day zero moves."""
    return Step(
        f"{day}收到新的事实和理由，自该日重新计算（{plan.cite_zh('CMP-009')}）", day, plan.cite("CMP-009")
    )


def not_restarted(day: date, why: str, plan: Plan) -> Step:
    """A repetition or late material that leaves the clock alone."""
    return Step(
        f"{day}再次提出——{why}（{plan.cite_zh('CMP-009')}）", "CMP-009", plan.cite("CMP-009"), used=False
    )


def extended(extension: Extension, more: int, plan: Plan) -> Step:
    """An extension that took effect."""
    by = extension.approver.label if extension.approver else ""
    told = f"，{extension.told_on}告知投诉人" if extension.told_on else ""
    return Step(
        f"{extension.kind.label}：{by}{extension.approved_on}批准{told}，增加{more}日（{plan.cite_zh('CMP-005')}）",
        more,
        plan.cite("CMP-005"),
    )


def not_extended(extension: Extension, why: str, rule: str, plan: Plan) -> Step:
    """An extension without effect, and why; `value` names the rule it breaks."""
    return Step(
        f"{extension.kind.label}——{why}（{plan.cite_zh('CMP-005')}）", rule, plan.cite("CMP-005"), used=False
    )


def no_approval(days: int, plan: Plan) -> Step:
    """Special complexity alone gives nothing more than the complex period."""
    return Step(
        f"尚无上级机构或者总行、总公司高级管理人员的有效审批和告知，不产生第{days + plan.further}日的期限（{plan.cite_zh('CMP-005')}）",
        None,
        plan.cite("CMP-005"),
        used=False,
    )


def withdrawn(day: date, plan: Plan) -> Step:
    """The end of the procedure."""
    return Step(f"{day}收到撤回申请，程序当日终止（{plan.cite_zh('CMP-010')}）", day, plan.cite("CMP-010"))


def given(one: GivenDue) -> Step:
    """A regulator's own day."""
    return Step(
        f"{one.issuer or '监管部门'}{one.number}限{one.on}前办结，期限为给定，不作推算", one.on, one.number
    )


def own_period(overlay: Overlay, on: date) -> Step:
    """A stricter period of the bank or of an emergency notice."""
    return Step(f"{overlay.title}：{overlay.length}{unit_zh(overlay.unit)}，至{on}", on, overlay.id)


def looser(overlay: Overlay, on: date, legal: date) -> Step:
    """An own period that would end after the legal day."""
    return Step(
        f"{overlay.title}：{overlay.length}{unit_zh(overlay.unit)}为{on}，晚于法定{legal}，不采用",
        on,
        overlay.id,
        used=False,
    )


def earliest(binding: Track) -> Step:
    """Of several days the first one binds."""
    return Step(f"各期限取最早：{binding.title}，{binding.on}", binding.on, binding.cite)


def unit_zh(unit: Unit) -> str:
    """日 or 个工作日."""
    return unit.label
