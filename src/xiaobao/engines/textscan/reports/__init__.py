"""Reports for people: the text with its findings marked, as HTML or as docx with comments."""

from __future__ import annotations

from pathlib import Path

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.reports.page import page
from xiaobao.engines.textscan.reports.word import word
from xiaobao.engines.textscan.values import Report

__all__ = ["page", "word", "write"]


def write(document: Document, report: Report, *, html: Path | None, docx: Path | None) -> None:
    """Write the reports that were asked for; the same report gives the same bytes."""
    if html:
        html.write_text(page(document, report), "utf-8")
    if docx:
        docx.write_bytes(word(document, report))
