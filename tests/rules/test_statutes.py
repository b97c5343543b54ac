"""The counted texts, and every citation of the book against its text."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from tests.groups import SHARED
from xiaobao.engines.lawtext import LawText, counts, number, parse_place, split, text_at
from xiaobao.rules.book import book
from xiaobao.rules.instruments import is_held
from xiaobao.rules.values import Cite

TEXTS = SHARED / "data/regulations"
CITES = sorted({cite for rule in book() for version in rule.versions for cite in version.cites})


@cache
def statute(instrument: str, version: str) -> LawText | None:
    """The text of that version, or None when nobody has it."""
    for file in (
        *TEXTS.glob(f"{instrument}_*.md"),
        *(TEXTS / "earlier").glob(f"{instrument}_*_{version}.md"),
    ):
        if file.parent.name == "earlier" or is_current(file, version):
            return split(file.read_text("utf-8"))
    return None


@cache
def effective() -> dict[str, str]:
    with (TEXTS / "index.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["file"]: row["effective_date"] for row in csv.DictReader(opened)}


def is_current(file: Path, version: str) -> bool:
    return effective()[file.name] == version


@pytest.mark.real
def test_counts_are_reproduced() -> None:
    with (TEXTS / "expected_counts.csv").open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    wrong = {}
    for row in rows:
        found = counts(split((TEXTS / row["file"]).read_text("utf-8")))
        names = [name for name in ("articles", "paragraphs", "items", "chapters", "sections") if name in row]
        if different := {
            name: (getattr(found, name), row[name])
            for name in names
            if str(getattr(found, name)) != row[name]
        }:
            wrong[row["file"]] = different
    assert not wrong


@pytest.mark.real
@pytest.mark.parametrize("cite", [cite for cite in CITES if is_held(cite)], ids=str)
def test_the_words_stand_in_the_cited_place(cite: Cite) -> None:
    text = statute(cite.instrument, cite.version)
    assert text is not None, "this version is said to be held"
    found = text_at(text, parse_place(cite.loc))
    assert found is not None, "no such place"
    assert cite.words in found.replace(" ", "")


@pytest.mark.real
@pytest.mark.parametrize("cite", [cite for cite in CITES if is_held(cite)], ids=str)
def test_a_bare_article_has_one_paragraph_or_is_meant_whole(cite: Cite) -> None:
    text = statute(cite.instrument, cite.version)
    article = text.article(int(cite.loc.split(".")[0])) if text else None
    assert article is not None
    assert "." in cite.loc or len(article.paragraphs) == 1


@pytest.mark.real
@pytest.mark.parametrize("cite", [cite for cite in CITES if not is_held(cite)], ids=str)
def test_what_is_not_held_is_really_absent(cite: Cite) -> None:
    assert statute(cite.instrument, cite.version) is None


@pytest.mark.parametrize("cite", [cite for cite in CITES if is_held(cite)], ids=str)
def test_the_words_are_few(cite: Cite) -> None:
    assert 3 <= len(cite.words) <= 20


def test_a_missing_article_is_a_gap() -> None:
    text = "测试办法\n第一条 甲。\n第二条 乙。\n第四条 丁。\n"
    assert [remark.article for remark in split(text).remarks if remark.grave] == [3]


def test_items_tails_and_wrapped_heads() -> None:
    text = "# 测试办法\n## 第一章 总\n则\n第一条 有下列情形：\n（一）甲；\n（二）乙。\n第二款文字。\n附：说明\n（一）不算"
    found = split(text)
    assert found.heads == (("章", 1, "总则"),)
    assert text_at(found, parse_place("1.1.2")) == "乙。"
    assert text_at(found, parse_place("1.2")) == "第二款文字。"
    assert text_at(found, parse_place("1.3")) is None
    assert found.tail == ("附：说明", "（一）不算")


def test_a_reference_inside_a_line_is_no_article() -> None:
    found = split("测试\n第一条 依照刑法\n第二百五十三条之一的规定处理。\n第二条 乙。")
    assert [article.number for article in found.articles] == [1, 2]


@pytest.mark.parametrize(("word", "value"), [("十", 10), ("一百一十", 110), ("二百零三", 203), ("千", 1000)])
def test_numerals(word: str, value: int) -> None:
    assert number(word) == value
