"""Why a word may be no finding: denied, warned of, quoted, awarded, about a deposit."""

from __future__ import annotations

import pytest

from tests.engines.textscan.reading import spans
from xiaobao.engines.textscan.matchers import Pattern, Words

WORDS = Words(("保本", "保收益", "最佳"))


@pytest.mark.parametrize(
    "text",
    [
        "本产品不保本",
        "不承诺保本、保收益",
        "不保证保本",
        "并非保本产品",
        "没有保本的理财",
        "打破保本预期",
        "严禁宣传保本",
        "是否保本？",
        "保本的说法不可信",
        "任何“保本”的承诺都是骗局",
        "我们不会以任何形式承诺保本",
    ],
)
def test_denied(text: str) -> None:
    assert spans(WORDS, text, exempt=("negation",)) == []


@pytest.mark.parametrize(
    "text",
    [
        "不仅保本",
        "不但保本还高息",
        "不用担心，保本",
        "非常保本",
        "没有不保本的",
        "不看征信，保本",
        "从不不保本",
    ],
)
def test_not_denied(text: str) -> None:
    assert spans(WORDS, text, exempt=("negation",)) == ["保本"]


@pytest.mark.parametrize(
    "text",
    ["警惕保本骗局", "不法分子以保本为诱饵", "凡声称保本的都要小心", "我行从未授权任何机构以保本名义宣传"],
)
def test_warned_of(text: str) -> None:
    assert spans(WORDS, text, exempt=("warning",)) == []


def test_a_warning_covers_its_own_sentence_only() -> None:
    assert spans(WORDS, "谨防诈骗！本产品保本", exempt=("warning",)) == ["保本"]


def test_an_award_needs_source_and_year() -> None:
    assert spans(WORDS, "《亚洲银行家》2025年最佳银行奖", exempt=("award",)) == []
    assert spans(WORDS, "最佳银行奖", exempt=("award",)) == ["最佳"]
    assert spans(WORDS, "2025年最佳银行", exempt=("award",)) == ["最佳"]


def test_the_title_of_a_paper_is_quoted() -> None:
    assert spans(WORDS, "见《保本基金管理办法》", exempt=("quoted",)) == []
    assert spans(WORDS, "见《办法》，保本", exempt=("quoted",)) == ["保本"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大额存单保本", []),
        ("存款保本，理财保收益", ["保本", "保收益"]),
        ("理财保本", ["保本"]),
        ("保本", ["保本"]),
    ],
)
def test_deposits_may_say_so(text: str, found: list[str]) -> None:
    assert spans(WORDS, text, exempt=("deposit",)) == found


def test_what_is_denied_before_is_not_called_untrue_after() -> None:
    assert spans(WORDS, "保本都是骗局", exempt=("denied",)) == ["保本"]
    assert spans(WORDS, "保本都是骗局", exempt=("negation",)) == []
    assert spans(WORDS, "不承诺保本", exempt=("denied",)) == []


def test_a_question_and_its_answer_are_one_sentence() -> None:
    assert spans(Pattern("亏了怎么办.{0,6}兜底"), "亏了怎么办？我们兜底") == ["亏了怎么办？我们兜底"]


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("不" + "和" * 200 + "甲保本", ["保本"]),
        ("不" + "的" * 200 + "保本", []),
        ("不得承诺" + "甲乙丙、" * 40 + "保本", []),
        ("不得承诺" + "甲乙丙丁戊己庚辛、" * 9 + "保本", []),
        ("不得承诺" + "甲乙丙丁戊己庚辛壬、" * 9 + "保本", ["保本"]),
        ("没有任何一款产品保本", []),
        ("没想保本", ["保本"]),
    ],
)
def test_between_a_denial_and_the_word_stand_light_words_and_lists_only(
    clause: str, found: list[str]
) -> None:
    assert spans(WORDS, clause, exempt=("denied",)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("有人说包您保本，请多留一个心眼", []),
        ("“保本高息”，十有八九是圈套", []),
        ("没有陷阱，放心保本", ["保本"]),
        ("零圈套，真保本", ["保本"]),
    ],
)
def test_a_snare_warns_unless_it_is_said_to_be_none(text: str, found: list[str]) -> None:
    assert spans(WORDS, text, exempt=("warning",)) == found
