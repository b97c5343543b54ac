"""Findings in sentences, computed from the very figures that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xiaobao.duties.complaints.domain.rows import CauseChange, Load, Month, RadarDay

WEEKDAYS = "一二三四五六日"
QUIET = 2
RISE = 20
FEW = 5


def peak(days: Sequence[RadarDay], today: date) -> str:
    """The sentence on the busiest day ahead; how many fall due when none stands out, '' for none at all.

    >>> peak([RadarDay(date(2026, 11, 23), 0, 1), RadarDay(date(2026, 11, 27), 3, 11)], date(2026, 11, 23))
    '27日（周五）14 件集中到期，其中 3 件为监管转办，建议今天先安排。'
    """
    busiest = max(days, key=lambda day: day.regulator + day.others, default=None)
    total = sum(day.regulator + day.others for day in days)
    if busiest is None or not total:
        return ""
    if busiest.regulator + busiest.others < QUIET:
        return f"未来 {len(days)} 天共 {total} 件到期，没有集中日。"
    number = busiest.regulator + busiest.others
    when = f"{busiest.on.day}日（周{WEEKDAYS[busiest.on.weekday()]}）"
    of_regulators = f"，其中 {busiest.regulator} 件为监管转办" if busiest.regulator else ""
    advice = "请今天办结。" if busiest.on == today else "建议今天先安排。"
    if busiest.on > today + timedelta(7):
        advice = "请提前安排。"
    return f"{when}{number} 件集中到期{of_regulators}，{advice}"


def findings(
    months: Sequence[Month], causes: Sequence[CauseChange], loads: Sequence[Load]
) -> tuple[str, ...]:
    """What the figures say this month: punctuality, volume, the cause that rises, the heaviest load."""
    found = [_punctuality(months), _volume(months), _rising(causes), _heaviest(loads)]
    return tuple(sentence for sentence in found if sentence)


def _punctuality(months: Sequence[Month]) -> str:
    rates = [month.on_time for month in months[-4:-1]]
    known = [rate for rate in rates if rate is not None]
    if len(known) < 3:
        return ""
    if known[0] < known[1] < known[2]:
        return f"按期办结率连续 3 个月上升，上月 {known[2]}%。"
    if known[0] > known[1] > known[2]:
        return f"按期办结率连续 3 个月下降，上月 {known[2]}%。"
    return ""


def _volume(months: Sequence[Month]) -> str:
    full = [month for month in months if month.regulator + month.others]
    if len(full) < 3:
        return ""
    top = max(full, key=lambda month: month.regulator + month.others)
    return f"{int(top.month[5:])} 月投诉量为近 12 个月最高（{top.regulator + top.others} 件）。"


def _rising(causes: Sequence[CauseChange]) -> str:
    """A share where last month had enough for one, else the cases themselves."""
    rises = [one for one in causes if one.change is not None and one.change >= RISE]
    if rises:
        top = max(rises, key=lambda one: (one.change or 0, one.now))
        return f"{top.name}较上月同期增长 {top.change}%（{top.before} 件增至 {top.now} 件）。"
    more = [one for one in causes if one.change is None and one.now - one.before >= FEW]
    if not more:
        return ""
    top = max(more, key=lambda one: (one.now - one.before, one.now))
    return f"{top.name}较上月同期多 {top.now - top.before} 件（{top.before} 件增至 {top.now} 件）。"


def _heaviest(loads: Sequence[Load]) -> str:
    over = [load for load in loads if load.over]
    if not over:
        return ""
    return f"{over[0].name}在办 {over[0].cases} 件，超出人均四分之一以上，建议调整分派。"
