"""What is fuzzed: a seed that is read well, and the reader that must answer or refuse with a sentence."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from xiaobao.base.law.files import TextError, decoded
from xiaobao.engines import lawtext, pii
from xiaobao.engines.pii.files import UnreadableFileError, mask_file, scan_file, scan_numbers
from xiaobao.engines.textscan import files as textscan
from xiaobao.site.cli import main

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "客户王小明，身份证330106198507123410，卡6225880137654324\n手机13800001234，密码：abc888，住杭州市西湖区文三路507号3幢\n"
EVENT = {
    "id": "TS1",
    "t": "2026-03-02T09:00:00",
    "customer": "C1",
    "text": "丰盈三号到期没兑付",
    "branch": "东城",
}


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of files with one extension; `inner` names the part of an archive that is changed too.

    `read` answers 0 when it read the file and another code when it refused.
    """

    name: str
    suffix: str
    seed: Callable[[], bytes]
    read: Callable[[Path], int]
    inner: str = ""


def masking(path: Path) -> int:
    """Scan, scan by columns, and mask; a refusal is an answer."""
    code = 1
    with contextlib.suppress(UnreadableFileError):
        for piece, span in scan_file(path):
            assert piece.text[span.start : span.end] == span.text
        code = 0
    with contextlib.suppress(UnreadableFileError):
        list(scan_numbers(path))
    with contextlib.suppress(UnreadableFileError, pii.LeftoverError):
        mask_file(path, path.with_name("out" + path.suffix), pii.Masker())
    return code


def material(path: Path) -> int:
    """The review engine's reader."""
    with contextlib.suppress(textscan.UnreadableError):
        textscan.read(path)
        return 0
    return 1


def statute(path: Path) -> int:
    """A text of the law folder taken apart, cited in both ways, and compared with the one it was."""
    try:
        law = lawtext.split(decoded(path.read_bytes()))
    except TextError:
        return 1
    assert lawtext.counts(law).articles == len(law.articles)
    for article in law.articles:
        place = lawtext.Place(article.number, article.suffix)
        assert lawtext.text_at(law, place) is not None
    assert len(lawtext.align(lawtext.split(STATUTE), law)) >= len(law.articles)
    for line in path.read_bytes().decode("utf-8", "replace").splitlines():
        for read in (lawtext.parse, lawtext.parse_chinese):
            with contextlib.suppress(lawtext.CitationError):
                read(line)
    return 0


def command(*words: str) -> Callable[[Path], int]:
    """The command line's reader: an exit code, never an exception."""

    def read(path: Path) -> int:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = main([str(path) if word == "FILE" else word for word in words])
        assert code in {0, 1, 2}, code
        return code

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


STATUTE = """# 某某银行消费者权益保护办法

（2019年12月26日发布 自2020年3月1日起施行）

第一章 总则

第一条 为了保护消费者，制定本办法。

第二条 本办法所称消费者投诉，是指下列情形：

（一）对产品不满；

（二）对服务不满：1.态度；2.等候。

符合前款第（二）项的，按第一条办理。

第二章 附则

第三条之一 本办法自2020年3月1日起施行。

附件1 投诉登记表

编号 姓名 L02:44..50
"""
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
        "scan cases",
        ".jsonl",
        _lines({"id": "a", "material_type": "短信", "channel": "短信", "input": "年化5%，保本，回T退订"}),
        command("scan", "--cases", "FILE", "--json"),
    ),
    Target("statutes", ".md", STATUTE.encode, statute),
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
