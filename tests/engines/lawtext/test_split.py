"""Taking a text apart: every kind of line, every irregularity seen in real texts, every doubt told."""

from __future__ import annotations

import hashlib

import pytest

from xiaobao.engines.lawtext import READING, LawText, chinese, counts, number, split
from xiaobao.engines.lawtext.places import parse_place, text_at


def codes(law: LawText) -> list[str]:
    return [remark.code for remark in law.remarks]


def law(*lines: str) -> LawText:
    return split("\n\n".join(("# 试验办法", *lines)))


def test_parts_and_their_path() -> None:
    found = law(
        "## 第一编 总则",
        "### 第一分编 通则",
        "#### 第一章 一般规定",
        "##### 第一节 期 限",
        "第一条 甲。",
        "#### 第二章 其他",
        "第二条 乙。",
    )
    assert [head.name for head in found.articles[0].heads] == [
        "第一编 总则",
        "第一分编 通则",
        "第一章 一般规定",
        "第一节 期限",
    ]
    assert [head.level for head in found.articles[1].heads] == ["编", "分编", "章"]
    assert counts(found)[:7] == (2, 2, 0, 0, 2, 2, 1)


def test_paragraphs_items_and_sub_items() -> None:
    found = law("第一条 有下列情形：", "（一）甲；", "1.子；", "2.丑；", "（二）乙。", "第二款的话。")
    article = found.articles[0]
    assert [item.text for item in article.paragraphs[0].items] == ["甲；", "乙。"]
    assert article.paragraphs[0].items[0].subs == ("子；", "丑；")
    assert article.paragraphs[1].text == "第二款的话。"


@pytest.mark.parametrize("item", ["(一)甲。", "（一）甲。", "（一） 甲。"])
def test_brackets_of_both_widths(item: str) -> None:
    assert law("第一条 有：", item).articles[0].paragraphs[0].items[0].text == "甲。"


def test_a_contents_list_is_not_counted_twice() -> None:
    found = law(
        "目 录", "第一章 总则", "第二章 附则", "第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"
    )
    assert [head.title for head in found.heads] == ["总则", "附则"]
    assert codes(found) == ["contents"]


def test_sections_begin_anew_in_each_chapter() -> None:
    found = law("第一章 甲", "第一节 子", "第一条 一。", "第二章 乙", "第一节 子", "第二条 二。")
    assert counts(found).sections == 2
    assert codes(found) == []


def test_a_heading_broken_over_two_lines() -> None:
    found = law("第一章 保护知情权和", "公平交易权", "第一条 甲。")
    assert found.heads[0].title == "保护知情权和公平交易权"
    assert found.articles[0].heads == found.heads
    assert codes(found) == ["wrapped"]


def test_numbers_need_not_begin_at_one() -> None:
    found = law("第四百六十三条 甲。", "第四百六十四条 乙。")
    assert (counts(found).first, counts(found).last, found.is_whole) == (463, 464, True)


@pytest.mark.parametrize(
    "tail",
    [
        ["附：", "某局答记者问http：//example.invalid"],
        ["1.某局发布http：//example.invalid"],
        ["手机扫一扫打开此页"],
    ],
)
def test_what_a_website_left_is_no_paragraph(tail: list[str]) -> None:
    found = law("第一条 甲。", *tail)
    assert counts(found).paragraphs == 1
    assert found.tail == tuple(tail)
    assert codes(found) == ["tail"]


def test_an_appendix_keeps_its_lists_to_itself() -> None:
    found = law("第一条 甲。", "附录 名词解释", "（一）乙。", "附：", "http：//example.invalid")
    assert counts(found).items == 0
    assert text_at(found, parse_place("a1")) == "附录 名词解释\n（一）乙。"


def test_a_reference_is_no_article() -> None:
    found = law(
        "第一条 依照刑法", "第二百五十三条之一的规定处理。", "第二条、第三条规定的除外。", "第二条 乙。"
    )
    assert [article.loc for article in found.articles] == ["1", "2"]
    assert len(found.articles[0].paragraphs) == 3


def test_an_inserted_article_is_one() -> None:
    found = law("第一条 甲。", "第一条之一 乙。", "第二条 丙。")
    assert [article.loc for article in found.articles] == ["1", "1-1", "2"]
    assert found.is_whole
    assert found.articles[1].name == "第一条之一"


