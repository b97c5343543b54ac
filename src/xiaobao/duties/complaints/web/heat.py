"""Heat map by rate: unit by product class, or by reason; each cell opens its complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.rows import FEW, HeatCell, HeatMap
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.web import filters
from xiaobao.duties.complaints.web.scope import sight_of, viewer_of
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.engines import chart
from xiaobao.kernel import ports

FACETS = {"business": "业务类别", "reason": "投诉原因"}
SPANS = {"30": ("近 30 天", 30), "90": ("近 90 天", 90), "365": ("近一年", 365)}


class HeatView(Screen):
    """Where complaints are dense, by rate and never by bare count."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        facet = request.GET.get("facet") if request.GET.get("facet") in FACETS else "business"
        span = request.GET.get("span") if request.GET.get("span") in SPANS else "90"
        until = ports.today()
        since = until - timedelta(days=SPANS[str(span)][1] - 1)
        scope, business = request.GET.get("org", ""), request.GET.get("business", "")
        sight = sight_of(request, self.actor)
        viewer = viewer_of(self.actor, sight)
        seen = selectors.heat_map(
            actor=viewer, facet=str(facet), since=since, until=until, scope=scope, business=business
        )
        given = {"business": business, "from": since.isoformat(), "until": until.isoformat()}
        return self.page(
            "heat.html",
            {
                "sight": sight,
                "facet": facet,
                "span": span,
                "facets": FACETS,
                "spans": SPANS,
                "since": since,
                "until": until,
                "seen": seen,
                "org": scope,
                "everything": filters.link(
                    reverse("complaints:list"), {**given, "tab": Tab.EVERY, "org": scope, "sort": "received"}
                ),
                "business": business,
                "businesses": [(code.code, code.name) for code in codes.facet("B") if not code.parent],
                "units": [(path, name) for path, name in seen.units if scope != path],
                "heads": [label for _, label in seen.facets],
                "lines": grid(seen, given, str(facet)),
            },
        )


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the grid: the rate as written, its shade 0-5, its full words, its complaints."""

    text: str
    shade: int
    words: str = ""
    href: str = ""


def grid(seen: HeatMap, given: Mapping[str, str], facet: str) -> list[tuple[str, str, list[Box]]]:
    """Lines of (unit, the address that looks into it, its boxes); shade by rate, the count in the words."""
    rates = [cell.rate or 0 for cell in seen.cells if cell.is_telling]
    by_place = {(cell.unit_path, cell.facet): cell for cell in seen.cells}
    base, here = reverse("complaints:list"), reverse("complaints:heat")
    lines = []
    for path, name in seen.units:
        boxes = []
        for code, label in seen.facets:
            cell = by_place.get((path, code))
            if cell is None or not cell.count:
                boxes.append(Box("", 0))
                continue
            href = filters.link(
                base, {**given, "tab": Tab.EVERY, "org": path, facet: code, "sort": "received"}
            )
            boxes.append(_box(cell, f"{name} {label}", rates, href))
        lines.append((name, f"{here}?{urlencode({'facet': facet, 'org': path})}", boxes))
    return lines


def _box(cell: HeatCell, what: str, rates: Sequence[float], href: str) -> Box:
    """A rate with its shade; a bare number where there are no outlets, no shade where it is chance."""
    words = f"{what}：{cell.count} 件"
    if cell.rate is None:
        return Box(f"{cell.count} 件", 0, f"{words}，没有网点可比", href)
    words = f"{words}，率 {cell.rate:g}"
    if not cell.is_telling:
        return Box(f"{cell.rate:g}", 0, f"{words}，不足 {FEW} 件，不比较高低", href)
    return Box(f"{cell.rate:g}", chart.shade_of(cell.rate, rates), words, href)
