"""Words hidden by halves of hanzi, commas, brackets and light hanzi are read; ordinary commas stay commas."""

from __future__ import annotations

import pytest

from tests.engines.textscan.reading import spans
from xiaobao.engines.textscan.folding import View
from xiaobao.engines.textscan.hiding import HALF, between, rejoined
from xiaobao.engines.textscan.matchers import Words

LISTED = Words(("保本", "零风险", "无风险", "稳赚"), pinyin=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("理财，保，本，限量", "保，本"),
        ("担保（本）合同", ""),
        ("海报：保(本)。", "保(本"),
        ("无【风】【险】的基金", "无【风】【险"),
        ("稳健，保大本", "保大本"),
        ("亻呆本理财", "亻呆本"),
        ("理财禾急贝兼", "禾急贝兼"),
        ("亻呆 本理财", "亻呆 本"),
        ("零小风险", "零小风险"),
    ],
)
def test_a_hidden_word_is_found_where_it_was_written(text: str, found: str) -> None:
    assert spans(LISTED, text) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "本金不保，本产品有风险",
        "担保的本金",
        "投保了本产品",
        "损失为零，风险自担",
        "确保您本人办理",
        "保（本人签字）",
    ],
)
def test_ordinary_words_and_commas_are_left_alone(text: str) -> None:
    assert spans(LISTED, text) == []


def test_parted_hanzi_keep_the_length_of_the_text() -> None:
    text = "他们说亻呆本，又说贝兼钱"
    assert len(rejoined(text)) == len(text)
    assert rejoined(text).replace(HALF, "") == "他们说保本，又说赚钱"


def test_a_span_that_ends_in_a_parted_hanzi_holds_both_halves() -> None:
    view = View("理财稳贝兼！")
    start = view.text.index("稳赚")
    assert view.origin(start, start + 2) == (2, 5)
    assert view.is_disguised(start, start + 2)


def test_what_is_between_is_told_once_and_in_order() -> None:
    assert list(between("保，本，保，息")) == [(1, 2), (5, 6)]
    assert list(between("第一，本行；第二，您")) == []
