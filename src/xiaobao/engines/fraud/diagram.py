"""The data flow as an SVG, drawn from the code: `python -m xiaobao.engines.fraud.diagram > FILE`.

Every box names a module and a public name in it, and its last line is read from the code
(aggregates, outcomes, list kinds, stages), so the picture cannot say what the engine does not have.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from html import escape
from itertools import pairwise

from xiaobao.engines.fraud.events import EventType
from xiaobao.engines.fraud.lifecycle import STAGE_WORDS, Command
from xiaobao.engines.fraud.lists import ListKind
from xiaobao.engines.fraud.notices import Notice
from xiaobao.engines.fraud.rules import Outcome
from xiaobao.engines.fraud.windows import Aggregate

_WIDTH, _HEIGHT, _GAP_X, _GAP_Y, _EDGE = 210, 74, 50, 56, 24


@dataclass(frozen=True, slots=True)
class Box:
    """A step: where it stands, its module and name, what it is called, what it holds."""

    column: int
    row: int
    module: str
    name: str
    title: str
    holds: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one module's box to another's; a dashed one is not on the way of a decision."""

    source: str
    target: str
    dashed: bool = False


def boxes() -> tuple[Box, ...]:
    """Every step, checked against the modules. Raises: AttributeError for a name that is gone."""
    found = (
        Box(0, 0, "events", "parse", "事件（令牌化、分）", f"{len(EventType)} 类，含结果回标"),
        Box(1, 0, "journal", "Journal", "日志", "先落盘，后作答"),
        Box(2, 0, "online", "OnlineFeatures", "窗口特征（逐笔）", f"{len(Aggregate)} 种聚合"),
        Box(3, 0, "model", "OnnxModel", "模型分（ONNX）", "特征哈希不符即拒绝"),
        Box(4, 0, "rules", "CompiledRules", "规则", "、".join(outcome.label for outcome in Outcome)),
        Box(4, 1, "engine", "Engine", "处置", "理由、版本、贡献"),
        Box(3, 1, "lists", "ListBook", "名单", f"{len(ListKind)} 类，白名单须复核"),
        Box(5, 1, "brake", "Brake", "刹车", "越限规则退回影子"),
        Box(1, 1, "snapshots", "save", "快照", "快照＋日志尾部恢复"),
        Box(4, 2, "notices", "Notice", "告知（AF-002）", f"{len(fields(Notice))} 项：原因、救济、资料、申诉"),
        Box(0, 2, "files", "read_events", "历史事件", "csv、csv.gz、jsonl"),
        Box(1, 2, "batch", "compute", "窗口特征（批量）", "与逐笔逐行相等"),
        Box(2, 2, "replay", "answers", "回测", "与引擎同一答案"),
        Box(3, 2, "lifecycle", "TABLE", "规则生命周期", "→".join(STAGE_WORDS.values())),
        Box(1, 3, "sql", "feature_query", "窗口特征（DuckDB）", "同一定义生成"),
        Box(2, 3, "training", "fit", "训练与模型卡", "校准、评估"),
    )
    for box in found:
        getattr(importlib.import_module(f"xiaobao.engines.fraud.{box.module}"), box.name)
    return found


def arrows() -> tuple[Arrow, ...]:
    """How events and definitions move."""
    chain = ("events", "journal", "online", "model", "rules", "engine", "notices")
    straight = [Arrow(one, other) for one, other in pairwise(chain)]
    beside = [("journal", "snapshots"), ("files", "batch"), ("batch", "replay"), ("replay", "lifecycle")]
    return (
        *straight,
        Arrow("lists", "engine"),
        Arrow("engine", "brake"),
        Arrow("brake", "rules", dashed=True),
        *(Arrow(one, other, dashed=True) for one, other in beside),
        Arrow("batch", "sql", dashed=True),
        Arrow("batch", "training", dashed=True),
    )


def svg() -> str:
    """The picture; colours follow the page through `currentColor`."""
    drawn = boxes()
    width = max(_left(box) for box in drawn) + _WIDTH + _EDGE
    height = max(_top(box) for box in drawn) + _HEIGHT + _EDGE
    by_module = {box.module: box for box in drawn}
    title = f"反欺诈引擎的数据流：{len(drawn)} 步，{len(Command)} 种规则操作"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{title}" font-family="sans-serif" fill="none" stroke="currentColor">'
    )
    tip = (
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0 L8 4 L0 8 z" fill="currentColor" stroke="none"/></marker></defs>'
    )
    lines = [_line(by_module[arrow.source], by_module[arrow.target], arrow.dashed) for arrow in arrows()]
    return "\n".join([head, f"<title>{title}</title>", tip, *lines, *_drawn(drawn), "</svg>"]) + "\n"


def _drawn(found: Iterable[Box]) -> list[str]:
    parts = []
    for box in found:
        left, top = _left(box), _top(box)
        middle = left + _WIDTH // 2
        parts.append(f'<rect x="{left}" y="{top}" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>')
        for text, down, size in (
            (box.title, 24, 15),
            (box.holds, 44, 12),
            (f"{box.module}.{box.name}", 63, 11),
        ):
            parts.append(
                f'<text x="{middle}" y="{top + down}" font-size="{size}" text-anchor="middle" '
                f'fill="currentColor" stroke="none">{escape(text)}</text>'
            )
    return parts


def _line(source: Box, target: Box, dashed: bool) -> str:
    style = ' stroke-dasharray="5 4"' if dashed else ""
    if source.column == target.column:
        across = _left(source) + _WIDTH // 2
        down = target.row > source.row
        start, end = (
            (_top(source) + _HEIGHT, _top(target)) if down else (_top(source), _top(target) + _HEIGHT)
        )
        return f'<path d="M{across} {start} L{across} {end}" marker-end="url(#tip)"{style}/>'
    right = target.column > source.column
    start = _left(source) + (_WIDTH if right else 0)
    end = _left(target) + (0 if right else _WIDTH)
    one, other = _top(source) + _HEIGHT // 2, _top(target) + _HEIGHT // 2
    return f'<path d="M{start} {one} L{end} {other}" marker-end="url(#tip)"{style}/>'


def _left(box: Box) -> int:
    return _EDGE + box.column * (_WIDTH + _GAP_X)


def _top(box: Box) -> int:
    return _EDGE + box.row * (_HEIGHT + _GAP_Y)


if __name__ == "__main__":
    print(svg(), end="")
