"""What the templates draw: headings and articles in reading order, what leans on each, words that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xiaobao.base.law.leaning import Leaning, by_article
from xiaobao.base.law.links import leaning_url
from xiaobao.base.law.values import Diff, Held, Reading, Shelf
from xiaobao.engines.lawtext import (
    Appendix,
    Article,
    Change,
    Head,
    Pair,
    Paragraph,
    Place,
    Words,
    chinese,
    difference,
)

GROUPS = (
    ("L", "法律"),
    ("R", "行政法规、规章、司法解释、地方法规"),
    ("N", "金融监管规章"),
    ("P", "中国人民银行规章"),
    ("", "其他"),
)
# change: (label, kind of the tag, sign); a sign and a word, never colour alone.
CHANGES: dict[Change, tuple[str, str, str]] = {
    Change.SAME: ("未变", "", "＝"),
    Change.MOVED: ("只改条号", "brand", "→"),
    Change.AMENDED: ("修改", "warn", "改"),
    Change.NEW: ("新增", "ok", "＋"),
    Change.GONE: ("删去", "bad", "－"),
}
_DEPTH = {"编": 2, "分编": 2, "章": 2, "节": 3}
_FIRST_WORDS = 48


class Line(NamedTuple):
    """One thing that leans on the law: its page, its places, its roles."""

    id: str
    title: str
    href: str
    places: str
    roles: str


class PartView(NamedTuple):
    """A 款 or 项 with its ids on the page and in Akoma Ntoso."""

    anchor: str
    eid: str
    label: str
    text: str
    below: tuple[PartView, ...] = ()


class Block(NamedTuple):
    """One step of the reading page: a heading or an article or an appendix."""

    kind: str
    anchor: str
    name: str
    depth: int = 0
    eid: str = ""
    loc: str = ""
    parts: tuple[PartView, ...] = ()
    leaning: tuple[Line, ...] = ()


def blocks(reading: Reading) -> Iterator[Block]:
    """The text in reading order, headings numbered h1, h2, ... for the contents beside it."""
    before: tuple[Head, ...] = ()
    heads = 0
    for article in reading.law.articles:
        kept = _kept(before, article.heads)
        for head in article.heads[kept:]:
            heads += 1
            yield Block("head", f"h{heads}", head.name, _DEPTH[head.level])
        before = article.heads
        yield article_block(article, reading.leaning.get(article.loc, ()))
    for appendix in reading.law.appendices:
        yield _appendix(appendix, reading.leaning.get(appendix.loc, ()))


def _kept(before: tuple[Head, ...], heads: tuple[Head, ...]) -> int:
    pairs = zip(before, heads, strict=False)
    return next((at for at, (old, new) in enumerate(pairs) if old != new), min(len(before), len(heads)))


def article_block(article: Article, leaning: Iterable[Leaning] = ()) -> Block:
    """One article with its 款 and 项, each with its id."""
    place = Place(article.number, article.suffix)
    parts = tuple(_paragraph(place._replace(paragraph=at), p) for at, p in enumerate(article.paragraphs, 1))
    return Block("article", place.anchor, article.name, 0, place.eid, article.loc, parts, lines(leaning))


def _paragraph(place: Place, paragraph: Paragraph) -> PartView:
    below = []
    for item in paragraph.items:
        at = place._replace(item=item.number)
        below.append(
            PartView(at.anchor, at.eid, f"（{chinese(item.number)}）", item.text + "".join(item.subs))
        )
    return PartView(place.anchor, place.eid, "", paragraph.text, tuple(below))


def _appendix(appendix: Appendix, leaning: Iterable[Leaning]) -> Block:
    place = Place(appendix.number, appendix=True)
    parts = tuple(PartView("", "", "", line) for line in appendix.lines)
    name = appendix.title if len(appendix.title) <= _FIRST_WORDS else "附录"
    if name != appendix.title:
        parts = (PartView("", "", "", appendix.title), *parts)
    return Block("appendix", place.anchor, name, 2, place.eid, appendix.loc, parts, lines(leaning))


def lines(leaning: Iterable[Leaning]) -> tuple[Line, ...]:
    """One line a thing, its places within the article joined."""
    found: dict[tuple[str, str], list[Leaning]] = defaultdict(list)
    for one in leaning:
        found[one.key].append(one)
    return tuple(_line(ones) for _, ones in sorted(found.items()))


def places(leaning: Iterable[Leaning]) -> list[tuple[str, str, tuple[Line, ...]]]:
    """Every cited place of a text that is not here, in its order: its id, its name, what leans on it."""
    found: dict[Place, list[Leaning]] = defaultdict(list)
    for one in leaning:
        for span in one.citation.spans:
            found[span.first].append(one)
    in_order = sorted(found.items(), key=lambda entry: (entry[0].appendix, entry[0]))
    return [(place.anchor, _place_name(place), lines(ones)) for place, ones in in_order]


def _place_name(place: Place) -> str:
    """第五条; a rule that leans on the text as a whole cites its begin."""
    return place.chinese if place != Place(0) else "全文"


def _line(ones: list[Leaning]) -> Line:
    in_order = sorted(ones, key=lambda one: one.citation.spans[0].first)
    places = "、".join(
        dict.fromkeys("全文" if one.citation.loc == "0" else one.citation.chinese for one in in_order)
    )
    roles = "、".join(dict.fromkeys(one.role for one in ones if one.role))
    return Line(ones[0].id, ones[0].title, leaning_url(ones[0].kind, ones[0].id), places, roles)


class PairView(NamedTuple):
    """One article of the comparison: how it is marked, both numbers, its words, and what leans on either side."""

    change: str
    label: str
    tag: str
    sign: str
    old: str
    new: str
    loc: str
    old_loc: str
    likeness: int
    words: tuple[Words, ...]
    first: str
    leaning: tuple[Line, ...]


def pair_views(diff: Diff, only: str = "") -> list[PairView]:
    """The pairs to draw; `only` is a change, '' for all."""
    old = by_article(diff.shelf.code, diff.old.name)
    new = by_article(diff.shelf.code, diff.new.name)
    return [_pair(pair, old, new) for pair in diff.pairs if not only or pair.change.value == only]


def _pair(pair: Pair, old: dict[str, tuple[Leaning, ...]], new: dict[str, tuple[Leaning, ...]]) -> PairView:
    label, tag, sign = CHANGES[pair.change]
    leaning = [
        *(old.get(pair.old.loc, ()) if pair.old else ()),
        *(new.get(pair.new.loc, ()) if pair.new else ()),
    ]
    shown = pair.new or pair.old
    return PairView(
        change=pair.change.value,
        label=label,
        tag=tag,
        sign=sign,
        old=pair.old.name if pair.old else "",
        new=pair.new.name if pair.new else "",
        loc=pair.new.loc if pair.new else "",
        old_loc=pair.old.loc if pair.old else "",
        likeness=round(pair.likeness * 100),
        words=words_of(pair),
        first=first_words(shown.whole) if shown else "",
        leaning=lines(leaning),
    )


def words_of(pair: Pair | None) -> tuple[Words, ...]:
    """What was kept, cut and added; nothing for a text that did not change."""
    if pair is None or pair.change in {Change.SAME, Change.MOVED}:
        return ()
    if pair.old is None or pair.new is None:
        only = pair.new or pair.old
        return (Words("add" if pair.new else "cut", in_lines(only)),) if only else ()
    return difference(in_lines(pair.old), in_lines(pair.new))


def in_lines(article: Article) -> str:
    """The article's words as they are printed: each 款 and each 项 with its number on a line of its own."""
    lines = []
    for paragraph in article.paragraphs:
        lines.append(paragraph.text)
        for item in paragraph.items:
            lines += [f"（{chinese(item.number)}）{item.text}", *item.subs]
    return "\n".join(lines)