def test_a_missing_article_is_grave() -> None:
    found = law("第一条 甲。", "第四条 丁。")
    assert [(r.article, r.say, r.grave) for r in found.remarks] == [
        (2, "第二条缺", True),
        (3, "第三条缺", True),
    ]
    assert not found.is_whole


def test_a_gap_the_text_tells_of_is_not_grave() -> None:
    found = law("第一条 甲。", "〔此处源文件缺第二条〕", "第三条 丙。")
    assert found.is_whole
    assert codes(found) == ["loss", "gap"]
    assert counts(found).paragraphs == 2


def test_a_marked_loss_inside_an_article_is_told() -> None:
    found = law("第一条 责令〔此处源文件缺一行〕改正。")
    assert found.is_whole
    assert found.remarks[0].say == "第一条第一款文本自己标明有缺：〔此处源文件缺一行〕"


def test_the_word_lack_in_a_sentence_is_no_mark() -> None:
    assert codes(law("第一条 缺陷产品（存在缺陷的产品）应当召回。")) == []


def test_articles_out_of_order_are_grave() -> None:
    found = law("第一条 甲。", "第二条 乙。", "第一条 又是甲。")
    assert not found.is_whole
    assert "order" in codes(found)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["第一条 有下列情形；", "（一）甲。"], "no_colon"),
        (["第一条 有下列情形："], "no_items"),
        (["第一条 有：", "（一）甲；", "（三）丙。"], "items"),
        (["第一条 没有句号"], "no_stop"),
        (["第一条 甲。", "#### 奇怪的标题"], "heading"),
        (["没有条文。"], "empty"),
        (["第一条 甲\ue003。"], "stray"),
    ],
)
def test_every_doubt_has_its_code(lines: list[str], code: str) -> None:
    assert code in codes(law(*lines))


def test_comments_blank_lines_and_marks_leave_no_trace() -> None:
    found = split("\ufeff# 试验办法\r\n\r\n<!-- INFO END -->\r\n　第一条　甲。\u200b\r\n")
    assert found.title == "试验办法"
    assert found.articles[0].paragraphs[0].text == "甲。"


def test_nothing_in_nothing_out() -> None:
    assert split("").articles == ()
    assert not split("").is_whole


@pytest.mark.parametrize("value", [1, 10, 11, 20, 100, 101, 110, 111, 203, 999, 1000, 1001, 1010, 1260, 9999])
def test_numerals_there_and_back(value: int) -> None:
    assert number(chinese(value)) == value


@pytest.mark.parametrize(
    ("word", "value"), [("百", 100), ("〇", 0), ("一百〇三", 103), ("两千", 2000), ("18", 18)]
)
def test_numerals_written_otherwise(word: str, value: int) -> None:
    assert number(word) == value


def test_a_text_that_begins_with_its_first_article_has_no_title_and_loses_nothing() -> None:
    law = split("第一条 甲。\n\n第二条 乙。\n")
    assert (law.title, [article.name for article in law.articles]) == ("", ["第一条", "第二条"])


def test_an_appendix_whose_title_is_printed_twice_keeps_a_short_one() -> None:
    law = split(
        "# 办法\n\n第一条 甲。\n附录：名词解释及示例附录名词解释及示例一、操作风险事件。\n二、损失。\n"
    )
    assert [(one.title, one.lines) for one in law.appendices] == [
        ("附录：名词解释及示例", ("一、操作风险事件。", "二、损失。"))
    ]


def test_articles_out_of_order_are_named_as_the_text_writes_them() -> None:
    law = split("# 办法\n\n第二条 乙。\n\n第一条 甲。\n")
    assert [remark.say for remark in law.remarks if remark.grave] == [
        "第一条出现在第二条之后：条号重复或颠倒"
    ]


ODD = """# 试验办法
（2020年公布）
# 第一章 总 则
第一条 甲：
（一）乙；
1.丙；
（二）丁。
戊。
第二章
办 理
第一条之一 己。
# 认不出
第三条庚。
〔此处源文件缺第四条〕
附录：说明附录说明辛。
附件 2
壬。
"""


def test_another_reading_of_the_same_text_has_another_number() -> None:
    """When this fails for a change meant so, raise READING beside it: libraries held are then split anew."""
    told = hashlib.sha256(repr(split(ODD)).encode()).hexdigest()[:16]
    assert (READING, told) == ("3", "645abdc65568299a")
