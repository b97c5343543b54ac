"""What can be doubted about a text once it is taken apart: gaps, marked losses, items that do not run on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xiaobao.engines.lawtext.numerals import NUMERALS, chinese, number
from xiaobao.engines.lawtext.values import Article, LawText, Remark

# The text itself says that something is lost: 〔此处源文件缺一行〕, 〔第二十一条缺〕.
LOSS = re.compile(r"[〔\[【][^〕\]】]{0,30}(?:缺|脱漏|佚)[^〕\]】]{0,30}[〕\]】]")
_LOST_ARTICLE = re.compile(rf"第([{NUMERALS}]+)条")
_STOPS = "。；：:;！”）)？…"


def remarks_of(law: LawText) -> Iterator[Remark]:
    """Every doubt about the finished text, gaps first."""
    if not law.articles:
        yield Remark("empty", 0, "没有找到任何条文", grave=True)
    yield from _gaps(law)
    for article in law.articles:
        yield from _losses(article)
        yield from _lists(article)


def _gaps(law: LawText) -> Iterator[Remark]:
    told = set(_articles_said_lost(law))
    for before, after in pairwise(law.articles):
        for lost in range(before.number + 1, after.number):
            say = f"第{chinese(lost)}条缺"
            yield Remark("gap", lost, say + ("（文本自己标明）" if lost in told else ""), lost not in told)
        if before.number == after.number and after.suffix > before.suffix + 1:
            yield Remark(
                "gap", after.number, f"第{chinese(after.number)}条之{chinese(after.suffix)}之前缺一条", True
            )


def _articles_said_lost(law: LawText) -> Iterator[int]:
    told = [remark.say for remark in law.remarks if remark.code == "loss"]
    for line in [*law.preamble, *told, *(p.whole for article in law.articles for p in article.paragraphs)]:
        for mark in LOSS.findall(line):
            yield from (number(word) for word in _LOST_ARTICLE.findall(mark))


def _losses(article: Article) -> Iterator[Remark]:
    for at, paragraph in enumerate(article.paragraphs, 1):
        for mark in LOSS.findall(paragraph.whole):
            yield Remark("loss", article.number, f"{article.name}第{chinese(at)}款文本自己标明有缺：{mark}")


def _lists(article: Article) -> Iterator[Remark]:
    for at, paragraph in enumerate(article.paragraphs, 1):
        where = f"{article.name}第{chinese(at)}款"
        numbers = [item.number for item in paragraph.items]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Remark("items", article.number, f"{where}的项号不连续：{numbers}")
        if numbers and not paragraph.text.endswith(("：", ":")):
            yield Remark("no_colon", article.number, f"{where}引出各项的一句不以冒号结尾")
        if not numbers and paragraph.text.endswith(("：", ":")):
            yield Remark("no_items", article.number, f"{where}以冒号结尾而没有项")
        if paragraph.text and paragraph.text[-1] not in _STOPS:
            yield Remark("no_stop", article.number, f"{where}不以句末标点结尾：{paragraph.text[-12:]}")
