"""The folded text and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiaobao.engines.textscan.folding import View


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("保 本", "保本"),
        ("保—本", "保本"),
        ("年化 3.5 %", "年化3.5 %"),
        ("ＮＯ．1", "no.1"),
        ("３．８５％", "3.85%"),
        ("保证收益（含税）", "保证收益(含税)"),
        ("無風險", "无风险"),
        ("a b", "a b"),
        ("一、二", "一、二"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert View(written).text == folded


def test_parties_are_turned_when_the_consumer_comes_first() -> None:
    assert View("甲方向乙方还款", swapped=True).text == "乙方向甲方还款"


@pytest.mark.parametrize(
    ("text", "start", "end", "span"), [("我保 * 本", 1, 3, "保 * 本"), ("零 风 险x", 0, 3, "零 风 险")]
)
def test_origin(text: str, start: int, end: int, span: str) -> None:
    left, right = View(text).origin(start, end)
    assert text[left:right] == span


def test_an_empty_span_stays_empty() -> None:
    assert View("保 本").origin(1, 1)[0] == View("保 本").origin(1, 1)[1]


@pytest.mark.parametrize(
    ("text", "disguised"), [("保*本", True), ("保 本", False), ("葆本", True), ("保本", False)]
)
def test_disguise_is_told_from_a_blank(text: str, disguised: bool) -> None:
    view = View(text)
    assert view.is_disguised(0, len(view.text)) is disguised


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="保本abcＡ１①* \u200b，。“”\n中国💰", max_size=80))
def test_every_folded_place_has_its_place_in_the_original_and_back(text: str) -> None:
    view = View(text)
    for at in range(len(view.text)):
        left, right = view.origin(at, at + 1)
        assert right == left + 1 <= len(text)
        assert view.folded(left, left)[0] == at


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100))
def test_places_never_go_backward(text: str) -> None:
    view = View(text)
    places = [view.origin(at, at + 1)[0] for at in range(len(view.text))]
    assert places == sorted(places)
