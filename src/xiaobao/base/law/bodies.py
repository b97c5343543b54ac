"""A text between its values (engines.lawtext) and its rows: nothing is lost either way but the website's remains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from xiaobao.base.law.models import NodeKind
from xiaobao.engines.lawtext import Appendix, Article, Head, Item, LawText, Paragraph, parse_place
from xiaobao.engines.lawtext.values import LEVELS


class Row(NamedTuple):
    """What a row of the table holds, besides version and position."""

    kind: NodeKind
    loc: str
    text: str
    body: list[Any]


def rows_of(law: LawText) -> Iterator[Row]:
    """The rows of a text in reading order; each heading stands before its first article."""
    if law.preamble:
        yield Row(NodeKind.PREAMBLE, "0", "\n".join(law.preamble), list(law.preamble))
    before: tuple[Head, ...] = ()
    for article in law.articles:
        kept = _common(before, article.heads)
        for head in article.heads[kept:]:
            yield Row(NodeKind.HEAD, "", head.name, list(head))
        before = article.heads
        yield Row(NodeKind.ARTICLE, article.loc, article.whole, _body(article))
    for one in law.appendices:
        yield Row(NodeKind.APPENDIX, one.loc, "\n".join((one.title, *one.lines)), [one.title, *one.lines])


def _common(before: tuple[Head, ...], heads: tuple[Head, ...]) -> int:
    at = 0
    while at < min(len(before), len(heads)) and before[at] == heads[at]:
        at += 1
    return at


def _body(article: Article) -> list[Any]:
    return [
        [p.text, [[item.number, item.text, list(item.subs)] for item in p.items]] for p in article.paragraphs
    ]


def article_of(loc: str, body: list[Any], heads: tuple[Head, ...] = ()) -> Article:
    """The article a row holds."""
    place = parse_place(loc)
    paragraphs = tuple(
        Paragraph(text, tuple(Item(number, said, tuple(subs)) for number, said, subs in items))
        for text, items in body
    )
    return Article(place.article, place.suffix, heads, paragraphs)


def law_of(title: str, rows: Iterable[Row]) -> LawText:
    """The text whose rows these are."""
    preamble: tuple[str, ...] = ()
    heads: list[Head] = []
    path: tuple[Head, ...] = ()
    articles: list[Article] = []
    appendices: list[Appendix] = []
    for row in rows:
        if row.kind == NodeKind.HEAD:
            head = Head(*row.body)
            heads.append(head)
            path = (*_above(path, head), head)
        elif row.kind == NodeKind.ARTICLE:
            articles.append(article_of(row.loc, row.body, path))
        elif row.kind == NodeKind.PREAMBLE:
            preamble = tuple(row.body)
        else:
            appendices.append(Appendix(len(appendices) + 1, row.body[0], tuple(row.body[1:])))
    return LawText(title, preamble, tuple(heads), tuple(articles), tuple(appendices), (), ())


def _above(path: tuple[Head, ...], head: Head) -> tuple[Head, ...]:
    return tuple(one for one in path if LEVELS.index(one.level) < LEVELS.index(head.level))
