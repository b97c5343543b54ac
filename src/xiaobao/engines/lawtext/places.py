"""Places in a text and citations of them: `N00@2020-03-01:18.1`, ranges, lists, and the Chinese form both ways.

A citation is `INSTRUMENT[@date]:place[..place][,place...]`; a place is 条[-之][.款[.项[.目]]], `a1` for the first
appendix, `0` for what stands before article 1. 第十条第三项 names no 款: `Place(10, item=3)`, until `settle` finds
the 款 that has the items.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from xiaobao.engines.lawtext.numerals import NUMERALS, chinese, number
from xiaobao.engines.lawtext.values import Article, Item, LawText, Paragraph

_PLACE = re.compile(r"(a?)(0|[1-9]\d{0,3})(?:-([1-9]\d?))?((?:\.\d{1,3}){0,3})", re.ASCII)
_CITATION = re.compile(r"([A-Z]{1,3}\d{0,3})(?:@(\d{4}-\d\d-\d\d))?:(.+)", re.ASCII)
_ZH = re.compile(
    rf"第([{NUMERALS}]+)条(?:之([{NUMERALS}]+))?(?:第([{NUMERALS}]+)款)?"
    rf"(?:第[（(]?([{NUMERALS}]+)[）)]?项)?(?:第([{NUMERALS}]+)目)?"
)
_ZH_MORE = re.compile(
    rf"第([{NUMERALS}]+)款(?:第[（(]?([{NUMERALS}]+)[）)]?项)?|第[（(]?([{NUMERALS}]+)[）)]?项"
)
_ZH_APPENDIX = re.compile(rf"附录([{NUMERALS}]*)")


class CitationError(ValueError):
    """The citation cannot be read; the sentence is Chinese and says why."""


class Place(NamedTuple):
    """A place; 0 means not named. `appendix` counts in `article`; article 0 is the preamble."""

    article: int
    suffix: int = 0
    paragraph: int = 0
    item: int = 0
    sub: int = 0
    appendix: bool = False

    @property
    def loc(self) -> str:
        """18.1, 253-1, 16.1.3, a1, 0; an item whose 款 is unknown is written 10.0.3."""
        head = f"{'a' if self.appendix else ''}{self.article}" + (f"-{self.suffix}" if self.suffix else "")
        below = [self.paragraph, self.item, self.sub]
        while below and not below[-1]:
            below.pop()
        return ".".join([head, *map(str, below)])

    @property
    def anchor(self) -> str:
        """The id on a page: a18.1.3, and for an appendix aa1."""
        return f"a{self.loc}"

    @property
    def eid(self) -> str:
        """The name in Akoma Ntoso: art_18__para_1__item_3."""
        if self.appendix:
            return f"att_{self.article}"
        if not self.article:
            return "preamble"
        head = f"art_{self.article}" + (f"-{self.suffix}" if self.suffix else "")
        below = (("para", self.paragraph), ("item", self.item), ("point", self.sub))
        return "__".join([head, *(f"{name}_{at}" for name, at in below if at)])

    @property
    def chinese(self) -> str:
        """第十八条第一款第（三）项; 附录; 序言."""
        if self.appendix:
            return "附录" + (chinese(self.article) if self.article > 1 else "")
        if not self.article:
            return "序言"
        said = f"第{chinese(self.article)}条" + (f"之{chinese(self.suffix)}" if self.suffix else "")
        said += f"第{chinese(self.paragraph)}款" if self.paragraph else ""
        said += f"第（{chinese(self.item)}）项" if self.item else ""
        return said + (f"第{self.sub}目" if self.sub else "")

    @property
    def whole_article(self) -> Place:
        """The article it stands in."""
        return Place(self.article, self.suffix, appendix=self.appendix)

    def covers(self, other: Place) -> bool:
        """Whether `other` is this place or lies inside it."""
        if self.appendix != other.appendix or self[:2] != other[:2]:
            return False
        return all(mine == its for mine, its in zip(self[2:5], other[2:5], strict=True) if mine)


class Span(NamedTuple):
    """One place, or all from the first to the last."""

    first: Place
    last: Place | None = None

    @property
    def loc(self) -> str:
        """18.1 or 44..50."""
        return self.first.loc + (f"..{self.last.loc}" if self.last else "")

    @property
    def chinese(self) -> str:
        """第四十四条至第五十条."""
        return self.first.chinese + (f"至{self.last.chinese}" if self.last else "")

    def touches(self, place: Place) -> bool:
        """Whether the span and the place have a text in common."""
        if self.last is None:
            return self.first.covers(place) or place.covers(self.first)
        if place.appendix != self.first.appendix:
            return False
        low, high, depth = _key(self.first), _key(self.last), _depth(place)
        return low[:depth] <= _key(place)[:depth] and _cut(place, self.last) <= high


class Citation(NamedTuple):
    """Where something is written: instrument, version ('' for the one in force), spans."""

    instrument: str
    version: str
    spans: tuple[Span, ...]

    @property
    def loc(self) -> str:
        """18.1,43.2."""
        return ",".join(span.loc for span in self.spans)

    @property
    def short(self) -> str:
        """The form that prints: N00:18.1."""
        return f"{self.instrument}:{self.loc}"

    @property
    def full(self) -> str:
        """The form that is stored, with its version where it has one."""
        return f"{self.instrument}@{self.version}:{self.loc}" if self.version else self.short

    @property
    def chinese(self) -> str:
        """第十八条第一款、第四十三条第二款."""
        return "、".join(span.chinese for span in self.spans)

    def touches(self, place: Place) -> bool:
        """Whether any span has a text in common with the place."""
        return any(span.touches(place) for span in self.spans)


def parse(text: str) -> Citation:
    """The citation written in compact form.

    >>> parse("N00@2020-03-01:18.1,43").chinese
    '第十八条第一款、第四十三条'

    Raises: CitationError.
    """
    found = _CITATION.fullmatch(text.strip())
    if not found:
        raise CitationError(f"“{text}”不是引用，应写作 N00:18.1 或 N00@2020-03-01:18.1")
    if found[2]:
        check_day(found[2])
    return Citation(found[1], found[2] or "", parse_spans(found[3]))


def check_day(text: str) -> date:
    """The day named by a version. Raises: CitationError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CitationError(f"“{text}”不是日期，应写作 2020-03-01") from None


