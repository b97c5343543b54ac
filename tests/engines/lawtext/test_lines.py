"""What Markdown, a web page and a printer leave round a statute is taken off, and told."""

from __future__ import annotations

import pytest

from xiaobao.engines.lawtext import LawText, counts, split


def law(*lines: str) -> LawText:
    return split("\n".join(("试验办法", *lines)))


def codes(found: LawText) -> list[str]:
    return [remark.code for remark in found.remarks]


@pytest.mark.parametrize(
    "lines",
    [
        ("**第一条** 甲。", "**第二条**　乙。"),
        ("**第一条 甲。**", "__第二条__ 乙。"),
        ("> 第一条 甲。", ">", "> 第二条 乙。"),
        ("- 第一条 甲。", "* **第二条** 乙。"),
        ("<p>第一条&nbsp;&nbsp;甲。</p><p><b>第二条</b>&emsp;乙。</p>",),
        ("第一条 甲。<br/>第二条 乙。",),
    ],
)
def test_marks_are_no_part_of_an_article(lines: tuple[str, ...]) -> None:
    found = law(*lines)
    assert [(a.loc, a.whole) for a in found.articles] == [("1", "甲。"), ("2", "乙。")]
    assert set(codes(found)) == {"markup"}


@pytest.mark.parametrize(
    "lines",
    [
        ("第１条 甲。", "第２条 乙。"),
        ("第 一 条 甲。", "第 二 条 乙。"),
        ("第一条：甲。", "第二条：乙。"),
        ("第一条、甲。", "第二条、乙。"),
        ("第一条", "甲。", "第二条", "乙。"),
        ("第一条甲。", "第二条乙。"),
        ("---", "第一条 甲。", "***", "第二条 乙。"),
    ],
)
def test_ways_to_write_an_article(lines: tuple[str, ...]) -> None:
    found = law(*lines)
    assert [(a.loc, a.whole) for a in found.articles] == [("1", "甲。"), ("2", "乙。")]
    assert codes(found) == []


@pytest.mark.parametrize("end", ["\r", "\r\n", "\u2028", "\x0c"])
def test_every_end_of_a_line_is_one(end: str) -> None:
    assert counts(split(f"试验办法{end}第一条 甲。{end}第二条 乙。")).articles == 2


def test_headings_in_bold_and_without_a_blank() -> None:
    found = law("**第一章总则**", "第一条 甲。", "第二章附则", "第二条 乙。", "第三章规定的", "情形。")
    assert [head.name for head in found.heads] == ["第一章 总则", "第二章 附则"]
    assert found.articles[1].paragraphs[1].text == "第三章规定的"


def test_an_inserted_article_written_with_blanks() -> None:
    found = law("第一条 甲。", "第 一 条 之 一 乙。")
    assert [article.loc for article in found.articles] == ["1", "1-1"]


def test_page_numbers_are_not_read() -> None:
    found = law("第一条 甲。", "- 2 -", "第二条 乙", "— 13 —", "丙。", "第 3 页 共 9 页")
    assert [article.whole for article in found.articles] == ["甲。", "乙丙。"]
    assert found.remarks[0].say == "去掉了3个页码"


def test_blanks_to_fill_in_stay() -> None:
    found = law("第一条 甲。", "附件 登记表", "姓名：________")
    assert found.appendices[0].lines == ("姓名：________",)


@pytest.mark.parametrize(
    "tail",
    [
        ["关注我们 手机扫一扫"],
        ["关注我们", "手机扫一扫", "某某网站"],
        ["【打印本页】【关闭窗口】", "责任编辑：张三"],
        ["版权所有：某局 京ICP备05044345号"],
        ["上一篇：某办法", "下一篇：某规定"],
    ],
)
def test_a_website_s_tail_is_no_paragraph(tail: list[str]) -> None:
    found = law("第一条 甲。", "第二条 乙。", *tail)
    assert [len(article.paragraphs) for article in found.articles] == [1, 1]
    assert found.tail == tuple(tail)
    assert codes(found) == ["tail"]


