"""Two versions article by article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.lawtext import Change, LawText, Words, align, difference, split, tally

ALPHABET = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"


def law(*articles: str) -> LawText:
    numerals = "一二三四五六七八九"
    return split("\n".join(["# 办法", *(f"第{numerals[at]}条 {text}" for at, text in enumerate(articles))]))


def changes(old: LawText, new: LawText) -> list[tuple[str, str | None, str | None]]:
    pairs = align(old, new)
    return [(p.change.value, p.old and p.old.loc, p.new and p.new.loc) for p in pairs]


def test_the_five_changes() -> None:
    old = law("机构应当公示投诉渠道。", "机构应当十日内答复投诉人。", "每月报送纸质登记簿一本。")
    new = law("机构应当公示投诉渠道。", "网络平台不得诱导点击广告。", "机构应当九日内答复投诉人。")
    assert changes(old, new) == [
        ("same", "1", "1"),
        ("new", None, "2"),
        ("amended", "2", "3"),
        ("gone", "3", None),
    ]
    assert tally(align(old, new)) == {
        "same": 1,
        "moved": 0,
        "amended": 1,
        "new": 1,
        "gone": 1,
        "amended_moved": 1,
    }


def test_words_that_only_moved_and_punctuation_that_changed() -> None:
    old, new = law("甲乙丙，丁戊。", "己庚辛壬。"), law("己庚辛壬。", "甲乙丙、丁戊。")
    assert changes(old, new) == [("moved", "2", "1"), ("moved", "1", "2")]


def test_of_equal_words_the_same_number_is_kept() -> None:
    assert changes(law("甲乙。", "甲乙。"), law("甲乙。", "甲乙。")) == [
        ("same", "1", "1"),
        ("same", "2", "2"),
    ]


def test_a_rewritten_article_is_known_by_its_number() -> None:
    old = law("国家设立协调机制统筹有关工作。")
    new = law("各级部门建立保护协调机制，细化职责分工，督促落实有关工作要求。")
    assert changes(old, new) == [("amended", "1", "1")]
    assert 0.33 <= align(old, new)[0].likeness < 0.5


def test_a_number_alone_does_not_make_a_pair() -> None:
    assert {c for c, *_ in changes(law("子丑寅卯辰巳午未。"), law("甲乙丙丁戊己庚辛。"))} == {"new", "gone"}


texts = st.lists(st.text(ALPHABET, min_size=6, max_size=20).map(lambda t: t + "。"), min_size=1, max_size=9)


@given(texts, texts)
def test_every_article_is_told_of_once(one: list[str], two: list[str]) -> None:
    old, new = law(*one), law(*two)
    pairs = align(old, new)
    assert sorted(p.old.number for p in pairs if p.old) == [a.number for a in old.articles]
    assert [p.new.number for p in pairs if p.new] == [a.number for a in new.articles]


@given(texts)
def test_a_text_against_itself_is_the_same(one: list[str]) -> None:
    assert {pair.change for pair in align(law(*one), law(*one))} == {Change.SAME}


@given(st.text(ALPHABET, max_size=30), st.text(ALPHABET, max_size=30))
def test_the_difference_holds_both_texts(old: str, new: str) -> None:
    runs = difference(old, new)
    assert "".join(run.text for run in runs if run.op != "add") == old
    assert "".join(run.text for run in runs if run.op != "cut") == new


def test_a_difference_reads_well() -> None:
    assert difference("十日内答复投诉人", "九日内书面答复投诉人") == (
        Words("cut", "十"),
        Words("add", "九"),
        Words("keep", "日内"),
        Words("add", "书面"),
        Words("keep", "答复投诉人"),
    )
