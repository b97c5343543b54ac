"""What can be doubted about a text once it is taken apart: gaps, marked losses, items that do not run on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from xiaobao.engines.lawtext.numerals import NUMERALS, chinese, number
from xiaobao.engines.lawtext.values import Article, Head, LawText, Remark

# The text itself says that something is lost: 〔此处源文件缺一行〕, 〔第二十一条缺〕.
LOSS = re.compile(r"[〔\[【][^〔\[【〕\]】]{0,30}(?:缺|脱漏|佚)[^〔\[【〕\]】]{0,30}[〕\]】]")
_LOST_ARTICLE = re.compile(rf"第([{NUMERALS}]+)条")
# More articles missing in a row are told in one sentence.
_MOST_GAPS = 12
# A contract law may begin at article 463; what begins at one of these has rather lost its first.
_FIRST = range(2, 10)
LONGEST_LINE = 20_000
"""No line of a statute is as long; the longest articles have some two thousand signs."""
_STOPS = "。；：:;！”）)？…"


def remarks_of(law: LawText) -> Iterator[Remark]:
    """Every doubt about the finished text, gaps first."""
    if not law.articles:
        yield Remark("empty", 0, "没有找到任何条文", grave=True)
    if law.articles and law.articles[0].number in _FIRST:
        yield Remark("first", 1, f"正文从{law.articles[0].name}起，没有前面的条")
    yield from _gaps(law)
    yield from _heads(law.heads)
    for article in law.articles:
        yield from _losses(article)
        yield from _lists(article)


def _gaps(law: LawText) -> Iterator[Remark]:
    told = set(_articles_said_lost(law))
    for before, after in pairwise(law.articles):
        lost = range(before.number + 1, after.number)
        if len(lost) > _MOST_GAPS:
            yield Remark("gap", lost[0], f"第{chinese(lost[0])}条至第{chinese(lost[-1])}条缺", True)
            lost = range(0)
        for at in lost:
            say = f"第{chinese(at)}条缺"
            yield Remark("gap", at, say + ("（文本自己标明）" if at in told else ""), at not in told)
        if before.number == after.number and after.suffix > before.suffix + 1:
            yield Remark(
                "gap", after.number, f"第{chinese(after.number)}条之{chinese(after.suffix)}之前缺一条", True
            )


def _articles_said_lost(law: LawText) -> Iterator[int]:
    told = [remark.say for remark in law.remarks if remark.code == "loss"]
    for line in [*law.preamble, *told, *(p.whole for article in law.articles for p in article.paragraphs)]:
        for mark in LOSS.findall(line):
            yield from (number(word) for word in _LOST_ARTICLE.findall(mark))


def _heads(heads: tuple[Head, ...]) -> Iterator[Remark]:
    """A heading whose number does not run on; each level may begin anew under a higher one."""
    last: dict[str, int] = {}
    for head in heads:
        if head.number not in {1, last.get(head.level, 0) + 1}:
            say = f"{head.name[:30]}之前缺第{chinese(head.number - 1)}{head.level}"
            yield Remark("heads", 0, say)
        last[head.level] = head.number


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
        longest = max((len(paragraph.text), *(len(item.text) for item in paragraph.items)))
        if longest > LONGEST_LINE:
            yield Remark("long", article.number, f"{where}有{longest}字，不像法条", grave=True)
        if paragraph.text and paragraph.text[-1] not in _STOPS:
            yield Remark("no_stop", article.number, f"{where}不以句末标点结尾：{paragraph.text[-12:]}")
