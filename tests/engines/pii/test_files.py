"""Files: structure kept, nothing split at an edge, hostile ones refused."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.targets import pdf
from xiaobao.engines.pii import LeftoverError, Masker, policy_from
from xiaobao.engines.pii.files import UnreadableFileError, mask_file, scan_file, text
from xiaobao.engines.pii.partial import partial
from xiaobao.engines.pii.values import Kind

MOBILE, CARD, IDENTITY = "13800001234", "6225880137654324", "330106198507123410"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def masked(path: Path, masker: Masker | None = None) -> Path:
    target = path.with_name("out" + path.suffix)
    mask_file(path, target, masker or Masker())
    return target


def docx(path: Path, runs: list[str], prolog: str = "") -> Path:
    """The smallest file that Word calls a document."""
    inside = "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'{prolog}<w:document xmlns:w="{_W}"><w:body><w:p>{inside}</w:p></w:body></w:document>',
        )
    return path


def runs_of(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return re.findall(r"<w:t[^>]*?(?:/>|>(.*?)</w:t>)", archive.read("word/document.xml").decode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_keeps_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes(f"客户王伟来电\r\n手机{MOBILE}\r\n".encode(encoding))
    assert masked(path).read_bytes() == "客户王*来电\r\n手机138****1234\r\n".encode(encoding)


@given(
    st.lists(
        st.sampled_from([MOBILE, CARD, IDENTITY, "文字", "", "330106198507\n123410", "密码：\nabc888"]),
        max_size=40,
    ),
    st.integers(1, 60),
)
def test_a_cut_never_parts_a_number(rows: list[str], size: int) -> None:
    whole = "\n".join(rows)
    joined = []
    for block, _ in text.blocks(io.BytesIO(whole.encode()), size):
        joined.append(block)
        assert not block.endswith(("330106198507\n", "密码：\n"))
    assert "".join(joined) == whole


def test_small_blocks_find_what_one_block_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "in.log"
    path.write_text("".join(f"第{n}笔 卡{CARD}\n{MOBILE}\n330106198507\n123410\n" for n in range(50)))
    monkeypatch.setattr(text.blocks, "__defaults__", (10**9,))
    at_once = [(p.offset + s.start, s.text) for p, s in scan_file(path)]
    monkeypatch.setattr(text.blocks, "__defaults__", (40,))
    assert [(p.offset + s.start, s.text) for p, s in scan_file(path)] == at_once
    assert len(at_once) == 150


def test_csv_reads_cells_under_their_column(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(f'姓名,手机号,订单号,备注\r\n买买提·艾力,{MOBILE},{CARD},"卡, {CARD}"\r\n'.encode())
    assert masked(path).read_bytes().decode() == (
        f'姓名,手机号,订单号,备注\r\n买*****,138****1234,{CARD},"卡, 622588******4324"\r\n'
    )


def test_csv_without_header_is_data_from_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"a,{MOBILE}\nb,x\n")
    assert masked(path).read_text() == "a,138****1234\nb,x\n"


def test_jsonl_keeps_everything_else_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    line = '{"custName" : "陈静","amt":1.50, "mobile":%s,"orderNo":"订单号%s","t":1e5}\n\n[null]\n'
    path.write_text(line % (MOBILE, CARD))
    assert masked(path).read_text() == line.replace("陈静", "陈*") % ('"138****1234"', CARD)


def test_xlsx_cells_in_place(tmp_path: Path) -> None:
    path, book = tmp_path / "in.xlsx", openpyxl.Workbook()
    book.active.append(["姓名", "手机号", "订单号", "日期", "笔数"])
    book.active.append(["王伟", int(MOBILE), CARD, "2026-11-23", 3])
    book.active["A2"].font = openpyxl.styles.Font(bold=True)
    book.save(path)
    sheet = openpyxl.load_workbook(masked(path)).active
    assert [cell.value for cell in sheet[2]] == ["王*", "138****1234", CARD, "2026-11-23", 3]
    assert sheet["A2"].font.bold


def test_docx_number_split_over_runs(tmp_path: Path) -> None:
    path = docx(tmp_path / "in.docx", ["手机138", "0000", "1234，谢谢", "客户王", "小明"])
    assert runs_of(masked(path)) == ["手机138****1234", "", "，谢谢", "客户王**", ""]


def test_pdf_is_for_the_report_only(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(b"%PDF-1.4 torn")
    with pytest.raises(UnreadableFileError, match="损坏"):
        list(scan_file(path))
    with pytest.raises(UnreadableFileError, match="不能就地遮蔽"):
        masked(path)
    assert not (tmp_path / "out.pdf").exists()


def test_pdf_text_is_read(tmp_path: Path) -> None:
    words = f"BT /F 12 Tf 20 100 Td (tel {MOBILE}) Tj ET".encode()
    path = tmp_path / "in.pdf"
    path.write_bytes(
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
        % (len(words), words)
        + b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    assert [(piece.place, span.text) for piece, span in scan_file(path)] == [("第1页", MOBILE)]


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)


def _entities(path: Path) -> None:
    docx(path, ["&a;"], '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')


def _torn(path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(path)
    path.write_bytes(path.read_bytes()[:-200])


def _endless_line(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(0)
        out.write(b"a" * (text.LINE_BYTES + 2))


@pytest.mark.parametrize(
    ("name", "make", "says"),
    [
        ("a.xlsx", _bomb, "压缩炸弹"),
        ("a.docx", _entities, "实体炸弹"),
        ("a.xlsx", _torn, "损坏"),
        ("a.txt", _endless_line, "超过 10 MB"),
        ("a.csv", _endless_line, "超过 10 MB"),
        ("a.jsonl", lambda path: path.write_text("[" * 100_000), "不是完整的 JSON"),
        ("a.csv", lambda path: path.write_text('a,"b\n'), "引号未闭合"),
        ("a.txt", lambda path: path.write_bytes(b"ab\0c"), "不是文本文件"),
        ("a.exe", lambda path: path.write_bytes(b"MZ"), "不认识的文件类型"),
    ],
)
def test_hostile_files_are_refused(tmp_path: Path, name: str, make: object, says: str) -> None:
    path = tmp_path / name
    make(path)  # type: ignore[operator]
    with pytest.raises(UnreadableFileError, match=says):
        masked(path)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_what_the_second_reading_finds_is_never_handed_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"手机{MOBILE}")
    monkeypatch.setattr(Masker, "shown", lambda self, span, action: span.text)
    with pytest.raises(LeftoverError, match="MOBILE"):
        masked(path)
    assert [file.name for file in tmp_path.iterdir()] == ["in.txt"]


def test_kept_by_policy_passes_the_second_reading(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"手机{MOBILE}，密码：abc888")
    keep = Masker(policy=policy_from({"rows": [{"of": "MOBILE", "action": "keep"}]}))
    assert masked(path, keep).read_text() == f"手机{MOBILE}，密码：〔已删除〕"


def test_the_report_holds_no_value(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_text(f"手机{MOBILE}，身份证{IDENTITY}")
    report = mask_file(path, tmp_path / "out.txt", Masker()).document()
    assert report["total"] == 2
    assert MOBILE not in json.dumps(report)
    assert report["findings"][0] | {"why": ""} == {
        "place": "",
        "start": 2,
        "end": 13,
        "type": "MOBILE",
        "class": "C2",
        "confidence": "high",
        "action": "partial",
        "why": "",
    }


def test_a_surname_alone_does_not_stay_beside_its_title() -> None:
    assert partial(Kind.NAME, "李女士") == "*女士"
    assert Masker().mask("李女士来电")[0] == "*女士来电"


def test_a_pdf_with_a_broken_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    whole = pdf()
    path.write_bytes(whole[:116] + whole[117:])
    with pytest.raises(UnreadableFileError, match="损坏"):
        list(scan_file(path))


@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_half_a_character_beside_a_number_stays_an_escape(tmp_path: Path, suffix: str) -> None:
    source, target = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    source.write_text(f'{{"备注": "\\ud800手机{MOBILE}"}}\n', encoding="utf-8")
    mask_file(source, target, Masker())
    assert "\\ud800" in (masked := target.read_text("utf-8"))
    assert MOBILE not in masked
