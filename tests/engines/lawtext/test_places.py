"""Citations: the compact form, the Chinese form, and what a place covers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.lawtext import (
    CitationError,
    Place,
    parse,
    parse_chinese,
    parse_place,
    settle,
    split,
    text_at,
)

LAW = split(
    "# 办法\n序。\n第一条 甲。\n第二条 乙。\n有：\n（一）子；\n1.鼠；\n（二）丑。\n第二条之一 丙。\n附录\n表。"
)


@pytest.mark.parametrize(
    "text",
    [
        "N00:18.1",
        "N00@2020-03-01:18.1",
        "L02:44..50",
        "CR:253-1",
        "P01:16.1.3",
        "N09:a1",
        "N00:18.1,43",
        "N00:0",
        "N00:1.1.1.1",
    ],
)
def test_citations_read_and_print_alike(text: str) -> None:
    assert parse(text).full == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("N00 18", "不是引用"),
        ("N00:18.", "不是条款位置"),
        ("N00:十八", "不是条款位置"),
        ("N00:18.1.1.1.1", "不是条款位置"),
        ("n00:18", "不是引用"),
        ("N00@2020-02-30:18", "不是日期"),
        ("N00:50..44", "首尾颠倒"),
        ("N00:44..44", "首尾颠倒"),
        ("N00:a0", "不是条款位置"),
        ("N00:18,", "不是条款位置"),
        ("N００:18", "不是引用"),
        ("", "不是引用"),
    ],
)
def test_what_is_no_citation_says_why(text: str, why: str) -> None:
    with pytest.raises(CitationError, match=why):
        parse(text)


def test_forms_of_a_citation() -> None:
    cite = parse("N00@2020-03-01:18.1,44..50")
    assert (cite.short, cite.chinese) == ("N00:18.1,44..50", "第十八条第一款、第四十四条至第五十条")
    place = parse_place("18.1.3")
    assert (place.anchor, place.eid) == ("a18.1.3", "art_18__para_1__item_3")
    assert (parse_place("253-1").eid, parse_place("a2").eid, parse_place("0").eid) == (
        "art_253-1",
        "att_2",
        "preamble",
    )
    assert (parse_place("a2").chinese, parse_place("0").chinese) == ("附录二", "序言")


@pytest.mark.parametrize(
    ("text", "locs"),
    [
        ("第十八条第一款", ["18.1"]),
        ("第十八条第一款、第二款", ["18.1", "18.2"]),
        ("第十六条第一款第（三）项", ["16.1.3"]),
        ("第十六条第一款第三项、第五项", ["16.1.3", "16.1.5"]),
        ("第四十四条至第五十条", ["44..50"]),
        ("第二百五十三条之一", ["253-1"]),
        ("第十条、第十三条第二款和第十五条的规定", ["10", "13.2", "15"]),
        ("附录", ["a1"]),
    ],
)
def test_chinese_places(text: str, locs: list[str]) -> None:
    assert [span.loc for span in parse_chinese(text)] == locs


@pytest.mark.parametrize("text", ["", "第一款", "前款", "第十八", "十八条"])
def test_what_names_no_place(text: str) -> None:
    with pytest.raises(CitationError):
        parse_chinese(text)


places = st.builds(
    lambda article, suffix, below: Place(article, suffix, *(*below, 0, 0, 0)[:3]),
    st.integers(1, 1260),
    st.integers(0, 3),
    st.lists(st.integers(1, 30), max_size=3).map(tuple),
)


@given(places)
def test_both_forms_lead_back_to_the_place(place: Place) -> None:
    assert parse_place(place.loc) == place
    assert parse_chinese(place.chinese)[0].first == place


def test_an_item_without_its_paragraph_is_settled_by_the_text() -> None:
    asked = parse_chinese("第二条第二项")[0].first
    assert asked == Place(2, item=2)
    assert settle(LAW, asked) == Place(2, paragraph=2, item=2)
    assert text_at(LAW, asked) == "丑。"
    assert text_at(LAW, Place(1, item=1)) is None


@pytest.mark.parametrize(
    ("loc", "text"),
    [
        ("0", "序。"),
        ("2", "乙。有：子；鼠；丑。"),
        ("2.2", "有：子；鼠；丑。"),
        ("2.2.1", "子；鼠；"),
        ("2.2.1.1", "鼠；"),
        ("2-1", "丙。"),
        ("a1", "附录\n表。"),
        ("3", None),
        ("2.3", None),
        ("2.2.3", None),
        ("2.2.1.2", None),
        ("a2", None),
    ],
)
def test_words_at_a_place(loc: str, text: str | None) -> None:
    assert text_at(LAW, parse_place(loc)) == text


@pytest.mark.parametrize(
    ("cite", "loc", "touches"),
    [
        ("N00:18", "18.1", True),
        ("N00:18.1", "18", True),
        ("N00:18.1", "18.2", False),
        ("N00:44..50", "50.3", True),
        ("N00:44..50", "51", False),
        ("N00:44..50", "43.9", False),
        ("N00:18.1..18.3", "18", True),
        ("N00:18.1..18.3", "18.3.2", True),
        ("N00:18.1..18.3", "18.4", False),
        ("N00:44..50", "a44", False),
        ("N00:1,3", "3", True),
        ("N00:18", "18-1", False),
    ],
)
def test_what_a_citation_touches(cite: str, loc: str, touches: bool) -> None:
    assert parse(cite).touches(parse_place(loc)) is touches


def test_an_item_whose_paragraph_is_unknown_covers_no_paragraph() -> None:
    item = parse_place("2.0.2")
    assert item.covers(parse_place("2.1.2"))
    assert not item.covers(parse_place("2.2"))
    assert not item.covers(parse_place("2.2.1"))
    assert parse_place("2.1").covers(parse_place("2.1.2"))
    assert not parse_place("2.1").covers(parse_place("2.2"))