def parse_spans(text: str) -> tuple[Span, ...]:
    """The places of `18.1,44..50`. Raises: CitationError, also for a range written backwards."""
    return tuple(_span(part) for part in text.split(","))


def _span(text: str) -> Span:
    first, dots, last = text.partition("..")
    if not dots:
        return Span(parse_place(first))
    span = Span(parse_place(first), parse_place(last))
    if _key(span.first) >= _key(parse_place(last)) or span.first.appendix != parse_place(last).appendix:
        raise CitationError(f"范围“{text}”首尾颠倒")
    return span


def parse_place(text: str) -> Place:
    """The place of `18.1.3`, `253-1`, `a1`. Raises: CitationError."""
    found = _PLACE.fullmatch(text)
    if not found or (found[1] and found[2] == "0"):
        raise CitationError(f"“{text}”不是条款位置，应写作 18、18.1、18.1.3 或 253-1")
    below = [int(part) for part in found[4].split(".")[1:]]
    paragraph, item, sub = (*below, 0, 0, 0)[:3]
    return Place(int(found[2]), int(found[3] or 0), paragraph, item, sub, bool(found[1]))


def parse_chinese(text: str) -> tuple[Span, ...]:
    """The places named in Chinese: 第十八条第一款、第二款, 第四十四条至第五十条.

    >>> [span.loc for span in parse_chinese("第十八条第一款、第二款和第四十三条")]
    ['18.1', '18.2', '43']

    Raises: CitationError where no place is named.
    """
    spans: list[Span] = []
    for part in re.split(r"[、，,和及]|以及|或者?", re.sub(r"\s", "", text).removesuffix("的规定")):
        if part:
            spans.append(_chinese_span(part, spans[-1].first if spans else None))
    if not spans:
        raise CitationError(f"“{text}”里没有条款位置")
    return tuple(spans)


def _chinese_span(part: str, before: Place | None) -> Span:
    first, to, last = part.partition("至")
    start = _chinese_place(first, before)
    return Span(start, _chinese_place(last, start)) if to else Span(start)


def _chinese_place(text: str, before: Place | None) -> Place:
    if found := _ZH.fullmatch(text):
        article, suffix, paragraph, item, sub = (number(word) if word else 0 for word in found.groups())
        return Place(article, suffix, paragraph, item, sub)
    if found := _ZH_APPENDIX.fullmatch(text):
        return Place(number(found[1]) or 1, appendix=True)
    if text == "序言":
        return Place(0)
    if before is not None and (found := _ZH_MORE.fullmatch(text)):
        if found[1]:
            return before.whole_article._replace(paragraph=number(found[1]), item=number(found[2] or ""))
        return before._replace(item=number(found[3]), sub=0)
    raise CitationError(f"“{text}”不是条款位置，应写作第十八条第一款")


def settle(law: LawText, place: Place) -> Place:
    """The place with its 款 where only the 项 was named: the first 款 that has such an item."""
    if place.paragraph or not place.item:
        return place
    article = law.article(place.article, place.suffix)
    for at, paragraph in enumerate(article.paragraphs if article else (), 1):
        if any(item.number == place.item for item in paragraph.items):
            return place._replace(paragraph=at)
    return place


def text_at(law: LawText, place: Place) -> str | None:
    """The words at a place, or None where there is no such place."""
    if place.appendix:
        found = next((one for one in law.appendices if one.number == place.article), None)
        return "\n".join((found.title, *found.lines)) if found else None
    if not place.article:
        return "\n".join(law.preamble) or None
    article = law.article(place.article, place.suffix)
    return text_in(article, settle(law, place)) if article else None


def text_in(article: Article, place: Place) -> str | None:
    """The words at a place of this article, or None; the article's number is not looked at."""
    if not place.paragraph:
        return None if place.item else article.whole
    if place.paragraph > len(article.paragraphs):
        return None
    paragraph = article.paragraphs[place.paragraph - 1]
    return paragraph.whole if not place.item else _in_items(paragraph, place)


def _in_items(paragraph: Paragraph, place: Place) -> str | None:
    item = next((one for one in paragraph.items if one.number == place.item), None)
    if item is None or not place.sub:
        return _words(item) if item else None
    return item.subs[place.sub - 1] if place.sub <= len(item.subs) else None


def _words(item: Item) -> str:
    return item.text + "".join(item.subs)


def _key(place: Place) -> tuple[int, ...]:
    return place[:5]


def _depth(place: Place) -> int:
    return max((at for at, value in enumerate(_key(place), 1) if value), default=1) if place.article else 1


def _cut(place: Place, last: Place) -> tuple[int, ...]:
    """The place as deep as the range's end: 50.3 lies inside 44..50."""
    depth = max(_depth(last), 1)
    return (*_key(place)[:depth], *([0] * (5 - depth)))
