"""A statute's text taken apart into 编, 章, 节, 条, 款, 项, 目. Pure: text in, values out.

Every doubt is reported in `notes`, nothing is silently mended. An article that leaves a gap in the numbers
is named in `gaps`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

NUMERALS = "零〇一二三四五六七八九十百千两"
_HEAD = re.compile(rf"#*\s*第([{NUMERALS}]+)(分编|编|章|节)(?:[\s　]+(.*))?")
_ARTICLE = re.compile(rf"#*\s*第([{NUMERALS}]+)条(?:之([{NUMERALS}]+))?(?:[\s　]+|(?=[^第、和至规的之]))(.*)")
_ITEM = re.compile(rf"[（(]([{NUMERALS}]+)[）)]\s*(.*)")
_SUB_ITEM = re.compile(r"(?:\d+[.．、]|[（(]\d+[）)])\s*(.*)")
_TAIL = re.compile(r"^(附[:：]|附录|附件|附表|手机扫一扫)|https?[:：]")
_STOPS = "。；：:;！”）)"
_LEVELS = {"编": 0, "分编": 1, "章": 2, "节": 3}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


class Item(NamedTuple):
    """One 项 with its 目."""

    number: int
    text: str
    subs: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """One 款 with its 项."""

    text: str
    items: tuple[Item, ...] = ()

    @property
    def whole(self) -> str:
        """The paragraph with its items, in one string."""
        return self.text + "".join(item.text + "".join(item.subs) for item in self.items)


class Article(NamedTuple):
    """One 条; `suffix` is 1 for 之一."""

    number: int
    suffix: int
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]

    @property
    def whole(self) -> str:
        """All its paragraphs, in one string."""
        return "".join(paragraph.whole for paragraph in self.paragraphs)


class Statute(NamedTuple):
    """One text: what stood before, the headings, the articles, what stood after, and every doubt."""

    title: str
    preamble: tuple[str, ...]
    heads: tuple[tuple[str, int, str], ...]
    articles: tuple[Article, ...]
    tail: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """Numbers of articles that are missing between the first and the last."""
        numbers = {article.number for article in self.articles}
        return tuple(n for n in range(min(numbers), max(numbers)) if n not in numbers) if numbers else ()

    def article(self, number: int, suffix: int = 0) -> Article | None:
        """The article, or None."""
        found = (one for one in self.articles if (one.number, one.suffix) == (number, suffix))
        return next(found, None)


def number(word: str) -> int:
    """The value of a Chinese numeral.

    >>> number("十二"), number("一千二百六十"), number("一百零三"), number("二十")
    (12, 1260, 103, 20)
    """
    total = unit = 0
    for char in word:
        if char in _DIGITS:
            unit = _DIGITS[char]
        else:
            total += (unit or 1) * _POWERS[char]
            unit = 0
    return total + unit


def split(text: str) -> Statute:
    """The statute written in `text` (Markdown or plain)."""
    notes: list[str] = []
    lines = _lines(text, notes)
    reader = _Reader(notes)
    for line in lines[1:]:
        reader.read(line)
    return reader.close(lines[0].lstrip("# ") if lines else "")


def _lines(text: str, notes: list[str]) -> list[str]:
    odd = {char for char in text if unicodedata.category(char) in ("Co", "Cf")}
    if odd:
        notes.append("stray characters removed: " + ", ".join(sorted(hex(ord(char)) for char in odd)))
    kept = "".join(" " if char == "\u00a0" else char for char in text if char not in odd)
    return [line.strip(" 　\t\r") for line in kept.split("\n") if line.strip(" 　\t\r")]


class _Reader:
    def __init__(self, notes: list[str]) -> None:
        self.notes = notes
        self.preamble: list[str] = []
        self.heads: list[tuple[str, int, str]] = []
        self.articles: list[
            tuple[int, int, tuple[str, ...], list[tuple[str, list[tuple[int, str, list[str]]]]]]
        ] = []
        self.tail: list[str] = []
        self.path: dict[int, str] = {}
        self.after_head = False

    def read(self, line: str) -> None:
        """Put the line where it belongs."""
        if self.tail or (self.articles and _TAIL.search(line)):
            self.tail.append(line)
        elif not (self._head(line) or self._article(line) or self._wrapped(line)):
            self._body(line)

    def _head(self, line: str) -> bool:
        found = _HEAD.fullmatch(line)
        if not found or line.endswith("。") or len(line) >= 60:
            return False
        level = _LEVELS[found[2]]
        self.path = {key: value for key, value in self.path.items() if key < level}
        self.path[level] = line.lstrip("# ")
        self.heads.append((found[2], number(found[1]), re.sub(r"\s", "", found[3] or "")))
        self.after_head = True
        return True

    def _article(self, line: str) -> bool:
        found = _ARTICLE.fullmatch(line)
        if not found:
            return False
        place = (number(found[1]), number(found[2] or ""))
        if self.articles and place <= self.articles[-1][:2]:
            return False
        path = tuple(self.path[key] for key in sorted(self.path))
        self.articles.append((*place, path, [(found[3], [])]))
        self.after_head = False
        return True

    def _wrapped(self, line: str) -> bool:
        if not (self.after_head and self.heads and len(line) < 12 and line[-1] not in _STOPS):
            return False
        self.heads[-1] = (*self.heads[-1][:2], self.heads[-1][2] + line)
        self.notes.append(f"heading wrapped: {line}")
        return True

    def _body(self, line: str) -> None:
        if not self.articles:
            self.preamble.append(line)
            return
        if line.startswith("#"):
            self.notes.append(f"unknown heading: {line[:30]}")
            return
        paragraphs = self.articles[-1][3]
        items = paragraphs[-1][1]
        if found := _ITEM.fullmatch(line):
            items.append((number(found[1]), found[2], []))
        elif items and (found := _SUB_ITEM.fullmatch(line)):
            items[-1][2].append(found[1])
        else:
            if line[-1] not in _STOPS:
                self.notes.append(f"article {self.articles[-1][0]}: paragraph without a stop: {line[-16:]}")
            paragraphs.append((line, []))

    def close(self, title: str) -> Statute:
        """The statute read so far."""
        articles = tuple(
            Article(
                place,
                suffix,
                path,
                tuple(
                    Paragraph(text, tuple(Item(n, said, tuple(subs)) for n, said, subs in items))
                    for text, items in paragraphs
                ),
            )
            for place, suffix, path, paragraphs in self.articles
        )
        heads = _without_contents(self.heads, self.notes)
        return Statute(title, tuple(self.preamble), heads, articles, tuple(self.tail), tuple(self.notes))


def _without_contents(
    heads: list[tuple[str, int, str]], notes: list[str]
) -> tuple[tuple[str, int, str], ...]:
    kept = tuple(dict.fromkeys(head for head in heads if head[0] in ("章", "编")))
    once: set[tuple[str, int, str]] = set()
    found = []
    for head in heads:
        if head in kept and head in once:
            continue
        once.add(head)
        found.append(head)
    if len(found) < len(heads):
        notes.append(f"contents list repeated the headings: {len(heads) - len(found)} dropped")
    return tuple(found)


def counts(statute: Statute) -> dict[str, int]:
    """How many articles, paragraphs, items, chapters and sections there are."""
    paragraphs = [one for article in statute.articles for one in article.paragraphs]
    levels = [head[0] for head in statute.heads]
    return {
        "articles": len(statute.articles),
        "first": statute.articles[0].number if statute.articles else 0,
        "last": statute.articles[-1].number if statute.articles else 0,
        "paragraphs": len(paragraphs),
        "items": sum(len(one.items) for one in paragraphs),
        "parts": levels.count("编") + levels.count("分编"),
        "chapters": levels.count("章"),
        "sections": levels.count("节"),
    }


_PLACE = re.compile(r"(\d+)(?:-(\d+))?(?:\.(\d+))?(?:\.(\d+))?")


def text_at(statute: Statute, loc: str) -> str | None:
    """The words at a place such as `18.1` or `16.1.3`; None when there is no such place."""
    found = _PLACE.fullmatch(loc)
    if not found:
        return None
    article = statute.article(int(found[1]), int(found[2] or 0))
    if article is None or not found[3]:
        return article.whole if article else None
    at = int(found[3])
    if at > len(article.paragraphs):
        return None
    paragraph = article.paragraphs[at - 1]
    if not found[4]:
        return paragraph.whole
    return next(
        (item.text + "".join(item.subs) for item in paragraph.items if item.number == int(found[4])), None
    )
