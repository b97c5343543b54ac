"""One self-contained HTML page: what is missing first, then the text with every finding marked."""

from __future__ import annotations

from html import escape

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.values import Finding, Report

_STYLE = (
    "body{font:16px/1.7 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "mark{padding:0 .1em;border-bottom:3px solid}mark.block{background:#fde2e0;border-color:#b42318}"
    "mark.amend{background:#fef0c7;border-color:#b54708}mark.hint{background:#e0eaff;border-color:#3538cd}"
    "ol li{margin:.5rem 0}.text{white-space:pre-wrap;border:1px solid #bbb;padding:1rem}small{color:#444}"
)


def page(document: Document, report: Report) -> str:
    """The page. Spans of findings never overlap twice: of two that do, the later begins where the first ends."""
    counts = dict.fromkeys(("阻断", "修改", "提示"), 0)
    for finding in report.findings:
        counts[finding.severity.label] += 1
    told = "，".join(f"{label} {count} 处" for label, count in counts.items())
    name = escape(document.name or "材料")
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>审查：{name}</title>'
        f"<style>{_STYLE}</style></head><body><h1>审查：{name}</h1><p>{told}；适用规则 {report.rules} 条。</p>"
        f'{_list(report)}<h2>原文</h2><div class="text">{_marked(document.text, report.findings)}</div>'
        f"<p><small>规则版本 {report.book}；摘要 {report.digest}</small></p></body></html>\n"
    )


def _list(report: Report) -> str:
    rows = [
        f'<li id="f{at}"><strong>{finding.severity.label}</strong> {finding.angle.label}／{escape(finding.topic)}'
        f"：{_quoted(finding)}{escape(finding.why)}。依据：{escape(finding.article)}"
        f"{'。可改为：' + escape(finding.suggestion) if finding.suggestion else ''} "
        f"<small>{finding.rule}@{finding.version}</small></li>"
        for at, finding in enumerate(report.findings, 1)
    ]
    asked = [
        f"<li>{escape(ask.topic)}：{escape(ask.question)}（{escape(ask.article)}）</li>"
        for ask in report.questions
    ]
    questions = f"<h2>请人工确认</h2><ul>{''.join(asked)}</ul>" if asked else ""
    remarks = "".join(f"<p>{escape(remark)}</p>" for remark in report.remarks)
    return f"<h2>发现</h2><ol>{''.join(rows)}</ol>{remarks}{questions}"


def _quoted(finding: Finding) -> str:
    return f"“{escape(finding.span)}”" if finding.span else "（整份材料）"


def _marked(text: str, findings: tuple[Finding, ...]) -> str:
    parts, at = [], 0
    for number, finding in enumerate(findings, 1):
        start = max(at, finding.start)
        if finding.end <= start:
            continue
        parts.append(escape(text[at:start]))
        title = escape(f"{finding.topic}：{finding.why}", quote=True)
        parts.append(
            f'<mark class="{finding.severity.value}" title="{title}">{escape(text[start : finding.end])}'
        )
        parts.append(f'<a href="#f{number}"><sup>{number}</sup></a></mark>')
        at = finding.end
    return "".join([*parts, escape(text[at:])])
