"""The five drawings. Every function is pure: the same values give the same string."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xiaobao.engines.chart.marks import bar, document, link, number, rule, text
from xiaobao.engines.chart.scale import ticks_up_to
from xiaobao.engines.chart.values import Axis, Column, Frame, Point, Row

_TOP, _FOOT = 20, 42
_GAP = 1.4


def columns(items: Sequence[Column], frame: Frame) -> str:
    """Stacked columns over a zero line, each segment a link, totals above."""
    ground = frame.height - _FOOT
    ticks = ticks_up_to(max((item.total for item in items), default=0), 3)
    unit = (ground - _TOP) / ticks[-1]
    right = frame.width - frame.right
    drawn: list[str] = []
    for tick in ticks:
        y = ground - tick * unit
        drawn.append(rule(frame.left, right, y, "ln" if tick else "ax"))
        drawn.append(text(frame.left - 8, y + 4, number(tick), anchor="end"))
    step = (right - frame.left) / max(len(items), 1)
    for index, item in enumerate(items):
        drawn.append(_column(item, frame.left + step * index, step, (ground, unit)))
    return document(frame, drawn)


def _column(item: Column, x: float, step: float, ground_unit: tuple[float, float]) -> str:
    ground, unit = ground_unit
    width = step * 0.6 if step < 46 else step * 0.46
    left, middle = x + (step - width) / 2, x + step / 2
    drawn = [bar((x + 3, 8, step - 6, ground + _FOOT - 12), "hl", 6)] if item.is_marked else []
    y = ground
    for part in (part for part in item.parts if part.value > 0):
        height = part.value * unit
        y -= height
        shape = bar((left, y, width, max(height - _GAP, 1)), part.tone + (" pale" if item.is_pale else ""))
        drawn.append(link(shape, part.label, part.href))
    if item.total and item.shows_total:
        drawn.append(
            text(middle, y - 6, number(item.total), kind="lab" if item.is_marked else "", anchor="middle")
        )
    kind = "lab" if item.is_marked else ("rest" if item.is_rest else "")
    drawn.append(text(middle, ground + 18, item.label, kind=kind, anchor="middle"))
    if item.sub:
        drawn.append(
            text(middle, ground + 34, item.sub, kind="rest" if item.is_rest else "", anchor="middle")
        )
    return "".join(drawn)


def line(points: Sequence[Point], frame: Frame, axis: Axis) -> str:
    """A line within the axis with named ticks, a target if there is one, the last value named."""
    right = frame.width - frame.right
    step = (right - frame.left) / max(len(points), 1)
    drawn = []
    for tick in axis.ticks:
        y = _height(tick.value, frame, axis)
        drawn.append(rule(frame.left, right, y, "ln"))
        drawn.append(text(frame.left - 8, y + 4, tick.label, anchor="end"))
    places = [
        (frame.left + step * (index + 0.5), _height(point.value, frame, axis), point)
        for index, point in enumerate(points)
        if point.value is not None
    ]
    path = " ".join(f"{number(x)},{number(y)}" for x, y, _ in places)
    drawn.append(f'<polyline class="l5" points="{path}"/>')
    drawn += [_dot(x, y, point) for x, y, point in places]
    drawn += _line_ends(frame, axis, places[-1] if places else None)
    return document(frame, drawn)


_LINE_MARGIN = 10.0


def _height(value: float, frame: Frame, axis: Axis) -> float:
    ground = frame.height - _LINE_MARGIN
    share = (min(max(value, axis.low), axis.high) - axis.low) / (axis.high - axis.low)
    return ground - share * (ground - _LINE_MARGIN)


def _dot(x: float, y: float, point: Point) -> str:
    place = f'cx="{number(x)}" cy="{number(y)}"'
    return link(
        f'<circle class="hit" {place} r="10"/><circle class="c5" {place} r="3"/>', point.label, point.href
    )


def _line_ends(frame: Frame, axis: Axis, last: tuple[float, float, Point] | None) -> list[str]:
    """The target's line, its name and the last value at the right edge, kept 15 units apart."""
    right = frame.width - frame.right
    names: list[tuple[float, str, str]] = []
    drawn = []
    if axis.target:
        y = _height(axis.target.value, frame, axis)
        drawn.append(rule(frame.left, right, y, "level"))
        names.append((y, axis.target.label, "warn"))
    if last:
        names.append((last[1], f"{last[2].value:g}%", "good"))
    free = 0.0
    for y, words, kind in sorted(names):
        free = max(y, free)
        drawn.append(text(right + 6, free + 4, words, kind=kind))
        free += 15
    return drawn


def sparkline(values: Sequence[float], *, width: int = 76, height: int = 34) -> str:
    """A small line without axes, hidden from screen readers; '' below two values."""
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    spread = (high - low) or 1
    step = width / (len(values) - 1)
    path = " ".join(
        f"{number(index * step)},{number(height - 4 - (value - low) / spread * (height - 8))}"
        for index, value in enumerate(values)
    )
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<polygon class="a1" points="0,{height} {path} {width},{height}"/><polyline class="l1" points="{path}"/></svg>'
    )


def ring(percent: float) -> str:
    """A ring filled by `percent` of its round; the words stand beside it in the page."""
    part = number(min(max(percent, 0), 100))
    return (
        '<svg viewBox="0 0 44 44" aria-hidden="true"><circle class="t" cx="22" cy="22" r="20"/>'
        f'<circle class="p" cx="22" cy="22" r="20" pathLength="100" stroke-dasharray="{part} 100"/></svg>'
    )


_ROW, _BAR_LEFT, _SHOWN, _REMARK = 37, 112, 72, 104
_LINE = 8
"""Characters of a row's name that stand on one line left of the bars."""
_JOINTS = re.compile(r"(?<=[、，/])|(?=[和及与])")


def rows(items: Sequence[Row], frame: Frame) -> str:
    """Horizontal bars from one zero, with figure and remark; the frame's height follows the rows.

    A long name stands on two lines; what does not fit there either is in the row's title.
    """
    top = max((item.value for item in items), default=0) or 1
    room = frame.width - _BAR_LEFT - _REMARK
    drawn = []
    for index, item in enumerate(items):
        y = index * _ROW + 11
        pieces = [
            *_name(item.label, y + 11),
            bar((_BAR_LEFT, y, room, 14), "trk", 3),
            bar((_BAR_LEFT, y, item.value / top * room, 14), item.tone, 3),
            text(frame.width - _SHOWN, y + 11, item.shown, kind="row", anchor="end"),
            text(frame.width, y + 11, item.remark, kind=item.remark_tone, anchor="end"),
        ]
        drawn.append(link("".join(pieces), f"{item.label} {item.shown} {item.remark}".strip(), item.href))
    paper = Frame(frame.name, frame.title, frame.desc, frame.width, max(len(items) * _ROW + 2, 1))
    return document(paper, drawn)


def _name(label: str, y: float) -> list[str]:
    """The row's name on the bar's line, or parted at a joint of its words into two around it."""
    if len(label) <= _LINE:
        return [text(0, y, label, kind="row")]
    joints = [found.start() for found in _JOINTS.finditer(label) if 0 < found.start() < len(label)]
    middle = len(label) / 2
    at = min(
        (joint for joint in joints if joint <= _LINE), key=lambda joint: abs(joint - middle), default=_LINE
    )
    first, second = label[:at], label[at:]
    if len(second) > _LINE:
        second = second[: _LINE - 1] + "…"
    return [text(0, y - 8, first, kind="row"), text(0, y + 8, second, kind="row")]