def test_a_website_s_head_is_no_title() -> None:
    found = split("当前位置：首页 > 法规\n试验办法\n发布时间：2020-01-01 来源：某局\n第一条 甲。")
    assert (found.title, found.preamble) == ("试验办法", ())


def test_sentences_about_websites_are_law() -> None:
    said = ("应当在官网公布二维码。", "不得分享到其他平台；", "关注我们的客户，应当告知。")
    found = law("第一条 甲。", *said)
    assert tuple(p.text for p in found.articles[0].paragraphs[1:]) == said


def test_remains_in_the_middle_cost_no_article() -> None:
    found = law("第一条 甲。", "手机扫一扫打开此页", "第二条 乙。", "附：", "http://a.invalid", "第三条 丙。")
    assert [article.whole for article in found.articles] == ["甲。", "乙。", "丙。"]
    assert found.is_whole
    assert "resumed" in codes(found)


def test_a_sentence_lost_among_remains_is_grave() -> None:
    found = law("第一条 甲。", "附：", "第一条的第二款。", "第二条 乙。")
    assert [remark.say for remark in found.remarks if remark.grave] == [
        "“第二条 乙。”写在附录或者网页残留之后，已接回正文；其间1行没有读入：第一条的第二款。"
    ]


def test_the_text_goes_on_after_an_appendix_in_its_middle() -> None:
    found = law("第一章 甲", "第一条 甲。", "附件：", "1. 表", "第二章 乙", "第二条 乙。")
    assert [article.heads[0].name for article in found.articles] == ["第一章 甲", "第二章 乙"]
    assert found.appendices[0].lines == ("1. 表",)


def test_another_law_in_an_appendix_stays_there() -> None:
    found = law("第一条 甲。", "附件1", "第一条 子。", "第二条 丑。")
    assert [article.whole for article in found.articles] == ["甲。"]
    assert found.appendices[0].lines == ("第一条 子。", "第二条 丑。")


def test_names_and_date_below_are_no_paragraph() -> None:
    found = law("第一条 甲。", "第二条 乙。", "某某总局", "二〇二五年一月一日")
    assert [article.whole for article in found.articles] == ["甲。", "乙。"]
    assert codes(found) == ["signed"]


def test_a_url_inside_a_sentence_ends_nothing() -> None:
    found = law("第一条 应当通过网站（https://a.invalid）公布。", "并告知。", "第二条 乙。")
    assert [len(article.paragraphs) for article in found.articles] == [2, 1]
    assert found.tail == ()


@pytest.mark.parametrize("line", ["第零条 甲。", "第99999999条 乙。", "第一条之一百二十 乙。"])
def test_impossible_numbers_are_grave(line: str) -> None:
    found = law("第一条 甲。", line)
    assert [remark.code for remark in found.remarks if remark.grave] == ["order"]


def test_many_articles_missing_in_a_row_are_one_sentence() -> None:
    found = law("第一条 甲。", "第九千条 乙。")
    assert [remark.say for remark in found.remarks] == ["第二条至第八千九百九十九条缺"]


def test_a_gap_shows_where_no_number_has_a_blank() -> None:
    found = law("第一条甲。", "第三条丙。", "第四条丁。")
    assert [remark.say for remark in found.remarks if remark.grave] == ["第二条缺"]


def test_two_articles_without_a_blank_among_others_are_grave() -> None:
    assert law("第一条 甲。", "第五条情形除外。", "第二条 乙。").is_whole
    assert not law("第一条 甲。", "第三条丙。", "第四条丁。").is_whole


def test_a_text_that_begins_late_and_a_lost_chapter_are_told() -> None:
    found = law("第一章 甲", "第二条 乙。", "第三章 丙", "第三条 丙。")
    assert [(remark.code, remark.say, remark.grave) for remark in found.remarks] == [
        ("first", "正文从第二条起，没有前面的条", False),
        ("heads", "第三章 丙之前缺第二章", False),
    ]


def test_a_line_no_statute_has_is_grave() -> None:
    assert [r.code for r in law("第一条 " + "甲" * 20_001 + "。").remarks if r.grave] == ["long"]
    assert law("第一条 " + "甲" * 19_999 + "。").is_whole
