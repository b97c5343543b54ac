"""Workbooks carry no formula, no link, no surprise."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from xiaobao.duties.complaints.services.sheets import CELL_LIMIT, Column, Sheet, defused

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ATTACKS = (
    "=1+1",
    '=HYPERLINK("http://evil","点我")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "－1",
    "  =1",
    "　=1",
    "|calc",
    "%0A=1",
)


@pytest.mark.parametrize("text", ATTACKS)
def test_a_leading_sign_is_defused(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["王敏", "", "1=1", "http://bank.example", "138****1234", "a@b"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert defused(text) == text


def test_no_cell_is_a_formula_or_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Sheet(path, name="表", columns=(Column("文字"),), note="=1 导出", at=AT) as sheet:
        for attack in (*ATTACKS, "https://evil.example/x"):
            sheet.write([attack])
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    body = b"".join(zipfile.ZipFile(path).read(name) for name in zipfile.ZipFile(path).namelist())
    assert b"<f>" not in body
    assert b"<hyperlink" not in body


def test_the_note_stands_in_the_first_line_header_and_footer(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    note = "导出人：晓敏 R&D · 共 3 件"
    with Sheet(path, name="表", columns=(Column("甲"), Column("乙")), note=note, at=AT) as sheet:
        sheet.write(["一", 2])
    sheet_ = openpyxl.load_workbook(path).active
    assert sheet_ is not None
    assert sheet_["A1"].value == note
    assert [cell.value for cell in sheet_[2]] == ["甲", "乙"]
    assert [cell.value for cell in sheet_[3]] == ["一", 2]
    raw = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert raw.count("R&amp;&amp;D") == 2


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    cut = defused("字" * (CELL_LIMIT + 1))
    assert len(cut) == CELL_LIMIT
    assert cut.endswith("已截断）")


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        with Sheet(tmp_path / name, name="表", columns=(Column("甲"),), note="n", at=AT) as sheet:
            sheet.write(["一"])
        made.append(zipfile.ZipFile(tmp_path / name).read("docProps/core.xml"))
    assert made[0] == made[1]
