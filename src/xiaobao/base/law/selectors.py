"""Every read of the law library. The law is the same for the whole bank: nothing here is limited by unit."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from xiaobao.base.law.bodies import Row, law_of
from xiaobao.base.law.leaning import by_article, index, leaning_on, touching
from xiaobao.base.law.links import named_cite, short_name
from xiaobao.base.law.models import Instrument, Node, NodeKind, Version
from xiaobao.base.law.values import (
    CIVIL_CODE,
    CIVIL_CODE_PARTS,
    Diff,
    Held,
    Reading,
    Shelf,
    Shown,
    Standing,
)
from xiaobao.engines.lawtext import (
    Citation,
    CitationError,
    Head,
    LawText,
    Pair,
    Place,
    align,
    parse,
    settle,
    tally,
    text_at,
)
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.instruments import INSTRUMENTS

_MOST_NAMED = 12
_CODE_TITLE = "中华人民共和国民法典"
_BOOKS = {"L20": Head("编", 1, "总则"), "L21": Head("编", 3, "合同"), "L22": Head("编", 4, "人格权")}


def library(on: date | None = None) -> list[Shelf]:
    """Every instrument that is here or is cited, by code; those without a text have no version."""
    versions = Version.objects.select_related("instrument").defer("remarks")
    shelves = _shelves(versions, {*INSTRUMENTS, *index()}, on or ports.today())
    return [shelves[code] for code in sorted(shelves)]


def shelves_of(codes: set[str], on: date | None = None) -> dict[str, Shelf]:
    """These instruments by code, in one query; codes nobody knows are left out."""
    versions = Version.objects.filter(instrument__code__in=codes).select_related("instrument")
    return _shelves(
        versions.defer("counts", "remarks"), codes & {*INSTRUMENTS, *index()}, on or ports.today()
    )


def shelf_get(code: str, on: date | None = None) -> Shelf:
    """One instrument with its versions, newest first. Raises: NotFound `law.unknown`."""
    shelf = shelves_of({code}, on).get(code)
    if shelf is None:
        raise NotFound("law.unknown", instrument=code)
    return shelf


def _shelves(versions: QuerySet[Version], codes: set[str], day: date) -> dict[str, Shelf]:
    held: dict[str, list[Version]] = {code: [] for code in codes}
    for version in versions.order_by("-effective_on"):
        held.setdefault(version.instrument.code, []).append(version)
    return {
        code: _shelf(code, ones[0].instrument if ones else None, ones, day) for code, ones in held.items()
    }


def _shelf(code: str, instrument: Instrument | None, versions: list[Version], day: date) -> Shelf:
    known = INSTRUMENTS.get(code)
    title = instrument.title if instrument else (known.title if known else code)
    number = versions[0].document_number if versions else (known.number if known else "")
    return Shelf(
        code=code,
        short=short_name(code) if known else title,
        title=title,
        number=number,
        issuer=instrument.issuer if instrument else "",
        held=_held(versions, day),
        leaning=leaning_on(code),
    )


def _held(versions: list[Version], day: date) -> tuple[Held, ...]:
    """Newest first in, newest first out, with what each is on `day`."""
    found, until = [], None
    for version in versions:
        if version.effective_on > day:
            standing = Standing.FUTURE
        else:
            standing = Standing.REPLACED if until is not None and until <= day else Standing.CURRENT
        found.append(Held(version, standing, until))
        until = version.effective_on
    return tuple(found)


def version_of(shelf: Shelf, version: str = "") -> Held | None:
    """The version named by its first day, or the one shown today; None where it is not here."""
    if not version:
        return shelf.shown
    return next((one for one in shelf.held if one.name == version), None)


def reading_get(code: str, version: str = "") -> Reading:
    """A version opened: the one named, or the one in force today.

    Raises: InvalidInput `law.day`; NotFound `law.unknown`, `law.missing` (no text at all), `law.missing_version`.
    """
    if version:
        _day(version)
    if code == CIVIL_CODE:
        return _civil_code(version)
    shelf = shelf_get(code)
    held = version_of(shelf, version)
    if held is None:
        raise _missing(shelf, version)
    return Reading(shelf, held, law_text(held.version), by_article(code, held.name))


def _civil_code(version: str) -> Reading:
    """The one Civil Code over the files that are here, in the order of its articles."""
    shelves = shelves_of({*CIVIL_CODE_PARTS})
    parts = [
        (shelf, held) for code in CIVIL_CODE_PARTS if (held := version_of(shelf := shelves[code], version))
    ]
    if not parts:
        held_here = next((shelves[code].held for code in CIVIL_CODE_PARTS if shelves[code].held), ())
        raise _missing(_code_shelf(shelves, held_here), version)
    first = parts[0][1]
    whole = Version(
        instrument=Instrument(code=CIVIL_CODE, title=_CODE_TITLE),
        effective_on=first.version.effective_on,
        title=_CODE_TITLE,
        note="按编分别导入：" + "、".join(shelf.title.rpartition(" ")[2] for shelf, _ in parts),
        remarks=[remark for _, held in parts for remark in held.version.remarks],
    )
    held = Held(whole, first.standing, first.until)
    articles = [
        article._replace(heads=(_BOOKS[shelf.code], *article.heads))
        for shelf, part in parts
        for article in law_text(part.version).articles
    ]
    law = LawText(_CODE_TITLE, (), (), tuple(articles), (), (), ())
    leaning = {
        loc: ones
        for code in (CIVIL_CODE, *CIVIL_CODE_PARTS)
        for loc, ones in by_article(code, held.name).items()
    }
    return Reading(_code_shelf(shelves, (held,)), held, law, leaning)


def _code_shelf(shelves: dict[str, Shelf], held: tuple[Held, ...]) -> Shelf:
    leaning = (*leaning_on(CIVIL_CODE), *(one for shelf in shelves.values() for one in shelf.leaning))
    return Shelf(CIVIL_CODE, "民法典", _CODE_TITLE, "", "", held, leaning)


def _missing(shelf: Shelf, version: str) -> NotFound:
    name = f"《{shelf.title}》（{shelf.code}）"
    leaning = "、".join(list(dict.fromkeys(one.id for one in shelf.leaning))[:_MOST_NAMED]) or "无"
    if shelf.is_missing:
        return NotFound("law.missing", name=name, leaning=leaning, shelf=shelf)
    held = "、".join(one.name for one in shelf.held)
    return NotFound("law.missing_version", name=name, version=version, held=held, shelf=shelf)


def law_text(version: Version) -> LawText:
    """The text of a version, taken apart."""
    return _law_text(version.pk, version.digest, version.title)


@lru_cache(maxsize=128)
def _law_text(pk: int, digest: str, title: str) -> LawText:
    rows = Node.objects.filter(version_id=pk).order_by("position").values_list("kind", "loc", "text", "body")
    return law_of(title, (Row(NodeKind(kind), loc, text, body) for kind, loc, text, body in rows))


def cite_parse(text: str) -> Citation:
    """The citation in compact form, in either width, or as an officer writes it: 投诉办法第十八条第一款.

    Raises: InvalidInput `law.cite`.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    code, colon, places = plain.partition(":")
    try:
        return named_cite(plain) or parse(f"{code.strip().upper()}{colon}{places.strip()}")
    except CitationError as error:
        raise InvalidInput("law.cite", field="cite", why=str(error)) from None


