"""The law library on screen. Reading is for everybody who is signed in."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.law import selectors, threads
from xiaobao.base.law.leaning import followers
from xiaobao.base.law.values import Shelf
from xiaobao.base.law.web import blocks
from xiaobao.engines.lawtext import Change, parse_place
from xiaobao.kernel.errors import NotFound
from xiaobao.rules.instruments import INSTRUMENTS, day_is_checked

_MISSING = {"law.missing", "law.missing_version"}


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every instrument: those with a text by kind, then those nobody has yet, with what leans on them."""
    actor_of_request(request)
    if query := request.GET.get("q", "").strip():
        return HttpResponseRedirect(f"{reverse('law:search')}?{urlencode({'q': query})}")
    shelves = selectors.library()
    missing = [(shelf, blocks.lines(shelf.leaning)) for shelf in shelves if shelf.is_missing]
    context = {
        "groups": blocks.grouped(shelves),
        "missing": sorted(missing, key=lambda pair: -len(pair[1])),
        "held": sum(1 for shelf in shelves if not shelf.is_missing),
        "articles": sum(s.shown.version.counts.get("articles", 0) for s in shelves if s.shown),
    }
    return render(request, "law/list.html", context)


@require_safe
def text(request: HttpRequest, code: str, version: str = "") -> HttpResponse:
    """A version's text, or the page that says it is not here and what leans on it."""
    actor_of_request(request)
    try:
        reading = selectors.reading_get(code, version)
    except NotFound as error:
        if error.code not in _MISSING:
            raise
        return _missing(request, error.facts["shelf"], version)
    parts = list(blocks.blocks(reading))
    context = {
        "reading": reading,
        "shelf": reading.shelf,
        "held": reading.held,
        "blocks": parts,
        "heads": [part for part in parts if part.kind in {"head", "appendix"}],
        "others": blocks.neighbours(reading.shelf, reading.held),
        "remarks": [remark[2] for remark in reading.held.version.remarks],
        "leaning": blocks.lines(one for ones in reading.leaning.values() for one in ones),
    }
    return render(request, "law/text.html", context)


def _missing(request: HttpRequest, shelf: Shelf, version: str) -> HttpResponse:
    """The page of a text nobody has; a version that is neither known nor cited does not exist: 404, with those there are."""
    leaning = [one for one in shelf.leaning if not version or one.citation.version == version]
    known = INSTRUMENTS.get(shelf.code)
    is_version = not version or bool(leaning) or (known is not None and version in known.since)
    context = {
        "shelf": shelf,
        "version": version,
        "is_version": is_version,
        "leaning": blocks.lines(leaning),
        "places": blocks.places(leaning),
        "others": blocks.lines(one for one in shelf.leaning if one not in leaning),
        "followers": followers(leaning),
        "day_checked": day_is_checked(shelf.code),
    }
    return render(request, "law/missing.html", context, status=200 if is_version else 404)


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """On to the comparison of the two versions chosen, the older first."""
    actor_of_request(request)
    chosen = sorted({request.GET.get("old", ""), request.GET.get("new", "")} - {""})
    held = {one.name for one in selectors.shelf_get(code).held}
    if len(chosen) != 2 or not held.issuperset(chosen):
        return HttpResponseRedirect(reverse("law:text", args=[code]))
    return HttpResponseRedirect(reverse("law:diff", args=[code, "..".join(chosen)]))


@require_safe
def diff(request: HttpRequest, code: str, span: str) -> HttpResponse:
    """Two versions, article by article."""
    actor_of_request(request)
    old, _, new = span.partition("..")
    found = selectors.diff_get(code, old, new)
    only = request.GET.get("only", "")
    if only not in {change.value for change in Change}:
        only = ""
    kinds = [(change, found.counts[change.value], *blocks.CHANGES[change]) for change in Change]
    context = {
        "diff": found,
        "shelf": found.shelf,
        "only": only,
        "kinds": kinds,
        "pairs": blocks.pair_views(found, only),
    }
    return render(request, "law/diff.html", context)


@require_safe
def history(request: HttpRequest, code: str, article: str) -> HttpResponse:
    """An article's thread through the versions, the newest first."""
    actor_of_request(request)
    version = request.GET.get("version", "")
    place = parse_place(article)
    try:
        reading, stages = threads.article_history(code, place, version)
    except NotFound as error:
        if error.code not in _MISSING:
            raise
        return _missing(request, error.facts["shelf"], version)
    shown = [
        {
            "stage": stage,
            "mark": blocks.CHANGES[stage.pair.change] if stage.pair else None,
            "words": blocks.words_of(stage.pair),
            "block": blocks.article_block(stage.article) if stage.article else None,
        }
        for stage in reversed(stages)
    ]
    context = {"reading": reading, "shelf": reading.shelf, "place": place, "stages": shown}
    return render(request, "law/history.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Articles that have every word asked for."""
    actor_of_request(request)
    query = request.GET.get("q", "").strip()
    found = threads.law_search(query, before=request.GET.get("before", "")) if query else None
    hits = []
    if found:
        hits = [(hit, blocks.marked(hit.text, found.terms), blocks.lines(hit.leaning)) for hit in found.hits]
    return render(request, "law/search.html", {"query": query, "found": found, "hits": hits})