def first_words(text: str) -> str:
    """How the text begins."""
    return text[:_FIRST_WORDS] + ("…" if len(text) > _FIRST_WORDS else "")


def marked(text: str, terms: tuple[str, ...]) -> list[tuple[bool, str]]:
    """The text in runs, those that are one of the terms marked; the longest term first."""
    wanted = sorted((term for term in terms if term), key=len, reverse=True)
    runs: list[tuple[bool, str]] = []
    at = plain = 0
    while at < len(text):
        found = next((term for term in wanted if text.startswith(term, at)), "")
        if not found:
            at += 1
            continue
        if at > plain:
            runs.append((False, text[plain:at]))
        runs.append((True, found))
        at = plain = at + len(found)
    return runs + ([(False, text[plain:])] if plain < len(text) else [])


def grouped(shelves: list[Shelf]) -> list[tuple[str, list[Shelf]]]:
    """The shelves that hold a text, by kind of law."""
    groups: dict[str, list[Shelf]] = {label: [] for _, label in GROUPS}
    for shelf in shelves:
        if not shelf.is_missing:
            groups[next(label for start, label in GROUPS if shelf.code.startswith(start))].append(shelf)
    return [(label, found) for label, found in groups.items() if found]


def neighbours(shelf: Shelf, held: Held) -> list[tuple[Held, str]]:
    """The other versions that are here, each with the span that compares it with this one."""
    others = (one for one in shelf.held if one.name != held.name)
    return [(one, "..".join(sorted((one.name, held.name)))) for one in others]
