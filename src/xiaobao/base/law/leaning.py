"""The citation index: what leans on a place of the law. Rules of the book first; other rooms may add their own.

A source is a function giving Leanings; `register` it from a room's apps.ready().
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from xiaobao.engines.lawtext import Citation, Place, parse
from xiaobao.rules.book import book
from xiaobao.rules.values import Cite


class Leaning(NamedTuple):
    """One thing that cites a place: what it is, which version of it, in which role, on which words."""

    kind: str
    id: str
    title: str
    version: str
    citation: Citation
    role: str = ""
    words: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is, over all its versions."""
        return self.kind, self.id


Source = Callable[[], Iterable[Leaning]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source; the same one twice counts once."""
    if source not in _sources:
        _sources.append(source)
        _forget()


def unregister(source: Source) -> None:
    """Take a source away again."""
    _sources.remove(source)
    _forget()


def _forget() -> None:
    index.cache_clear()
    by_article.cache_clear()


class Follower(NamedTuple):
    """One thing that leans on the law by way of a rule: a guard, an overlay, a figure, a test."""

    kind: str
    id: str
    title: str
    rule: str
    href: str = ""


_followers: list[Callable[[Iterable[str]], Iterable[Follower]]] = []


def register_followers(source: Callable[[Iterable[str]], Iterable[Follower]]) -> None:
    """Add a source answering what leans on these rules; the same one twice counts once."""
    if source not in _followers:
        _followers.append(source)


def followers(leaning: Iterable[Leaning]) -> dict[str, list[Follower]]:
    """What leans on the rules among these, by kind; each thing once a kind."""
    rules = sorted({one.id for one in leaning if one.kind == "rule"})
    found: dict[str, dict[str, Follower]] = defaultdict(dict)
    for source in _followers:
        for one in source(rules):
            found[one.kind].setdefault(one.id, one)
    return {kind: list(ones.values()) for kind, ones in found.items()}


@lru_cache(maxsize=1)
def index() -> dict[str, tuple[Leaning, ...]]:
    """Instrument code -> everything that leans on it."""
    found: dict[str, list[Leaning]] = defaultdict(list)
    for source in (rules, *_sources):
        for one in source():
            found[one.citation.instrument].append(one)
    return {code: tuple(leanings) for code, leanings in found.items()}


def leaning_on(code: str, version: str = "") -> tuple[Leaning, ...]:
    """Everything that leans on an instrument, or on one version of it."""
    return tuple(one for one in index().get(code, ()) if not version or one.citation.version == version)


@lru_cache(maxsize=256)
def by_article(code: str, version: str) -> dict[str, tuple[Leaning, ...]]:
    """Article's loc -> what leans on it or on a part of it; a range is under its first article."""
    found: dict[str, dict[Leaning, None]] = defaultdict(dict)
    for one in leaning_on(code, version):
        for span in one.citation.spans:
            found[span.first.whole_article.loc][one] = None
    return {loc: tuple(ones) for loc, ones in found.items()}


def touching(code: str, version: str, place: Place) -> tuple[Leaning, ...]:
    """What leans on a place, on a part of it, or on the article it lies in."""
    return tuple(one for one in leaning_on(code, version) if one.citation.touches(place))


def rules() -> Iterator[Leaning]:
    """Every citation of every version of every rule of the book, exceptions included."""
    for rule in book():
        for version in rule.versions:
            exceptions = [unless.cite for unless in version.unless if unless.cite]
            for cite in dict.fromkeys((*version.cites, *exceptions)):
                yield _of_rule(rule.id, rule.title, version.name, cite)


def _of_rule(id_: str, title: str, version: str, cite: Cite) -> Leaning:
    return Leaning("rule", id_, title, version, parse(cite.full), cite.role.label, cite.words)
