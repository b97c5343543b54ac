"""The rule book and one rule as papers to print or hand over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from xiaobao.base.law.quoting import Quote
from xiaobao.base.rulebook.living import Ran
from xiaobao.base.rulebook.plain import params_of, summary
from xiaobao.base.rulebook.values import ROOMS, Changed, Past, Row
from xiaobao.engines.lawtext import chinese
from xiaobao.engines.paper import Heading, Line, List, Paper, Run, Table, docx
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh
from xiaobao.rules.values import Confidence, Rule, Version

AUTHOR = "消保平台"
_UNVERIFIED = "未核原文"
_Blocks = list[Heading | Line | List | Table]


def book_docx(rows: Iterable[Row], on: date) -> bytes:
    """The rules of the list by room, each with its plain words and articles."""
    blocks: _Blocks = [
        Line((Run(f"按 {on.isoformat()} 的规定。标“{_UNVERIFIED}”的，以正式文本为准。", grey=True),))
    ]
    for room, found in groupby(rows, key=lambda row: row.rule.room):
        lines = tuple(_row(row) for row in found)
        blocks += [
            Heading(f"{ROOMS[room]}（{len(lines)} 条）"),
            Table(("规则", "内容", "要求", "依据", "核对"), lines, (11, 25, 33, 19, 12)),
        ]
    return docx(Paper(f"规则册（{on.isoformat()}）", tuple(blocks), AUTHOR, "规则册"))


def _row(row: Row) -> tuple[str, ...]:
    version = row.version
    when = f"{version.name} 起" + (f"\n{version.until} 止" if version.until else "")
    return (
        f"{row.rule.id}\n{row.rule.kind.label}",
        f"{row.rule.title}\n{when}",
        row.summary,
        "\n".join(dict.fromkeys(cite_zh(cite) for cite in version.cites)),
        version.confidence.label,
    )


class Sheet(NamedTuple):
    """One rule as it goes on paper: its articles, its examples as they ran, its history."""

    quotes: tuple[Quote, ...]
    ran: tuple[Ran, ...]
    past: tuple[Past, ...]


def rule_docx(rule: Rule, version: Version, sheet: Sheet) -> bytes:
    """One rule: plain words, parameters, articles with their text, examples as they ran, history."""
    sure = "" if version.confidence is Confidence.VERIFIED else f"　{_UNVERIFIED}"
    head = Run(f"{rule.kind.label}　本规则此版自 {version.name} 起{sure}", grey=True)
    blocks: _Blocks = [Line((head,)), Line((summary(version),))]
    blocks += [Line((Run("本行口径：", bold=True), version.reading))] if version.reading else []
    params = tuple((param.label, "\n".join(param.says)) for param in params_of(version.params))
    blocks += [Heading("参数"), Table(("项目", "内容"), params, (28, 72)), Heading("条文")]
    for quote in sheet.quotes:
        blocks += [*_quoted(quote)]
    examples = tuple(
        (one.corner, _facts(one), one.expected, "通过" if one.passed else f"未通过：{one.found}")
        for one in sheet.ran
    )
    blocks += [
        Heading("例子"),
        Table(("情形", "事实", "应得", "实得"), examples, (14, 46, 24, 16)),
        Heading("沿革"),
    ]
    blocks.append(
        Table(("版本", "变化"), tuple((_span(one.version), _edits(one)) for one in sheet.past), (24, 76))
    )
    return docx(Paper(f"{rule.id} {rule.title}", tuple(blocks), AUTHOR, rule.id))


def _quoted(quote: Quote) -> _Blocks:
    title = f"《{INSTRUMENTS[quote.instrument].short}》{quote.place.chinese}（{quote.version} 版）"
    if not quote.passages:
        return [Heading(title, 2), Line((Run("尚无原文", grey=True),))]
    lines = (
        Line((Run(f"（{chinese(one.number)}）" * bool(one.number) + one.text, grey=not one.cited),))
        for one in quote.passages
    )
    return [Heading(title, 2), *lines]


def _facts(ran: Ran) -> str:
    return "；".join(f"{name}：{value}" for name, value in ran.facts)


def _span(version: Version) -> str:
    return f"{version.name} 起" + (f"\n{version.until} 止" if version.until else "")


def _edits(past: Past) -> str:
    return (
        "\n".join(f"{edit.label}：{edit.old or '（无）'} → {edit.new or '（无）'}" for edit in past.edits)
        or "首次录入"
    )


def changes_docx(found: Iterable[Changed], first: date, last: date) -> bytes:
    """What changed between two days, a line a rule."""
    rows = tuple(
        (
            "\n".join(day.isoformat() for day in one.on),
            f"{one.rule.id}\n{one.rule.title}",
            one.became.label,
            "\n".join(f"{edit.label}：{edit.old or '（无）'} → {edit.new or '（无）'}" for edit in one.edits),
        )
        for one in found
    )
    table = Table(("日期", "规则", "变化", "内容"), rows, (14, 34, 12, 40))
    title = f"规则的变化（{first.isoformat()} 至 {last.isoformat()}）"
    return docx(Paper(title, (Line((f"共 {len(rows)} 条规则有变化。",)), table), AUTHOR, "规则册"))
