"""The workbench's charts: figures of the selectors into the drawings of the chart engine.

Every sentence is computed from the very figures that are drawn below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from xiaobao.duties.complaints.domain.rows import MIN_BASE, CauseChange, Month, Radar
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.lines import short_reason
from xiaobao.engines import chart

TARGET = 98.0
WEEKDAYS = "一二三四五六日"


def spark(values: Sequence[float]) -> Markup:
    """A small line, '' below two values."""
    return Markup(chart.sparkline(values))  # noqa: S704 (the engine escapes)


def radar(seen: Radar, today: date, base: str) -> Markup:
    """Columns of what falls due day by day; late today is red, the next two days amber."""
    items = [
        chart.Column(
            label=f"{item.on:%d}".lstrip("0"),
            sub="今" if item.on == today else WEEKDAYS[item.on.weekday()],
            parts=(
                chart.Part(
                    item.others,
                    "cbad" if item.on <= today else "c4" if item.on <= today + timedelta(days=2) else "c2",
                    f"{item.on:%m-%d} 到期，其他来源 {item.others} 件",
                    filters.link(base, {"due_on": item.on.isoformat(), "waiting": "1"}),
                ),
                chart.Part(
                    item.regulator,
                    "c3",
                    f"{item.on:%m-%d} 到期，监管转办 {item.regulator} 件",
                    filters.link(base, {"tab": Tab.REGULATOR, "due_on": item.on.isoformat(), "waiting": "1"}),
                ),
            ),
            is_marked=item.on == today,
            is_rest=item.on.weekday() >= 5,
        )
        for item in seen.days
    ]
    frame = chart.Frame("radar", "未来 15 天到期的投诉", seen.sentence or "没有到期的投诉")
    return Markup(chart.columns(items, frame))  # noqa: S704


def months(seen: Sequence[Month], today: date, base: str) -> Markup:
    """Two panels over the same months: the share closed in time, and the intake."""
    points = [
        chart.Point(
            item.on_time, f"{_month(item)} 按期办结率 {item.on_time}%" if item.on_time is not None else ""
        )
        for item in seen
    ]
    low = _low([point.value for point in points if point.value is not None])
    step = (100 - low) / 2
    axis = chart.Axis(
        low,
        100,
        tuple(chart.Level(value, f"{value:g}%") for value in (low, low + step, 100)),
        chart.Level(TARGET, f"目标 {TARGET:g}%"),
    )
    sentence = months_sentence(seen)
    top = chart.line(points, chart.Frame("on-time", "按期办结率", sentence, 720, 96, 40, 64), axis)
    peak = max((item.regulator + item.others for item in seen), default=0)
    running = f"{today:%Y-%m}"
    items = [
        chart.Column(
            label=_month(item),
            sub=f"至 {today.day} 日" if item.month == running else "",
            parts=(
                chart.Part(
                    item.others,
                    "c2",
                    f"{_month(item)} 其他渠道 {item.others} 件",
                    _of_month(base, item, Tab.EVERY),
                ),
                chart.Part(
                    item.regulator,
                    "c3",
                    f"{_month(item)} 监管转办 {item.regulator} 件",
                    _of_month(base, item, Tab.EVERY),
                ),
            ),
            is_pale=item.month == running,
            shows_total=item.month == running or item.regulator + item.others == peak,
        )
        for item in seen
    ]
    below = chart.columns(items, chart.Frame("volumes", "投诉量", sentence, 720, 186, 40, 64))
    return Markup(top + below)  # noqa: S704


def months_sentence(seen: Sequence[Month]) -> str:
    """The greatest month and where punctuality went."""
    if not seen or not any(item.regulator + item.others for item in seen):
        return "近 12 个月没有投诉记录。"
    peak = max(seen, key=lambda item: item.regulator + item.others)
    rates = [item for item in seen if item.on_time is not None]
    words = f"{_month(peak)}投诉量为近 12 个月最高（{peak.regulator + peak.others:,} 件）"
    if len(rates) < 2:
        return words + "。"
    first, last = rates[0], rates[-1]
    gap = round((last.on_time or 0) - (first.on_time or 0), 1)
    turn = "持平" if gap == 0 else f"{'上升' if gap > 0 else '下降'} {abs(gap):g} 个百分点"
    return (
        f"按期办结率由{_month(first)}的 {first.on_time:g}% 到{_month(last)}的 {last.on_time:g}%，"
        f"{turn}{_dip(rates)}；{words}。"
    )


def _dip(rates: Sequence[Month]) -> str:
    """The lowest month, where it lies below both ends."""
    lowest = min(rates, key=lambda item: item.on_time or 0)
    if (lowest.on_time or 0) >= min(rates[0].on_time or 0, rates[-1].on_time or 0):
        return ""
    return f"，最低是{_month(lowest)}的 {lowest.on_time:g}%"


def causes(seen: Sequence[CauseChange], today: date, base: str) -> Markup:
    """The six greatest reasons of the month, with their change."""
    month = today.replace(day=1).isoformat()
    items = [
        chart.Row(
            short_reason(item.name),
            item.now,
            f"{item.now:,}",
            "c1" if index < 2 else "c2",
            _change(item),
            "worse" if item.now > item.before else "good" if item.now < item.before else "",
            filters.link(base, {"tab": Tab.EVERY, "reason": item.code, "from": month}),
        )
        for index, item in enumerate(seen[:6])
    ]
    frame = chart.Frame("causes", "本月投诉原因", causes_sentence(seen), 380)
    return Markup(chart.rows(items, frame))  # noqa: S704


def causes_sentence(seen: Sequence[CauseChange]) -> str:
    """The reason that rose most, or the greatest one."""
    if not seen:
        return "本月还没有编码的投诉。"
    rising = [item for item in seen if item.now - item.before >= 3]
    if rising:
        worst = max(rising, key=lambda item: (item.before >= MIN_BASE, item.change or 0, item.now))
        rise = f"增长 {worst.change}%" if worst.before >= MIN_BASE else f"多 {worst.now - worst.before} 件"
        return f"“{short_reason(worst.name)}”较上月{rise}（{worst.before} → {worst.now} 件）。"
    first = max(seen, key=lambda item: item.now)
    return f"“{short_reason(first.name)}”最多，{first.now} 件；各类原因没有明显上升。"


def _change(item: CauseChange) -> str:
    """The change in per cent; in cases where last month had too few for a share to say anything."""
    if item.now == item.before:
        return "持平" if item.now else ""
    arrow, step = ("↑", item.now - item.before) if item.now > item.before else ("↓", item.before - item.now)
    return f"{arrow} {step} 件" if item.before < MIN_BASE else f"{arrow} {abs(item.change or 0)}%"


def _month(item: Month) -> str:
    return f"{int(item.month[5:7])}月"


def _of_month(base: str, item: Month, tab: Tab) -> str:
    year, month = int(item.month[:4]), int(item.month[5:7])
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return filters.link(
        base, {"tab": tab, "sort": "received", "from": first.isoformat(), "until": last.isoformat()}
    )


def _low(values: Sequence[float]) -> float:
    """Ground of the rate's panel: 90, or lower in tens where a month was worse."""
    worst = min(values, default=100)
    return 90.0 if worst >= 90 else max(0.0, worst // 20 * 20)
