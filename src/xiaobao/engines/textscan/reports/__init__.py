"""Reports for people: the text with its findings marked, as HTML or as docx with comments."""

from __future__ import annotations

from pathlib import Path

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.reports.page import page
from xiaobao.engines.textscan.reports.word import word
from xiaobao.engines.textscan.values import Report

__all__ = ["page", "word", "write"]


def write(
    document: Document,
    report: Report,
    *,
    html: Path | None,
    docx: Path | None,
    source: Path | None = None,
) -> None:
    """Write the reports that were asked for; the same report gives the same bytes.

    `source` is the file that was read: the comments of a docx go into a copy of it.
    """
    if html:
        html.write_text(page(document, report), "utf-8")
    if docx:
        docx.write_bytes(_docx(document, report, source))


def _docx(document: Document, report: Report, source: Path | None) -> bytes:
    if source is None or source.suffix.lower() != ".docx":
        return word(document, report)
    from xiaobao.engines.textscan.reports.inplace import commented

    return commented(source, document, report)
