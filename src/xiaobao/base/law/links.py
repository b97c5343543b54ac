"""Where a citation opens, for every screen: `cite_url` for a place, `leaning_url` for what leans on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from xiaobao.engines.lawtext import Citation, CitationError, chinese, parse, parse_chinese
from xiaobao.rules.instruments import INSTRUMENTS
from xiaobao.rules.values import Cite

# kind of a leaning -> the pages that may show it, the first that exists.
_PAGES: dict[str, tuple[str, ...]] = {"rule": ("rulebook:rule",)}
_NUMBER = r"(?P<issuer>\S{0,12}?)令〔?(?P<year>\d{4})[〕年]第(?P<number>\d+)号"
_NUMBERED = re.compile(_NUMBER + r"(?P<place>第.+)")
# The central bank's orders count on their own.
_CENTRAL_BANK = ("央行", "人民银行")
_NAMED = re.compile(r"《?(?P<name>[^《》]{2,60}?)》?\s*(?P<place>(?:第.{1,8}条|附录|序言).*)")
_INSIDE = re.compile(
    r"(?<![\w@])[A-Z]{1,3}\d{0,3}(?:@\d{4}-\d\d-\d\d)?:a?\d+(?:-\d+)?(?:\.\d+)*(?:(?:\.\.|,)a?\d+(?:-\d+)?(?:\.\d+)*)*",
    re.ASCII,
)


def cite_url(cite: Cite | Citation | str) -> str:
    """The page and place a citation opens, '' where it cannot be read; the page tells if the text is not there.

    >>> cite_url("N00@2020-03-01:18.1")  # doctest: +SKIP
    '/law/N00/2020-03-01/#a18.1'
    """
    return _url(cite if isinstance(cite, str) else cite.full)


@lru_cache(maxsize=4096)
def _url(text: str) -> str:
    try:
        citation = parse(text)
    except CitationError:
        return ""
    args = [citation.instrument, citation.version] if citation.version else [citation.instrument]
    page = reverse("law:version" if citation.version else "law:text", args=args)
    return f"{page}#{citation.spans[0].first.anchor}"


def cite_words(cite: Cite | Citation | str) -> str:
    """《投诉办法》第十八条第一款; the text itself where it is no citation."""
    text = cite if isinstance(cite, str) else cite.full
    try:
        citation = parse(text)
    except CitationError:
        return text
    place = "" if citation.loc == "0" else citation.chinese
    return f"《{short_name(citation.instrument)}》{place}"


def named_cite(text: str) -> Citation | None:
    """The citation of 《投诉办法》第十八条第一款, by the name in full or in short; None where no known name stands first.

    Raises: CitationError where the name is known and the place cannot be read.
    """
    found = _NAMED.fullmatch(text)
    code = _names().get(found["name"], "") if found else ""
    return Citation(code, "", parse_chinese(found["place"])) if found and code else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    known = {name: one.id for one in INSTRUMENTS.values() for name in (one.title, one.short)}
    return {**known, "民法典": "CC", "中华人民共和国民法典": "CC"}


def short_name(code: str) -> str:
    """投诉办法; the code itself where nobody knows it."""
    known = INSTRUMENTS.get(code)
    return known.short if known else ("民法典" if code == "CC" else code)


def cite_parts(text: str) -> Iterator[tuple[str, str]]:
    """The text in pieces (words, address): a citation in it is written out and has an address, the rest has none."""
    at = 0
    for found in _INSIDE.finditer(text):
        if found[0].partition(":")[0].partition("@")[0] not in {*INSTRUMENTS, "CC"}:
            continue
        if found.start() > at:
            yield text[at : found.start()], ""
        yield cite_words(found[0]), cite_url(found[0])
        at = found.end()
    if at < len(text):
        yield text[at:], ""


@lru_cache(maxsize=512)
def article_url(text: str) -> str:
    """Where an article named by its document's number opens, '' where it is no such thing.

    >>> article_url("令2020年第3号第十八条第三款")  # doctest: +SKIP
    '/law/N00/#a18.3'
    """
    found = _NUMBERED.match(text)
    if not found:
        return ""
    code = _orders().get(_order(found), "")
    try:
        places = parse_chinese(found["place"])
    except CitationError:
        return ""
    return _url(f"{code}:{places[0].first.loc}") if code else ""


@lru_cache(maxsize=1)
def _orders() -> dict[tuple[bool, str, str], str]:
    named = ((re.match(_NUMBER, one.number), one.id) for one in INSTRUMENTS.values())
    return {_order(found): code for found, code in named if found}


def _order(found: re.Match[str]) -> tuple[bool, str, str]:
    return found["issuer"].endswith(_CENTRAL_BANK), found["year"], found["number"]


def leaning_url(kind: str, id_: str) -> str:
    """The page of what leans on the law, '' where there is none yet."""
    for name in _PAGES.get(kind, ()):
        try:
            return reverse(name, args=[id_])
        except NoReverseMatch:
            continue
    return ""


def article_words(number: int, suffix: int = 0) -> str:
    """第十八条."""
    return f"第{chinese(number)}条" + (f"之{chinese(suffix)}" if suffix else "")