def place_show(cite: Citation) -> list[Shown]:
    """The places of a citation, each with its words; a range shows each article in it.

    Raises: NotFound `law.unknown`, `law.missing`, `law.missing_version`, `law.no_place`.
    """
    shown = []
    for span in cite.spans:
        reading = _reading_for(cite, span.first)
        if span.last is None:
            shown.append(_shown(reading, span.first))
        else:
            places = [Place(a.number, a.suffix) for a in reading.law.articles]
            inside = [place for place in places if span.touches(place)]
            shown += [_shown(reading, place) for place in inside or [span.first]]
    return shown


def _reading_for(cite: Citation, place: Place) -> Reading:
    if cite.instrument != CIVIL_CODE:
        return reading_get(cite.instrument, cite.version)
    whole = _civil_code(cite.version)
    if not whole.law.article(place.article, place.suffix):
        return whole
    shelves = shelves_of({*CIVIL_CODE_PARTS})
    held = [code for code in CIVIL_CODE_PARTS if version_of(shelves[code], cite.version)]
    readings = (reading_get(code, cite.version) for code in held)
    return next(one for one in readings if one.law.article(place.article, place.suffix))


def _shown(reading: Reading, asked: Place) -> Shown:
    place = settle(reading.law, asked)
    text = text_at(reading.law, place)
    if text is None:
        name = f"《{reading.shelf.title}》（{reading.shelf.code}）"
        raise NotFound("law.no_place", name=name, version=reading.held.name, place=asked.chinese)
    article = None if place.appendix else reading.law.article(place.article, place.suffix)
    return Shown(reading, place, article, text, touching(reading.shelf.code, reading.held.name, place))


def diff_get(code: str, old: str, new: str) -> Diff:
    """Two versions of an instrument, article by article.

    Raises: InvalidInput `law.day`, `law.dates_reversed`, `law.same_version`; NotFound `law.unknown`, `law.missing`, `law.missing_version`.
    """
    days = [_day(old), _day(new)]
    if days[0] == days[1]:
        raise InvalidInput("law.same_version", version=old)
    if days[0] > days[1]:
        raise InvalidInput("law.dates_reversed", first=old, last=new)
    shelf = shelf_get(code)
    if shelf.is_missing:
        raise _missing(shelf, "")
    held = [version_of(shelf, name) for name in (old, new)]
    for name, one in zip((old, new), held, strict=True):
        if one is None:
            raise _missing(shelf, name)
    pairs = aligned(held[0].version, held[1].version)  # type: ignore[union-attr]
    return Diff(shelf, held[0], held[1], pairs, tally(pairs))  # type: ignore[arg-type]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput("law.day", day=text) from None


def aligned(old: Version, new: Version) -> tuple[Pair, ...]:
    """Every article of two versions, paired."""
    return _aligned((old.pk, old.digest, old.title), (new.pk, new.digest, new.title))


@lru_cache(maxsize=32)
def _aligned(old: tuple[int, str, str], new: tuple[int, str, str]) -> tuple[Pair, ...]:
    return align(_law_text(*old), _law_text(*new))


def counts_list(*, earlier: bool = False) -> list[dict[str, object]]:
    """Counts of every text that is here, by file; earlier versions only when asked for."""
    versions = Version.objects.order_by("file").only("file", "counts", "is_earlier")
    return [count_row(v.file, v.counts) for v in versions if earlier or not v.is_earlier]


def count_row(file: str, counts: dict[str, int]) -> dict[str, object]:
    """One line of `xiaobao law count --json`."""
    return {"file": file, **{name: counts[name] for name in ("articles", "paragraphs", "items", "chapters")}}
