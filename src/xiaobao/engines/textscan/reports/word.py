"""A new docx with the text and a comment at every finding, made of nothing but the standard library.

For what was no docx; a docx gets its comments in place (inplace.py).
"""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

from xiaobao.engines.textscan.documents import BlockKind, Document
from xiaobao.engines.textscan.values import Finding, Report

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/comments.xml" ContentType="{_TYPE}.comments+xml"/></Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATION}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_LINKS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATION}/comments" '
    'Target="comments.xml"/></Relationships>'
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
MOMENT = (1980, 1, 1, 0, 0, 0)
AUTHOR = "消保审查"


def word(document: Document, report: Report) -> bytes:
    """The bytes of the docx; the same report gives the same bytes."""
    comments = "".join(_comment(at, finding) for at, finding in enumerate(report.findings))
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT,
        "word/_rels/document.xml.rels": _LINKS,
        "word/comments.xml": f"{_HEAD}<w:comments {NAMESPACE}>{comments}</w:comments>",
        "word/document.xml": f"{_HEAD}<w:document {NAMESPACE}><w:body>{_body(document, report)}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), text.encode("utf-8"), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def lines_of(finding: Finding) -> list[str]:
    """What a comment says."""
    lines = [
        f"[{finding.severity.label}] {finding.angle.label}／{finding.topic}：{finding.why}",
        f"依据：{finding.article}（{finding.rule}@{finding.version}）",
    ]
    return lines + ([f"可改为：{finding.suggestion}"] if finding.suggestion else [])


def _comment(at: int, finding: Finding) -> str:
    told = "".join(f"<w:p>{_run(line)}</w:p>" for line in lines_of(finding))
    return f'<w:comment w:id="{at}" w:author="{AUTHOR}" w:initials="审">{told}</w:comment>'


def _body(document: Document, report: Report) -> str:
    starts = document.starts
    paragraphs = []
    findings: dict[int, list[tuple[int, Finding]]] = {}
    for at, finding in enumerate(report.findings):
        findings.setdefault(finding.block, []).append((at, finding))
    for number, block in enumerate(document.blocks):
        begin = starts[number]
        here = [
            (at, max(finding.start, begin) - begin, min(finding.end, begin + len(block.text)) - begin)
            for at, finding in findings.get(number, ())
        ]
        bold = block.kind is BlockKind.TITLE
        paragraphs.append(f"<w:p>{_marked(block.text, here, bold=bold)}</w:p>")
    paragraphs += [f"<w:p>{_run(remark)}</w:p>" for remark in report.remarks]
    return "".join(paragraphs)


def _marked(text: str, findings: list[tuple[int, int, int]], *, bold: bool) -> str:
    """Runs cut at every edge of a finding, with the comment's begin, end and reference."""
    edges = sorted({0, len(text), *(place for _, start, end in findings for place in (start, end))})
    parts = []
    for left, right in zip(edges, [*edges[1:], edges[-1]], strict=True):
        parts += [_end(at) for at, start, end in findings if start < left == end]
        for at, start, end in findings:
            if start == left:
                parts.append(f'<w:commentRangeStart w:id="{at}"/>')
                parts += [_end(at)] if end <= start else []
        parts += [_run(text[left:right], bold=bold)] if right > left else []
    return "".join(parts)


def _end(at: int) -> str:
    return f'<w:commentRangeEnd w:id="{at}"/><w:r><w:commentReference w:id="{at}"/></w:r>'


def _run(text: str, *, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(_ILLEGAL.sub("", text))}</w:t></w:r>'
