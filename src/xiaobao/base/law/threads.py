"""The thread of an article through all versions, and the search over all articles."""

from __future__ import annotations

from itertools import pairwise

from xiaobao.base.law.leaning import by_article
from xiaobao.base.law.models import Node
from xiaobao.base.law.selectors import aligned, law_text, reading_get, shelves_of
from xiaobao.base.law.services import SEARCH_KIND
from xiaobao.base.law.values import Found, Held, Hit, Reading, Shelf, Stage
from xiaobao.base.search import selectors as search
from xiaobao.engines.lawtext import Article, Pair, Place, parse_place
from xiaobao.kernel.errors import NotFound

WHOLE_BANK = ""
PAGE = 30
_AROUND = 60


def article_history(code: str, place: Place, version: str = "") -> tuple[Reading, list[Stage]]:
    """The article's thread, oldest stage first, found from the version named or the one in force.

    Raises: NotFound `law.unknown`, `law.missing`, `law.missing_version`, `law.no_place`.
    """
    reading = reading_get(code, version)
    article = reading.law.article(place.article, place.suffix)
    if article is None:
        name = f"《{reading.shelf.title}》（{code}）"
        raise NotFound("law.no_place", name=name, version=reading.held.name, place=place.chinese)
    versions = list(reversed(reading.shelf.held))
    at = versions.index(reading.held)
    back = _walk(versions[at::-1], article, forward=False)
    forth = _walk(versions[at:], article, forward=True)
    return reading, _stages(versions, at, article, back, forth)


def _walk(versions: list[Held], article: Article, *, forward: bool) -> list[Pair]:
    """The pair at each step away from the version the article was found in."""
    pairs: list[Pair] = []
    here: Article | None = article
    for near, far in pairwise(versions):
        old, new = (near, far) if forward else (far, near)
        pair = next(p for p in aligned(old.version, new.version) if (p.old if forward else p.new) == here)
        pairs.append(pair)
        here = pair.new if forward else pair.old
        if here is None:
            break
    return pairs


def _stages(
    versions: list[Held], at: int, article: Article, back: list[Pair], forth: list[Pair]
) -> list[Stage]:
    stages = [Stage(versions[at], article, back[0] if back else None)]
    for step, pair in enumerate(back, 1):
        if pair.old is not None:
            came = back[step] if step < len(back) else None
            stages.insert(0, Stage(versions[at - step], pair.old, came))
    for step, pair in enumerate(forth, 1):
        stages.append(Stage(versions[at + step], pair.new, pair))
    return stages


def law_search(query: str, *, before: str = "", limit: int = PAGE) -> Found:
    """Articles of every version that have every word of the query, the newest law first."""
    hits = search.search(kind=SEARCH_KIND, query=query, scope=WHOLE_BANK, limit=limit, before=before or None)
    rows = Node.objects.filter(pk__in=hits.ids).values_list(*_ROW)
    by_id = {row[0]: row for row in rows}
    shelves = shelves_of({row[-1] for row in by_id.values()})
    found = [_hit(shelves[by_id[pk][-1]], by_id[pk], hits.terms) for pk in hits.ids if pk in by_id]
    return Found(tuple(found), hits.count, hits.next, hits.terms, hits.is_cut)


# Plain rows: thirty objects of a table cost more than the search itself.
_ROW = ("pk", "version_id", "loc", "text", "version__instrument__code")


def _hit(shelf: Shelf, row: tuple[int, int, str, str, str], terms: tuple[str, ...]) -> Hit:
    _, version, loc, words, _ = row
    held = next(one for one in shelf.held if one.version.pk == version)
    place = parse_place(loc)
    article = law_text(held.version).article(place.article, place.suffix)
    heads = " ".join(head.name for head in article.heads) if article and not place.appendix else ""
    leaning = by_article(shelf.code, held.name).get(loc, ())
    return Hit(held, shelf.code, shelf.title, loc, place.chinese, heads, excerpt(words, terms), leaning)


def excerpt(text: str, terms: tuple[str, ...]) -> str:
    """The words around the first match, with dots where something was left out."""
    places = [at for term in terms if (at := text.find(term)) >= 0]
    start = max(0, min(places, default=0) - _AROUND)
    end = start + _AROUND * 4
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
