"""Comments put into the very docx that was read: the runs are cut at the spans, nothing else of the file changes.

What stands in footnotes and headers, and what is missing altogether, is told at the first paragraph, for Word keeps
comments of the body only. Comments that are there already stay.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from lxml import etree

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.files.word import parsed, runs_of, text_of
from xiaobao.engines.textscan.reports.word import AUTHOR, MOMENT, NAMESPACE, lines_of
from xiaobao.engines.textscan.values import Finding, Report

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY, _COMMENTS, _TYPES = "word/document.xml", "word/comments.xml", "[Content_Types].xml"
_LINKS = "word/_rels/document.xml.rels"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENT_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


def commented(source: Path, document: Document, report: Report) -> bytes:
    """The bytes of the file with a comment at every finding; the same file and report give the same bytes."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parsed(parts[_BODY])
    told = parsed(parts.get(_COMMENTS) or f"<w:comments {NAMESPACE}/>".encode())
    paragraphs = list(body.iter(f"{_W}p"))
    first = _first_number(told)
    for at, finding in enumerate(report.findings, first):
        told.append(_comment(at, lines_of(finding)))
        _mark(paragraphs, document, finding, at)
    if report.remarks:
        at = first + len(report.findings)
        told.append(_comment(at, list(report.remarks)))
        _mark(paragraphs, document, None, at)
    parts |= {_BODY: _written(body), _COMMENTS: _written(told)}
    parts |= {_TYPES: _with_type(parts.get(_TYPES)), _LINKS: _with_link(parts.get(_LINKS))}
    return _packed(parts)


def _first_number(comments: Any) -> int:
    return 1 + max((int(one.get(f"{_W}id") or 0) for one in comments.iter(f"{_W}comment")), default=-1)


def _comment(at: int, lines: list[str]) -> Any:
    made = etree.Element(f"{_W}comment", {f"{_W}id": str(at), f"{_W}author": AUTHOR, f"{_W}initials": "审"})
    for line in lines:
        etree.SubElement(etree.SubElement(made, f"{_W}p"), f"{_W}r").append(_words(line))
    return made


def _words(text: str) -> Any:
    made = etree.Element(f"{_W}t", {_SPACE: "preserve"})
    made.text = text
    return made


def _mark(paragraphs: list[Any], document: Document, finding: Finding | None, at: int) -> None:
    """Begin, end and reference around the span; around the first paragraph where the body does not hold the span."""
    block = document.blocks[finding.block] if finding and finding.span and document.blocks else None
    if finding and block and 0 <= block.mark < len(paragraphs):
        begin = document.starts[finding.block]
        start, end = finding.start - begin, min(finding.end - begin, len(block.text))
        paragraph = paragraphs[block.mark]
    else:
        paragraph = next((one for one in paragraphs if any(map(text_of, runs_of(one)))), None)
        start, end = 0, sum(len(text_of(run)) for run in runs_of(paragraph)) if paragraph is not None else 0
    runs = list(_cut(paragraph, start, end)) if paragraph is not None else []
    if runs:
        runs[0].addprevious(etree.Element(f"{_W}commentRangeStart", {f"{_W}id": str(at)}))
        runs[-1].addnext(stop := etree.Element(f"{_W}commentRangeEnd", {f"{_W}id": str(at)}))
        stop.addnext(anchor := etree.Element(f"{_W}r"))
        etree.SubElement(anchor, f"{_W}commentReference", {f"{_W}id": str(at)})


def _cut(paragraph: Any, start: int, end: int) -> Iterator[Any]:
    """The runs of just these characters; runs that reach over an edge are parted there."""
    at = 0
    for run in list(runs_of(paragraph)):
        size = len(text_of(run))
        left, right = max(start - at, 0), min(end - at, size)
        at += size
        if left < right:
            inside = _parted(run, left) if left else run
            if right < size:
                _parted(inside, right - left)
            yield inside


def _parted(run: Any, place: int) -> Any:
    """The second half of a run cut at a character; the first half stays where it was."""
    second = etree.Element(f"{_W}r", run.attrib)
    if (style := run.find(f"{_W}rPr")) is not None:
        second.append(deepcopy(style))
    at = 0
    for node in [node for node in run if node.tag != f"{_W}rPr"]:
        size = len(text_of([node]))
        if at >= place:
            second.append(node)
        elif at + size > place:
            text = node.text or ""
            node.text, node.attrib[_SPACE] = text[: place - at], "preserve"
            second.append(_words(text[place - at :]))
        at += size
    run.addnext(second)
    return second


def _with_type(content: bytes | None) -> bytes:
    types = parsed(content or f'<Types xmlns="{_CONTENT_TYPES}"/>'.encode())
    if not any(one.get("PartName") == f"/{_COMMENTS}" for one in types):
        told = {"PartName": f"/{_COMMENTS}", "ContentType": _COMMENT_TYPE}
        types.append(etree.Element(f"{{{_CONTENT_TYPES}}}Override", told))
    return _written(types)


def _with_link(content: bytes | None) -> bytes:
    links = parsed(content or f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
    if not any(one.get("Type") == _COMMENT_LINK for one in links):
        told = {"Id": "rIdXiaobaoComments", "Type": _COMMENT_LINK, "Target": "comments.xml"}
        links.append(etree.Element(f"{{{_RELATIONS}}}Relationship", told))
    return _written(links)


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
