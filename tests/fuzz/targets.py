"""What is fuzzed: a seed that is read well, and the reader that must answer or refuse with a sentence."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines import pii
from xiaobao.engines.pii.files import UnreadableFileError, mask_file, scan_file, scan_numbers
from xiaobao.engines.textscan import files as textscan
from xiaobao.site.cli import main

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "客户王小明，身份证330106198507123410，卡6225880137654324\n手机13800001234，密码：abc888，住杭州市西湖区文三路507号3幢\n"
EVENT = {
    "id": "TS1",
    "time": "2026-03-02T09:00:00",
    "customer": "C1",
    "text": "丰盈三号到期没兑付",
    "branch": "东城",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of files with one extension; `inner` names the part of an archive that is changed too."""

    name: str
    suffix: str
    seed: Callable[[], bytes]
    read: Callable[[Path], object]
    inner: str = ""


def masking(path: Path) -> None:
    """Scan, scan by columns, and mask; a refusal is an answer."""
    with contextlib.suppress(UnreadableFileError):
        for piece, span in scan_file(path):
            assert piece.text[span.start : span.end] == span.text
    with contextlib.suppress(UnreadableFileError):
        list(scan_numbers(path))
    with contextlib.suppress(UnreadableFileError, pii.LeftoverError):
        mask_file(path, path.with_name("out" + path.suffix), pii.Masker())


def material(path: Path) -> None:
    """The review engine's reader."""
    with contextlib.suppress(textscan.UnreadableError):
        textscan.read(path)


def command(*words: str) -> Callable[[Path], None]:
    """The command line's reader: an exit code, never an exception."""

    def read(path: Path) -> None:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = main([str(path) if word == "FILE" else word for word in words])
        assert code in {0, 1, 2}, code

    return read


def _lines(*rows: object) -> Callable[[], bytes]:
    return lambda: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def docx() -> bytes:
    """The smallest document of Word."""
    out = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.splitlines())
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def xlsx() -> bytes:
    """A sheet of two columns."""
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "手机"])
    sheet.append(["王小明", 13800001234])
    book.save(out)
    return out.getvalue()


def parquet() -> bytes:
    """A table of three columns."""
    import pyarrow as pa
    from pyarrow import parquet as files

    out = io.BytesIO()
    table = pa.table({"姓名": ["王小明", None], "手机": [13800001234, 5], "备注": [[{"a": TEXT}], []]})
    files.write_table(table, out, compression="none")
    return out.getvalue()


def pdf() -> bytes:
    """A page with a line of latin letters."""
    stream = b"BT /F1 12 Tf 20 100 Td (13800001234 li.na@example.com) Tj ET"
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font"
        b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        b"trailer<</Root 1 0 R>>\n%%%%EOF" % (len(stream), stream)
    )


_CSV = '姓名,手机,备注\n王小明,13800001234,"换\n行"\n'
_HTML = f"<html><head><title>产品</title></head><body><h1>年化5%</h1><p style='font-size:9px'>{TEXT}</p></body></html>"
_CORPUS = {"id": "op1", "text": "营销短信应提供退订方式", "material": "短信", "valid_from": "2026-01-01"}
TARGETS = (
    Target("pii txt", ".txt", TEXT.encode, masking),
    Target("pii csv", ".csv", _CSV.encode, masking),
    Target("pii jsonl", ".jsonl", _lines({"姓名": "王小明", "手机": 13800001234}), masking),
    Target("pii json", ".json", _lines({"a": [{"手机": "13800001234"}]}), masking),
    Target("pii docx", ".docx", docx, masking, "word/document.xml"),
    Target("pii xlsx", ".xlsx", xlsx, masking, "xl/worksheets/sheet1.xml"),
    Target("pii parquet", ".parquet", parquet, masking),
    Target("pii pdf", ".pdf", pdf, masking),
    Target("textscan txt", ".txt", TEXT.encode, material),
    Target("textscan docx", ".docx", docx, material, "word/document.xml"),
    Target("textscan pdf", ".pdf", pdf, material),
    Target("textscan html", ".html", _HTML.encode, material),
    Target(
        "pii cases", ".jsonl", _lines({"id": "a", "input": TEXT}), command("pii", "scan", "--cases", "FILE")
    ),
    Target("neardup", ".jsonl", _lines(EVENT, EVENT | {"id": "TS2"}), command("neardup", "FILE", "--json")),
    Target(
        "neardup cases",
        ".jsonl",
        _lines({"id": "a", "config": {"window_days": 7}, "events": [EVENT]}),
        command("neardup", "--cases", "FILE", "--json"),
    ),
    Target(
        "topics cases",
        ".jsonl",
        _lines({"id": "a", "input": TEXT}),
        command("topics", "--cases", "FILE", "--json"),
    ),
    Target(
        "retrieval", ".jsonl", _lines(_CORPUS), command("retrieval", "退订", "--corpus", "FILE", "--json")
    ),
    Target(
        "retrieval cases",
        ".jsonl",
        _lines({"id": "a", "corpus": [_CORPUS], "query": "退订"}),
        command("retrieval", "--cases", "FILE", "--json"),
    ),
)
