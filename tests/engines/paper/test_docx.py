"""A paper as Word opens it: the parts are there, the words are there, the bytes are always the same."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from xiaobao.engines.paper import Heading, Line, List, Paper, Run, Table, docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAPER = Paper(
    "规则册 <一>",
    (
        Heading("投诉", 1),
        Line((Run("15日", bold=True), "内作出决定 & 告知")),
        List(("首日不计", "末日计入"), numbered=True),
        Table(("规则", "期限"), (("CMP-003", "15日"), ("CMP-004", "30日")), (40, 60)),
    ),
    author="消保平台",
    foot="规则册",
)


def body(paper: Paper) -> ElementTree.Element:
    archive = zipfile.ZipFile(io.BytesIO(docx(paper)))
    assert archive.testzip() is None
    return ElementTree.fromstring(archive.read("word/document.xml"))


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.text or "" for text in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def test_every_part_is_well_formed_xml() -> None:
    archive = zipfile.ZipFile(io.BytesIO(docx(PAPER)))
    for name in archive.namelist():
        ElementTree.fromstring(archive.read(name))
    assert "[Content_Types].xml" in archive.namelist()


def test_the_words_stand_in_order() -> None:
    found = words(body(PAPER))
    assert found[:5] == ["规则册 <一>", "投诉", "15日内作出决定 & 告知", "1．首日不计", "2．末日计入"]
    assert found[5:11] == ["规则", "期限", "CMP-003", "15日", "CMP-004", "30日"]


def test_the_heads_are_repeated_and_the_columns_keep_their_share() -> None:
    root = body(PAPER)
    assert len(list(root.iter(f"{W}tblHeader"))) == 1
    first, second = (int(column.attrib[f"{W}w"]) for column in root.iter(f"{W}gridCol"))
    assert first * 3 == second * 2


def test_bold_is_a_property_of_its_run_alone() -> None:
    bold = [run for run in body(PAPER).iter(f"{W}r") if run.find(f"{W}rPr/{W}b") is not None]
    assert [text.text for text in bold[0].iter(f"{W}t")] == ["15日"]


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert docx(PAPER) == docx(PAPER)


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\x1f"])
def test_signs_xml_cannot_carry_are_left_out(sign: str) -> None:
    assert words(body(Paper("甲", (Line((f"乙{sign}丙",)),))))[1] == "乙丙"


def test_a_line_break_stays_a_line_break() -> None:
    assert len(list(body(Paper("甲", (Line(("乙\n丙",)),))).iter(f"{W}br"))) == 1
