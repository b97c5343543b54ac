"""The normal form, the tokens and the query: pure text, no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.base.search import grams

HOSTILE = [
    "", " ", "%", "_", "'", '"', '"""', "“", "\\", "*", "a*", "NEAR(", "AND", "OR NOT", "(", ")", "违约:*",
    "'; DROP TABLE search_document; --", "\x00", "a\x00b", "\ud800", "&|!<->", "tokens:违约", "^违约", "-违约",
    "{", "+", "😀", "\u202e违约", "１２３", "ﬁ", "İ", "ß", "\U00020000\U00020001", "违" * 100_000, "a" * 100_000,
    "违约 " * 50_000, '"违约 ' * 50_000,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＡＢＣ卡，重复扣款！", " abc 卡 重复扣款 "),
        ("金额1,234.50元", " 金额 1 234 50 元 "),
        ("  \n", "  "),
        ("退款a_b", " 退款 a b "),
        ("12345转办", " 12345 转办 "),
        ("二〇二〇年", " 二〇二〇年 "),
        ("Straße", " strasse "),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert grams.normalise(text) == normal


def test_tokens_are_each_hanzi_with_the_two_behind_it_and_whole_words() -> None:
    assert grams.tokens(" abc 违约金 ") == sorted(["abc", "违约金", "约金", "金"])


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("违约金很高，违约金不退", {"@约金"}),
        ("违约金，违约金", set()),
        ("违约金，违约", {"@违约"}),
        ("客户客户", {"@客户"}),
    ],
)
def test_a_pair_followed_by_different_characters_is_marked(text: str, marks: set[str]) -> None:
    assert {token for token in grams.tokens(grams.normalise(text)) if token[0] == "@"} == marks


def test_a_text_of_too_many_tokens_is_indexed_from_its_beginning() -> None:
    text = "".join(chr(0x20000 + (at * 7919 + at // 7) % 40_000) for at in range(110_000))
    held = grams.tokens(grams.normalise(text))
    assert sum(len(token.encode()) for token in held) <= grams.MAX_BYTES
    assert set(grams.parse(text[:50]).tokens) <= set(held)


def test_very_long_words_share_a_token_and_are_told_apart_by_the_text() -> None:
    word = "x" * 70
    assert grams.tokens(f" {word} ") == ["x" * 64]
    assert grams.parse(word).exact == (f" {word} ",)


def test_blanks_part_words_and_quotes_keep_them() -> None:
    query = grams.parse("征信　“提前 还款” B012")
    assert query.terms == ("征信", "提前 还款", "B012")
    assert query.exact == ("提前 还款",)


def test_up_to_three_characters_need_no_second_look() -> None:
    query = grams.parse("费 征信 违约金 p0012")
    assert (query.tokens, query.starts, query.exact) == (("违约金", "p0012"), ("费", "征信"), ())


def test_what_a_longer_word_already_asks_for_is_left_out() -> None:
    query = grams.parse("违约金 违约 违 约")
    assert (query.tokens, query.starts) == (("违约金",), ("约",))


def test_a_longer_run_doubts_the_pairs_its_threes_share() -> None:
    query = grams.parse("还款违约金")
    assert (query.tokens, query.doubts) == (("还款违", "款违约", "违约金"), ("@款违", "@违约"))


def test_words_side_by_side_are_always_looked_at() -> None:
    assert grams.parse('还款违约金 "提前 还款"').doubts == ()


@given(st.text("甲乙丙", min_size=1, max_size=30), st.text("甲乙丙", min_size=4, max_size=7))
def test_without_a_doubt_the_tokens_prove_the_word(text: str, word: str) -> None:
    held, query = set(grams.tokens(f" {text} ")), grams.parse(word)
    if set(query.tokens) <= held and not held & set(query.doubts):
        assert word in text


def test_a_long_question_is_cut_and_says_so() -> None:
    assert grams.parse("违约" * 200).is_cut
    assert grams.parse(" ".join("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未")).is_cut
    assert not grams.parse("违约金").is_cut


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    query = grams.parse(text)
    normal = grams.normalise(text)
    assert len(query.tokens) + len(query.starts) <= grams.MAX_QUERY
    asked = (*query.tokens, *query.starts, *query.doubts)
    assert all(token.removeprefix("@").isalnum() for token in (*asked, *grams.tokens(normal)))


@given(st.text(max_size=60), st.data())
def test_every_piece_of_a_text_finds_the_text(text: str, data: st.DataObject) -> None:
    normal = grams.normalise(text)
    piece = data.draw(st.sampled_from(normal.split() or [""]))
    query = grams.parse(piece[:100])
    held = set(grams.tokens(normal))
    if len(piece) <= 100:
        assert set(query.tokens) <= held
        assert all(any(token.startswith(start) for token in held) for start in query.starts)
        assert all(pattern in normal for pattern in query.exact)


@given(st.text(max_size=200))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    assert grams.normalise(grams.normalise(text)) == grams.normalise(text)
