"""The shapes of the held texts: in step with the texts, and every place of them is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules import shapes
from xiaobao.engines.lawtext import split
from xiaobao.rules.articles import FILE, lacks
from xiaobao.rules.articles import shapes as known
from xiaobao.rules.book import BookError, RuleBook
from xiaobao.rules.instruments import INSTRUMENTS, is_held
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.values import Cite, Kind, Rule, Unless
from xiaobao.rules.writing import cite, version, yes


@pytest.mark.real
def test_the_file_is_the_one_the_texts_give() -> None:
    assert Path(FILE).read_text("ascii") == shapes.written()


def test_every_held_version_has_its_shape() -> None:
    versions = [(one.id, since) for one in INSTRUMENTS.values() for since in one.since]
    held = {f"{id_}@{since}" for id_, since in versions if is_held(Cite(id_, since, "1"))}
    assert set(known()) == held


@pytest.mark.real
def test_every_place_of_a_text_is_there_and_the_next_one_is_not() -> None:
    for name, file in shapes.versions():
        instrument, _, since = name.partition("@")
        for article in split(file.read_text("utf-8")).articles:
            for at, paragraph in enumerate(article.paragraphs, 1):
                for item in paragraph.items:
                    assert not lacks(Cite(instrument, since, f"{article.number}.{at}.{item.number}"))
                beyond = Cite(instrument, since, f"{article.number}.{at}.{len(paragraph.items) + 1}")
                assert lacks(beyond), beyond
            assert lacks(Cite(instrument, since, f"{article.number}.{len(article.paragraphs) + 1}"))


def test_a_line_with_a_gap_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="one by one"):
        shapes.line_of("T", split("测试\n第一条 甲。\n第三条 丙。\n"))


def test_the_place_of_an_exception_is_looked_at_too() -> None:
    unless = (Unless((yes("told", "已告知"),), "除外", cite("N01@2023-03-01:46.2")),)
    params = GateParams((yes("consented", "同意"),))
    one = version("2023-03-01", params, (cite("N01@2023-03-01:46"),), (), unless=unless)
    with pytest.raises(BookError, match="该条没有这一款或者这一项") as caught:
        RuleBook([Rule("PI-018", Kind.GATE, "privacy", "测试", (one,))])
    assert "privacy/use.py第" in caught.value.say


def test_what_nobody_holds_is_not_judged() -> None:
    assert not lacks(Cite("X01", "2026-09-30", "999"))
    assert not lacks(Cite("N09", "2024-07-01", "a1"))
