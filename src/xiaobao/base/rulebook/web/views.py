"""The rule book on screen and on paper. Reading is for everybody who is signed in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xiaobao.base.audit.web.asker import actor_of_request
from xiaobao.base.figures.access import COMMANDS as FIGURES
from xiaobao.base.law.links import cite_url
from xiaobao.base.law.quoting import Quote, quotes_of
from xiaobao.base.rulebook import document, living, selectors, uses
from xiaobao.base.rulebook.plain import params_of, summary
from xiaobao.base.rulebook.values import ROOMS, STALE_DAYS, Became, Standing
from xiaobao.base.rulebook.web.asked import CONFIDENCES, day_of, filters_of
from xiaobao.kernel import ports
from xiaobao.rules.book import book
from xiaobao.rules.fact_words import fact_word
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh, place_zh
from xiaobao.rules.own_rules import LEVELS
from xiaobao.rules.own_standing import standing
from xiaobao.rules.values import Cite, Confidence, Kind, Rule, Version

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The law on a day: every rule the filters leave."""
    actor_of_request(request)
    today = ports.today()
    filters = filters_of(request.GET, today)
    rows = selectors.rules_list(filters)
    asked = filters.query(today)
    context = {
        "rows": rows,
        "filters": filters,
        "today": today,
        "total": len(book()),
        "in_force": sum(row.standing is Standing.IN_FORCE for row in rows),
        "unverified": sum(not row.is_verified for row in rows),
        "rooms": ROOMS,
        "kinds": list(Kind),
        "confidences": CONFIDENCES,
        "standings": list(Standing),
        "query": urlencode(asked),
        "chips": _chips(asked),
        "cite_zh": cite_zh,
    }
    return render(request, "rulebook/rules.html", context)


def _chips(asked: dict[str, str]) -> list[tuple[str, str]]:
    """What the list is narrowed to, each with the address without it."""
    words = {
        "on": lambda value: f"{value} 的规定",
        "room": lambda value: ROOMS[value],
        "kind": lambda value: Kind(value).label,
        "confidence": lambda value: dict(CONFIDENCES)[value],
        "standing": lambda value: Standing(value).label,
        "q": lambda value: f"“{value}”",
    }
    return [
        (words[name](value), urlencode({key: kept for key, kept in asked.items() if key != name}))
        for name, value in asked.items()
    ]


@require_safe
def rules_paper(request: HttpRequest) -> FileResponse:
    """The same list as a Word document."""
    actor_of_request(request)
    filters = filters_of(request.GET, ports.today())
    content = document.book_docx(selectors.rules_list(filters), filters.on)
    return _paper(content, f"规则册-{filters.on}.docx")


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """One rule: plain words, parameters, the article beside it, examples run now, history, what leans on it."""
    actor = actor_of_request(request)
    found = selectors.rule_get(rule_id)
    on = day_of(request.GET.get("on", ""), ports.today())
    version = selectors.version_shown(found, on, request.GET.get("version", ""))
    ran = living.run(found, version)
    context = {
        "rule": found,
        "version": version,
        "on": on,
        "row": selectors.row_of(found, on),
        "room": ROOMS[found.room],
        "summary": summary(version),
        "params": params_of(version.params),
        "applies_by": fact_word(version.applies_by),
        "verified": version.confidence is Confidence.VERIFIED,
        "stale": _is_stale(version, on),
        "cites": [(cite, cite_url(cite), _cite_words(cite)) for cite in version.cites],
        "own": [(one, LEVELS[one.level]) for one in standing() if one.rule == found.id],
        "quotes": [_quoted(quote) for quote in _quotes(version)],
        "ran": ran,
        "failed": sum(not one.passed for one in ran),
        "past": selectors.history(found, on),
        "uses": uses.uses_of(found.id),
        "sees_figures": actor.has(*FIGURES["show"]),
        "beats": [(book().rule(other), ground) for other, ground in found.beats if other in book().rules],
        "around": _around(found),
    }
    return render(request, "rulebook/rule.html", context)


def _cite_words(cite: Cite) -> str:
    """《投诉办法》（银保监会令2020年第3号）第十八条第一款."""
    known = INSTRUMENTS[cite.instrument]
    number = f"（{known.number}）" if known.number and known.number != known.short else ""
    return f"《{known.short}》{number}{place_zh(cite.loc) if cite.loc != '0' else ''}"


def _is_stale(version: Version, on: date) -> bool:
    return version.reviewed_on is not None and (on - version.reviewed_on).days > STALE_DAYS


def _quotes(version: Version) -> tuple[Quote, ...]:
    exceptions = [clause.cite for clause in version.unless if clause.cite]
    return quotes_of((cite.full, cite.words) for cite in (*version.cites, *exceptions))


def _quoted(quote: Quote) -> dict[str, Any]:
    known = INSTRUMENTS.get(quote.instrument)
    return {
        "quote": quote,
        "title": f"《{known.short if known else quote.instrument}》{quote.place.chinese}",
        "url": cite_url(quote.cite),
    }


def _around(found: Rule) -> tuple[Rule | None, Rule | None]:
    """The rules before and after it on its shelf."""
    ids = [one.id for one in book()]
    at = ids.index(found.id)
    before = book().rules[ids[at - 1]] if at else None
    after = book().rules[ids[at + 1]] if at + 1 < len(ids) else None
    return before, after


@require_safe
def rule_paper(request: HttpRequest, rule_id: str) -> FileResponse:
    """The rule as a Word document."""
    actor_of_request(request)
    found = selectors.rule_get(rule_id)
    on = day_of(request.GET.get("on", ""), ports.today())
    version = selectors.version_shown(found, on, request.GET.get("version", ""))
    sheet = document.Sheet(_quotes(version), living.run(found, version), selectors.history(found, on))
    content = document.rule_docx(found, version, sheet)
    return _paper(content, f"{found.id}-{version.name}.docx")


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """What changed between two days."""
    actor_of_request(request)
    first, last = _days(request)
    found = selectors.changes_between(first, last)
    context = {
        "first": first,
        "last": last,
        "found": found,
        "tally": [(became, sum(one.became is became for one in found)) for became in Became],
        "days": [(day, _begun(day)) for day in reversed(selectors.change_days())],
        "query": urlencode({"from": first.isoformat(), "to": last.isoformat()}),
        "cite_zh": cite_zh,
        "rooms": ROOMS,
    }
    return render(request, "rulebook/changes.html", context)


def _begun(day: date) -> int:
    return sum(version.since == day or version.until == day for one in book() for version in one.versions)


def _days(request: HttpRequest) -> tuple[date, date]:
    """The two days asked for; without any, the last two years."""
    today = ports.today()
    first = day_of(request.GET.get("from", ""), date(today.year - 2, 1, 1), "from")
    return first, day_of(request.GET.get("to", ""), today, "to")


@require_safe
def changes_paper(request: HttpRequest) -> FileResponse:
    """The same as a Word document."""
    actor_of_request(request)
    first, last = _days(request)
    content = document.changes_docx(selectors.changes_between(first, last), first, last)
    return _paper(content, f"规则变化-{first}-{last}.docx")


def _paper(content: bytes, name: str) -> FileResponse:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=WORD)
