"""`xiaobao scan …`: read material against the review rules. Never imports Django."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.site.commands.cases import Case, answer_cases

if TYPE_CHECKING:  # the engine is loaded by those who scan, not for the help
    from xiaobao.engines.textscan.book import Book
    from xiaobao.engines.textscan.documents import Document
    from xiaobao.engines.textscan.values import Report

_SHAPE = '{"id", "material_type", "channel", "input"}'
_CASE_KEYS = ("angle", "topic", "span", "severity", "rule", "article")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file, cases, or the list of topics."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="txt docx pdf html png jpg；- 为标准输入 / - for stdin"
    )
    parser.add_argument(
        "--material", default="", help="材料种类，如 短信、海报、格式合同、隐私政策 / kind of material"
    )
    parser.add_argument("--channel", default="", help="渠道，如 短信、微信、抖音、网点 / channel")
    parser.add_argument("--product", default="", help="产品，如 理财、贷款；不填则从文本判断 / product")
    parser.add_argument("--audience", default="", help="对象，如 老年人、学生 / audience")
    parser.add_argument("--on", metavar="DATE", help="按哪一天的规则，默认今天 / rules of which day")
    parser.add_argument(
        "--field", action="append", default=[], metavar="NAME=VALUE", help="文本看不出的事实 / facts"
    )
    parser.add_argument(
        "--overlay", metavar="FILE", type=Path, help="本行的补充规则（YAML 或 JSON） / own rules"
    )
    parser.add_argument(
        "--no-hints", action="store_true", help="不给出相近表述的提示（无出处） / rules only, no hints"
    )
    parser.add_argument("--cases", metavar="FILE", type=Path, help="逐行 JSON 的案例 / cases, one a line")
    parser.add_argument("--topics", action="store_true", help="列出主题 / list the topics")
    parser.add_argument("--rules", action="store_true", help="列出规则 / list the rules")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / as JSON")
    parser.add_argument(
        "--html", metavar="OUT", type=Path, help="另写出标注了位置的 HTML / also a marked HTML page"
    )
    parser.add_argument(
        "--docx", metavar="OUT", type=Path, help="另写出带批注的 docx / also a docx with comments"
    )


def run(options: argparse.Namespace) -> int:
    """0 nothing forbids it; 1 something blocks, or the file was refused. Raises: InvalidInput, NotFound, IllegalStep."""
    book = _book(options.overlay)
    if options.no_hints:
        book = book.without_hints()
    if options.topics:
        return _topics(book, as_json=options.json)
    if options.rules:
        return _rules(book, as_json=options.json)
    if bool(options.file) == bool(options.cases):
        raise InvalidInput(
            "scan.input", field="file", say="请给出一个文件（- 为标准输入），或者 --cases 文件"
        )
    if options.cases:
        return answer_cases(options.cases, lambda case: answer_case(case, book), shape=_SHAPE)
    return _file(options, book)


def _book(overlay: Path | None) -> Book:
    from xiaobao.engines.textscan.book import shipped

    if overlay is None:
        return shipped()
    from xiaobao.engines.textscan.overlay import book_with, overlay_from

    return book_with(shipped(), overlay_from(_text_of(overlay)))


def _text_of(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise NotFound("scan.no_file", say=f"找不到文件：{path}") from None
    except (OSError, UnicodeDecodeError):
        raise IllegalStep("scan.unreadable", say=f"不能读取：{path}（须为 UTF-8 文本）") from None


def _file(options: argparse.Namespace, book: Book) -> int:
    from xiaobao.engines.textscan.engine import scan
    from xiaobao.engines.textscan.requests import is_known, request_of

    document = _document(options.file)
    request = request_of(
        document.text,
        material=options.material,
        channel=options.channel,
        product=options.product,
        more=_fields(options.field) | {"on": _day(options.on), "audience": options.audience},
    )
    report = scan(document, request, book.plan)
    if options.html or options.docx:
        from xiaobao.engines.textscan import reports

        source = None if options.file == "-" else Path(options.file)
        reports.write(document, report, html=options.html, docx=options.docx, source=source)
    _told(report, known=is_known(options.material), as_json=options.json)
    return int(report.blocks)


def _document(name: str) -> Document:
    from xiaobao.engines.textscan.files import UnreadableError, read, read_stdin

    try:
        return read_stdin() if name == "-" else read(Path(name))
    except FileNotFoundError:
        raise NotFound("scan.no_file", say=f"找不到文件：{name}") from None
    except (IsADirectoryError, PermissionError):
        raise NotFound("scan.no_access", say=f"不能读取：{name}") from None
    except UnreadableError as error:
        raise IllegalStep("scan.refused", say=str(error)) from None


def _day(text: str | None) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(text) if text else ports.today()
    except ValueError:
        raise InvalidInput("scan.day", field="on", say=f"“{text}”不是日期，应写作 2026-11-23") from None


def _fields(given: list[str]) -> dict[str, Any]:
    pairs = [one.partition("=") for one in given]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise InvalidInput("scan.field", field="field", say=f"--field 应写作 名称=值：{wrong[0]}")
    return {name: value for name, _, value in pairs}


def _told(report: Report, *, known: bool, as_json: bool) -> None:
    if as_json:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
        return
    for finding in report.findings:
        where = f"“{finding.span}”" if finding.span else "（整份材料）"
        page = f"第{finding.page}页 " if finding.page else ""
        print(f"[{finding.severity.label}] {finding.angle.label}/{finding.topic} {page}{where}")
        print(f"    {finding.why}；依据：{finding.article}（{finding.rule}@{finding.version}）")
        if finding.suggestion:
            print(f"    可改为：{finding.suggestion}")
    for ask in report.questions:
        print(f"[待确认] {ask.topic}：{ask.question}（{ask.article}）")
    for remark in report.remarks:
        print(f"[说明] {remark}")
    aside = "" if known else "；材料种类未指明，按文本推断"
    print(f"共 {len(report.findings)} 处，适用规则 {report.rules} 条{aside}；摘要 {report.digest[:16]}")


def _topics(book: Book, *, as_json: bool) -> int:
    for topic, rules in book.topics().items():
        if as_json:
            told = {"topic": topic, "angle": rules[0].angle.label, "rules": [rule.id for rule in rules]}
            print(json.dumps(told, ensure_ascii=False))
        else:
            print(f"{rules[0].angle.label}  {topic}  {len(rules)} 条")
    return 0


def _rules(book: Book, *, as_json: bool) -> int:
    for rule in book:
        told = {
            "rule": rule.id,
            "version": rule.version,
            "until": rule.until.isoformat() if rule.until else None,
            "angle": rule.angle.label,
            "topic": rule.topic,
            "severity": rule.severity.label,
            "why": rule.why,
            "article": rule.article,
            "cites": [cite.full for cite in rule.cites],
        }
        print(
            json.dumps(told, ensure_ascii=False)
            if as_json
            else f"{rule.id}  {rule.severity.label}  {rule.why}（{rule.article}）"
        )
    return 0


def answer_case(case: Case, book: Book) -> Case:
    """{"id", "findings", "clear"} for one case."""
    from xiaobao.engines.textscan.documents import document_of
    from xiaobao.engines.textscan.engine import scan
    from xiaobao.engines.textscan.requests import request_of

    text, name = str(case["input"]), case["id"]
    given = {key: str(case.get(key) or "") for key in ("channel", "product")}
    material = str(case.get("material_type") or case.get("material") or "")
    more = dict(case.get("layout") or {}) | dict(case.get("fields") or {})
    more |= {"on": _day(case.get("on")), "audience": str(case.get("audience") or "")}
    report = scan(document_of(text), request_of(text, material=material, more=more, **given), book.plan)
    findings = [{key: finding.as_dict()[key] for key in _CASE_KEYS} for finding in report.findings]
    return {"id": name, "findings": findings, "clear": list(report.clear)}
