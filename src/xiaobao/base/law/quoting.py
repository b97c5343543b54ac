"""The words behind many citations at once, for a page that shows a rule beside its articles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.db.models import Q

from xiaobao.base.law.bodies import article_of
from xiaobao.base.law.models import Node, NodeKind, Version
from xiaobao.base.law.values import CIVIL_CODE, CIVIL_CODE_PARTS
from xiaobao.engines.lawtext import Article, Citation, Place, Span, parse

# A range is shown article by article up to this many.
LONGEST_RANGE = 8


class Passage(NamedTuple):
    """One line of an article: a 款 (no number) or a 项; `cited` where a citation means it, `words` to mark in it."""

    number: int
    text: str
    cited: bool
    words: tuple[str, ...] = ()


class Quote(NamedTuple):
    """One article as it stood in a version, its cited parts marked; no passages where the text is not here."""

    instrument: str
    version: str
    place: Place
    held: bool
    passages: tuple[Passage, ...]

    @property
    def cite(self) -> str:
        """N00@2020-03-01:18."""
        return f"{self.instrument}@{self.version}:{self.place.loc}"


_Key = tuple[str, str, str]


def quotes_of(cites: Iterable[tuple[str, str]]) -> tuple[Quote, ...]:
    """The articles of these citations (with the words each hangs on), each once, in their order. Two statements."""
    asked = [(parse(text), words) for text, words in cites]
    keys: dict[_Key, Place] = {}
    for cite, _ in asked:
        for place in _articles(cite.spans):
            keys.setdefault((cite.instrument, cite.version, place.loc), place)
    held, found = _read(keys)
    return tuple(_quote(key, place, held, found, asked) for key, place in keys.items())


def _articles(spans: Iterable[Span]) -> Iterable[Place]:
    for span in spans:
        first = span.first.whole_article
        last = span.last.article if span.last else first.article
        yield first
        for number in range(first.article + 1, min(last, first.article + LONGEST_RANGE - 1) + 1):
            yield Place(number)


def _files(instrument: str) -> tuple[str, ...]:
    return CIVIL_CODE_PARTS if instrument == CIVIL_CODE else (instrument,)


def _read(keys: Iterable[_Key]) -> tuple[set[tuple[str, str]], dict[_Key, Article]]:
    codes = {code for instrument, _, _ in keys for code in _files(instrument)}
    rows = Version.objects.filter(instrument__code__in=codes).values_list(
        "pk", "instrument__code", "effective_on"
    )
    held = {(code, day.isoformat()): pk for pk, code, day in rows}
    names = {pk: name for name, pk in held.items()}
    where = [
        Q(version_id=held[code, version], loc=loc)
        for instrument, version, loc in keys
        for code in _files(instrument)
        if (code, version) in held
    ]
    if not where:
        return set(held), {}
    nodes = Node.objects.filter(reduce(or_, where), kind=NodeKind.ARTICLE).values_list(
        "version_id", "loc", "body"
    )
    return set(held), {(*names[pk], loc): article_of(loc, body) for pk, loc, body in nodes}


def _quote(
    key: _Key,
    place: Place,
    held: set[tuple[str, str]],
    found: dict[_Key, Article],
    asked: list[tuple[Citation, str]],
) -> Quote:
    instrument, version, loc = key
    files = _files(instrument)
    article = next((found[code, version, loc] for code in files if (code, version, loc) in found), None)
    here = [
        (span, words)
        for cite, words in asked
        if (cite.instrument, cite.version) == (instrument, version)
        for span in cite.spans
        if span.touches(place)
    ]
    is_held = any((code, version) in held for code in files)
    return Quote(instrument, version, place, is_held, tuple(_passages(article, here)) if article else ())


def _passages(article: Article, here: list[tuple[Span, str]]) -> Iterable[Passage]:
    words = tuple(dict.fromkeys(said for _, said in here if said))
    whole = any(not span.first.paragraph and not span.first.item for span, _ in here)
    base = Place(article.number, article.suffix)
    for at, paragraph in enumerate(article.paragraphs, 1):
        place = base._replace(paragraph=at)
        numbers = {item.number for item in paragraph.items}
        loose = {span.first.item for span, _ in here if not span.first.paragraph} & numbers
        deeper = any(span.first.paragraph == at and span.first.item for span, _ in here) or bool(loose)
        cited = whole or any(span.first.covers(place) for span, _ in here)
        yield Passage(0, paragraph.text, cited or deeper, words)
        for item in paragraph.items:
            meant = cited or item.number in loose
            meant = meant or any(
                span.touches(place._replace(item=item.number)) and not whole for span, _ in here
            )
            yield Passage(item.number, item.text + "".join(item.subs), meant, words)
