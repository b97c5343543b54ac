"""Comments put into the very docx that was read: the runs are cut at the spans, nothing else of the file changes.

What stands in footnotes and headers, and what is missing altogether, is told at the first paragraph, for Word keeps
comments of the body only. Comments that are there already stay.
"""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from copy import deepcopy
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

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


class Span(NamedTuple):
    """The number of a comment and the characters of the paragraph it stands at."""

    at: int
    start: int
    end: int


def commented(source: Path, document: Document, report: Report) -> bytes:
    """The bytes of the file with a comment at every finding; the same file and report give the same bytes."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = parsed(parts[_BODY])
    told = parsed(parts.get(_COMMENTS) or f"<w:comments {NAMESPACE}/>".encode())
    first = _first_number(told)
    spans = _Spans(list(body.iter(f"{_W}p")), document)
    for at, finding in enumerate(report.findings, first):
        told.append(_comment(at, lines_of(finding)))
        spans.put(at, finding)
    if report.remarks:
        at = first + len(report.findings)
        told.append(_comment(at, list(report.remarks)))
        spans.put(at, None)
    for paragraph, marks in spans.marks.items():
        _mark(paragraph, marks)
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


class _Spans:
    """The spans of the comments by paragraph, so that each paragraph is walked once whatever the number of findings."""

    def __init__(self, paragraphs: list[Any], document: Document) -> None:
        self._paragraphs = paragraphs
        self._document = document
        self.marks: dict[Any, list[Span]] = {}

    def put(self, at: int, finding: Finding | None) -> None:
        """Where the comment belongs: at its words; over the first paragraph where the body does not hold them."""
        block = self._document.blocks[finding.block] if finding and finding.span else None
        if finding and block and 0 <= block.mark < len(self._paragraphs):
            begin = self._document.starts[finding.block]
            span = Span(at, finding.start - begin, min(finding.end - begin, len(block.text)))
            self.marks.setdefault(self._paragraphs[block.mark], []).append(span)
        elif self._first is not None:
            whole = Span(at, 0, sum(len(text_of(run)) for run in runs_of(self._first)))
            self.marks.setdefault(self._first, []).append(whole)

    @cached_property
    def _first(self) -> Any:
        return next((one for one in self._paragraphs if any(map(text_of, runs_of(one)))), None)


def _mark(paragraph: Any, spans: list[Span]) -> None:
    """Begin, end and reference around each span; the runs are cut at all edges in one walk."""
    pieces = list(_cut(paragraph, sorted({edge for span in spans for edge in (span.start, span.end)})))
    begins, ends = [begin for begin, _, _ in pieces], [end for _, end, _ in pieces]
    for at, start, end in spans:
        first, last = bisect_left(begins, start), bisect_right(ends, end) - 1
        if start >= end or first > last:
            continue
        pieces[first][2].addprevious(etree.Element(f"{_W}commentRangeStart", {f"{_W}id": str(at)}))
        pieces[last][2].addnext(stop := etree.Element(f"{_W}commentRangeEnd", {f"{_W}id": str(at)}))
        stop.addnext(anchor := etree.Element(f"{_W}r"))
        etree.SubElement(anchor, f"{_W}commentReference", {f"{_W}id": str(at)})


def _cut(paragraph: Any, edges: list[int]) -> Iterator[tuple[int, int, Any]]:
    """The runs that hold words, with their places; runs that reach over an edge are parted there."""
    at = 0
    for run in list(runs_of(paragraph)):
        end, rest = at + len(text_of(run)), run
        for edge in edges[bisect_right(edges, at) : bisect_left(edges, end)]:
            first, rest = rest, _parted(rest, edge - at)
            yield at, edge, first
            at = edge
        if at < end:
            yield at, end, rest
        at = end


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
