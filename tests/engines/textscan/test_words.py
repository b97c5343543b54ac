"""Word lists: what they find, where, and what it costs them to see through a disguise."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xiaobao.engines.textscan import words as module
from xiaobao.engines.textscan.disguise import spellings
from xiaobao.engines.textscan.folding import View
from xiaobao.engines.textscan.words import WordList

LIST = WordList(["保本", "保本保息", "零风险", "第1", "最好"])


def found(text: str, among: WordList = LIST) -> set[str]:
    return {text[start:end] for _, start, end in among.find(text)}


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("这是保本理财", {"保本"}),
        ("保本保息", {"保本", "保本保息"}),
        ("保*本保·息", {"保*本", "保*本保·息"}),
        ("保 本", {"保 本"}),
        ("保\u200b本", {"保\u200b本"}),
        ("保💰本", {"保💰本"}),
        ("葆本", {"葆本"}),
        ("零風險", {"零風險"}),
        ("全城第①", {"第①"}),
        ("第１", {"第１"}),
        ("蕞好", {"蕞好"}),
        ("“保”“本”", {"保”“本"}),
        ("保，本", set()),
        ("保。本", set()),
        ("保\n本", set()),
        ("", set()),
    ],
)
def test_words_are_found_through_disguises(text: str, spans: set[str]) -> None:
    assert found(text) == spans


def test_spans_are_of_the_text_as_it_was_written() -> None:
    text = "理财：ＡＢ，保 * 本！还有保本"
    assert [text[start:end] for _, start, end in LIST.find(text)] == ["保 * 本", "保本"]


def test_the_pure_fallback_answers_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["保*本保息的零风险理财，第①", "葆本葆息最好", "没有什么"]
    expected = [sorted(LIST.find(text)) for text in texts]
    monkeypatch.setattr(module, "automaton", module._Fallback)
    plain = WordList(LIST.words)
    assert [sorted(plain.find(text)) for text in texts] == expected


def test_an_empty_list_finds_nothing() -> None:
    assert WordList([]).find("保本") == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="保本息零风险a1 *·，。\n葆①“”", max_size=60))
@example("保，本")
def test_a_word_in_the_folded_text_is_found_in_the_written_one(text: str) -> None:
    view = View(text)
    found = {LIST.words[at] for at, _, _ in LIST.find(text, view.hidden)}
    assert found == {word for word in LIST.words if word in view.text}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_can_be_searched_and_every_span_lies_inside(text: str) -> None:
    assert all(0 <= start < end <= len(text) for _, start, end in LIST.find(text))


@pytest.mark.parametrize("form", ["bao本", "保ben", "baoben"])
def test_pinyin_is_a_spelling(form: str) -> None:
    assert form in spellings("保本")


def test_initials_need_three_characters() -> None:
    assert "b本" not in spellings("保本")
    assert {"零f险", "零fx"} <= set(spellings("零风险"))


def test_a_word_whose_sounds_are_unknown_has_one_spelling() -> None:
    assert spellings("魑魅") == ("魑魅",)
