"""Global search: exact count, newest first, the words marked, what each line says masked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup, escape

from xiaobao.base.search import selectors as search
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain.rows import ListFilters, Row
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.web.lines import line_of
from xiaobao.duties.complaints.web.scope import sight_of, viewer_of
from xiaobao.duties.complaints.web.screen import Screen

PAGE = 50


class SearchView(Screen):
    """What the asker may see of what was asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The hits, or how to search."""
        query = request.GET.get("q", "").strip()[:100]
        before = request.GET.get("before") or None
        sight = sight_of(request, self.actor)
        viewer = viewer_of(self.actor, sight)
        hits = search.search(kind="complaint", query=query, scope=viewer.scope, limit=PAGE, before=before)
        rows: tuple[Row, ...] = ()
        if hits.ids:
            found = ListFilters(tab=Tab.EVERY, ids=hits.ids, sort="received")
            rows = selectors.complaint_list(actor=viewer, filters=found, limit=PAGE).rows
        place = {number: index for index, number in enumerate(hits.ids)}
        found_rows = sorted(rows, key=lambda row: place.get(row.id, PAGE))
        here = reverse("complaints:search")
        return self.page(
            "search.html",
            {
                "query": query,
                "sight": sight,
                "hits": hits,
                "lines": [(line_of(row), marked(row.title, hits.terms)) for row in found_rows],
                "older": f"{here}?{urlencode({'q': query, 'before': hits.next})}" if hits.next else "",
                "first": f"{here}?{urlencode({'q': query})}" if before else "",
            },
        )


def marked(text: str, terms: Sequence[str]) -> Markup:
    """The text with every term in <mark>, whatever its case; all else escaped.

    >>> marked("提前还款<违约金>", ["违约金"])
    Markup('提前还款&lt;<mark>违约金</mark>&gt;')
    """
    if not terms:
        return escape(text)
    # Every second part is a term. Joined as the plain texts they are now: Markup would escape each anew.
    parts: list[str] = [escape(part) for part in _pattern(tuple(terms)).split(text)]
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return Markup("".join(parts))  # noqa: S704 - escaped above


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the terms, the longest first, in a group of its own."""
    words = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
    return re.compile(f"({words})", re.IGNORECASE)
