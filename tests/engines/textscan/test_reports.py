"""Reports: a page with marks, a docx with comments; the same report gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.engines.textscan.test_files import docx
from xiaobao.engines.textscan import Document, Report, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.files import read
from xiaobao.engines.textscan.files.word import runs_of
from xiaobao.engines.textscan.reports import inplace, page, word, write
from xiaobao.engines.textscan.reports.inplace import commented

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


def scanned_docx(path: Path) -> tuple[Document, Report]:
    """The file read as material and scanned as an advertisement."""
    document = read(path)
    return document, scan(document, request_of(document.text, material="海报"), shipped().plan)


def inside(path: Path) -> tuple[Any, Any, list[str]]:
    """The body, the comments and the spans of a docx after its review."""
    document, report = scanned_docx(path)
    held = parts(commented(path, document, report))
    body, comments = (etree.fromstring(held[f"word/{name}.xml"]) for name in ("document", "comments"))
    return body, comments, [finding.span for finding in report.findings]


def between(body: Any, number: int) -> str:
    """The words between the marks of one comment."""
    told, open_ = "", False
    for node in body.iter():
        if node.tag in {f"{W}commentRangeStart", f"{W}commentRangeEnd"} and node.get(f"{W}id") == str(number):
            open_ = node.tag == f"{W}commentRangeStart"
        told += (node.text or "") if open_ and node.tag == f"{W}t" else ""
    return told


def paragraph(*runs: str) -> str:
    """A paragraph whose every second run is bold."""
    bold = "<w:rPr><w:b/></w:rPr>"
    told = (f"<w:r>{bold if at % 2 else ''}<w:t>{text}</w:t></w:r>" for at, text in enumerate(runs))
    return f"<w:p>{''.join(told)}</w:p>"


def test_the_comments_of_a_docx_stand_at_the_spans_in_the_file_itself(tmp_path: Path) -> None:
    path = docx(
        tmp_path / "a.docx", paragraph("本行", "理财保", "本，零风", "险！") + paragraph("投资有风险")
    )
    body, comments, spans = inside(path)
    assert [between(body, at) for at, _ in enumerate(spans)] == spans
    assert {"保本", "零风险"} <= set(spans)
    assert len(list(comments)) == len(spans)
    lines = ["".join(node.text for node in one.iter(f"{W}t")) for one in body.iter(f"{W}p")]
    assert lines == ["本行理财保本，零风险！", "投资有风险"]


def test_a_cut_run_keeps_its_looks_and_old_comments_stay(tmp_path: Path) -> None:
    old = f'<w:comments xmlns:w="{W[1:-1]}"><w:comment w:id="4" w:author="甲"/></w:comments>'
    path = docx(tmp_path / "a.docx", paragraph("普通", "这是国家级服务", "结束"), comments=old)
    body, comments, spans = inside(path)
    assert [one.get(f"{W}id") for one in comments] == [str(4 + at) for at in range(len(spans) + 1)]
    bold = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert "".join(node.text for run in bold for node in run.iter(f"{W}t")) == "这是国家级服务"
    assert len(bold) == 3


def test_what_the_body_does_not_hold_is_told_at_its_first_paragraph(tmp_path: Path) -> None:
    footer = f'<w:ftr xmlns:w="{W[1:-1]}">{paragraph("最终解释权归我行所有")}</w:ftr>'
    path = docx(tmp_path / "a.docx", paragraph("新款基金上市"), footer1=footer)
    body, comments, spans = inside(path)
    assert "" in spans
    assert any("解释权" in span for span in spans)
    assert {between(body, at) for at, _ in enumerate(spans)} == {"新款基金上市"}
    assert len(list(comments)) == len(spans)


def test_the_report_of_a_docx_is_that_docx_with_comments(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", paragraph("保本理财"))
    document, report = scanned_docx(path)
    write(document, report, html=None, docx=tmp_path / "b.docx", source=path)
    assert (tmp_path / "b.docx").read_bytes() == commented(path, document, report)
    write(document, report, html=None, docx=tmp_path / "c.docx", source=tmp_path / "a.txt")
    assert (tmp_path / "c.docx").read_bytes() == word(document, report)


def test_a_paragraph_is_walked_once_however_many_findings_it_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walks = Counter[int]()

    def counted(one: Any) -> list[Any]:
        walks[sum(1 for _ in one.iter(f"{W}r"))] += 1
        found: list[Any] = runs_of(one)
        return found

    path = docx(tmp_path / "a.docx", paragraph("投资有风险") + paragraph(*["本行理财保本，零风险！"] * 40))
    document, report = scanned_docx(path)
    assert len(report.findings) >= 80
    monkeypatch.setattr(inplace, "runs_of", counted)
    body = etree.fromstring(parts(commented(path, document, report))["word/document.xml"])
    assert walks[40] <= 1
    assert [between(body, at) for at in range(5)] == [finding.span for finding in report.findings[:5]]
