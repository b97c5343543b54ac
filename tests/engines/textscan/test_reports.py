"""Reports: a page with marks, a docx with comments; the same report gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from xiaobao.engines.textscan import Document, Report, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.reports import page, word, write

TEXT = "标题<b>\n本理财保本，零风险\n国家级“最佳”银行 & 其他"


def scanned(text: str = TEXT) -> tuple[Document, Report]:
    document = document_of(text, "a<b>.txt")
    return document, scan(document, request_of(text, material="海报"), shipped().plan)


def test_the_page_marks_every_span_and_escapes_the_text() -> None:
    document, report = scanned()
    told = page(document, report)
    spanned = [finding for finding in report.findings if finding.span]
    assert told.count("<mark") == len(spanned) >= 4
    assert "标题&lt;b&gt;" in told
    assert "<b>" not in told
    assert report.digest in told


def test_the_text_of_the_page_is_the_text() -> None:
    document, report = scanned()
    shown = page(document, report).split('<div class="text">')[1].split("</div>")[0]
    bare = re.sub(r"<a href.*?</a>|<[^>]+>", "", shown)
    assert bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") == TEXT


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_the_docx_holds_the_text_and_a_comment_at_every_finding() -> None:
    document, report = scanned()
    inside = parts(word(document, report))
    body, comments = (
        etree.fromstring(inside["word/document.xml"]),
        etree.fromstring(inside["word/comments.xml"]),
    )
    lines = ["".join(paragraph.itertext()) for paragraph in body.iter(f"{W}p")]
    assert lines == TEXT.split("\n")
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [node.get(f"{W}id") for node in body.iter(f"{W}{name}")]
        assert sorted(ids) == sorted(str(at) for at in range(len(report.findings))), name
    assert len(list(comments.iter(f"{W}comment"))) == len(report.findings)


def test_the_words_between_the_marks_are_the_span() -> None:
    document, report = scanned()
    body = etree.fromstring(parts(word(document, report))["word/document.xml"])
    for at, finding in enumerate(report.findings):
        inside, open_ = "", False
        for node in body.iter():
            if node.tag == f"{W}commentRangeStart" and node.get(f"{W}id") == str(at):
                open_ = True
            if node.tag == f"{W}commentRangeEnd" and node.get(f"{W}id") == str(at):
                open_ = False
            inside += (node.text or "") if open_ and node.tag == f"{W}t" else ""
        assert inside == finding.span


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    document, report = scanned()
    assert word(document, report) == word(document, report)
    write(document, report, html=tmp_path / "a.html", docx=tmp_path / "a.docx")
    assert (tmp_path / "a.html").read_text() == page(document, report)
    assert (tmp_path / "a.docx").read_bytes() == word(document, report)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="保本零风险第一最佳\n，。<&\x01\ud800a ", max_size=40))
def test_any_text_gives_a_docx_that_parses(text: str) -> None:
    document, report = scanned(text)
    etree.fromstring(parts(word(document, report))["word/document.xml"])
