"""Files into blocks; hostile ones are refused with a sentence."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaobao.engines.textscan import BlockKind
from xiaobao.engines.textscan.files import (
    UnreadableError,
    formats,
    pictures,
    read,
    read_stdin,
    values,
    web,
    word,
)
from xiaobao.engines.textscan.files import text as plain
from xiaobao.engines.textscan.files.pages import joined

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(path: Path, body: str, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def run(text: str, half_points: int = 0) -> str:
    size = f'<w:rPr><w:sz w:val="{half_points}"/></w:rPr>' if half_points else ""
    return f"<w:r>{size}<w:t>{text}</w:t></w:r>"


def test_docx_gives_paragraphs_titles_cells_notes_and_sizes(tmp_path: Path) -> None:
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("标题", 56)}</w:p><w:p>{run("正", 24)}{run("文", 16)}</w:p>'
        f"<w:tbl><w:tr><w:tc><w:p>{run('格')}</w:p></w:tc></w:tr></w:tbl><w:p></w:p>"
    )
    path = docx(tmp_path / "a.docx", body, footnotes=f"<w:footnotes {W}><w:p>{run('注')}</w:p></w:footnotes>")
    assert [(block.text, block.kind, block.font_pt) for block in read(path).blocks] == [
        ("标题", BlockKind.TITLE, 28.0),
        ("正文", BlockKind.BODY, 12.0),
        ("格", BlockKind.CELL, 0.0),
        ("注", BlockKind.FOOTNOTE, 0.0),
    ]


def test_html_gives_blocks_boxes_and_sizes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        '<title>题</title><script>保本</script><h1>大</h1><p style="font-size:20pt">正<b>文</b></p>'
        '<label><input type="checkbox" checked>同意</label><label><input type=checkbox>不同意</label><small>注 &amp; 脚</small>'
    )
    assert [(block.text, block.kind) for block in read(path).blocks] == [
        ("题", BlockKind.TITLE),
        ("大", BlockKind.TITLE),
        ("正文", BlockKind.BODY),
        ("☑同意", BlockKind.OPTION),
        ("□不同意", BlockKind.OPTION),
        ("注 & 脚", BlockKind.FOOTNOTE),
    ]
    assert read(path).blocks[2].font_pt == 20.0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_the_encodings_of_an_office(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("# 标题\r\n正文\n注：小字".encode(encoding))
    document = read(path)
    assert document.text == "# 标题\n正文\n注：小字"
    assert [block.kind for block in document.blocks] == [BlockKind.TITLE, BlockKind.BODY, BlockKind.FOOTNOTE]


def test_standard_input_is_plain_text() -> None:
    assert read_stdin(io.BytesIO("保本".encode())).text == "保本"


def test_lines_broken_by_the_margin_are_joined_and_items_are_not() -> None:
    lines = [
        ("甲方有权在任何时候单方变更本合", 12.0),
        ("同条款。", 12.0),
        ("第二条 其他事项如下所述各项规", 12.0),
        ("（一）甲", 12.0),
        ("小字", 6.0),
    ]
    assert [text for text, _ in joined(lines)] == [
        "甲方有权在任何时候单方变更本合同条款。",
        "第二条 其他事项如下所述各项规",
        "（一）甲",
        "小字",
    ]


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 40_000_000)


def entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


def torn(path: Path) -> None:
    docx(path, run("a"))
    path.write_bytes(path.read_bytes()[:-30])


def no_document(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


def bad_xml(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<x>")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (bomb, "压缩炸弹"),
        (entities, "实体"),
        (torn, "已损坏"),
        (no_document, "没有正文"),
        (bad_xml, "已损坏"),
    ],
)
def test_hostile_office_files_are_refused(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "a.docx"
    make(path)  # type: ignore[operator]
    with pytest.raises(UnreadableError, match=says):
        read(path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.exe", b"MZ", "不认识的文件类型"),
        ("a.txt", b"a\0b", "不是文本文件"),
        ("a.txt", b"\xff\xff\xff\xff", "编码"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF 已损坏"),
        ("a.png", b"no picture", "图片已损坏"),
        ("a.html", b"<p>" + b"<div>" * 3000 + b"x", "嵌套"),
    ],
)
def test_other_files_are_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=says):
        read(path)


def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "LINE_CHARACTERS", 10)
    with pytest.raises(UnreadableError, match="有一行超过"):
        list(plain.blocks_of(b"a" * 11))


def test_files_that_are_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("abc")
    monkeypatch.setattr("xiaobao.engines.textscan.files.FILE_BYTES", 2)
    with pytest.raises(UnreadableError, match="文件超过"):
        read(path)
    assert values.FILE_BYTES == 50 * 1024 * 1024


def test_a_document_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "CHARACTERS", 3)
    with pytest.raises(UnreadableError, match="超过 3 字"):
        read(docx(tmp_path / "a.docx", f"<w:p>{run('四个字的')}</w:p>"))


def pdf(*lines: str) -> bytes:
    """A page with these ASCII lines in 24 points."""
    drawn = "BT /F1 24 Tf 72 700 Td 30 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = "".join(f"{at} 0 obj{part}endobj\n" for at, part in enumerate(parts, 1))
    return f"%PDF-1.4\n{body}trailer<</Root 1 0 R>>\n%%EOF".encode()


def test_pdf_gives_page_and_size(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("1. APR 7.2 percent.", "2. No.1 bank."))
    assert [(block.text, block.page, block.font_pt) for block in read(path).blocks] == [
        ("1. APR 7.2 percent.", 1, 24.0),
        ("2. No.1 bank.", 1, 24.0),
    ]


@pytest.fixture
def picture(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 4))
    yield path
    pictures.use(None)


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\0" + b"\0" * 4 for _ in range(4)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


class Reader:
    def lines(self, path: Path) -> list[pictures.Line]:
        return [pictures.Line("保本理财", 40.0), pictures.Line("有风险", 9.0)]


def test_a_picture_is_read_through_the_port(picture: Path) -> None:
    pictures.use(Reader())
    assert [(block.text, block.font_pt) for block in read(picture).blocks] == [
        ("保本理财", 40.0),
        ("有风险", 9.0),
    ]


def test_a_picture_as_large_as_a_wall_is_refused(picture: Path) -> None:
    pictures.use(Reader())
    picture.write_bytes(png(20_000, 20_000))
    with pytest.raises(UnreadableError, match=r"百万像素|图片已损坏"):
        read(picture)


def test_formats_are_told() -> None:
    assert {".txt", ".docx", ".pdf", ".html", ".png"} <= set(formats())


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_page_is_read_or_refused(text: str) -> None:
    assert all(block.text.strip() for block in web.blocks_of(text))


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_text_or_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert "\n".join(block.text for block in plain.blocks_of(content)) is not None
