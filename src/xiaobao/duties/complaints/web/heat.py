"""Heat map by rate: unit by product class, or by reason; each cell opens its complaints."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.rows import HeatMap
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.web import filters
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
        seen = selectors.heat_map(
            actor=self.actor, facet=str(facet), since=since, until=until, scope=scope, business=business
        )
        return self.page(
            "heat.html",
            {
                "facet": facet,
                "span": span,
                "facets": FACETS,
                "spans": SPANS,
                "since": since,
                "until": until,
                "seen": seen,
                "org": scope,
                "business": business,
                "businesses": [(code.code, code.name) for code in codes.facet("B") if not code.parent],
                "units": [(path, name) for path, name in seen.units if scope != path],
                "drawing": drawing(seen, str(facet), since, until, business),
            },
        )


def drawing(seen: HeatMap, facet: str, since: date, until: date, business: str = "") -> Markup:
    """The grid: shade by rate, the rate written in the cell, the count in its name."""
    base = reverse("complaints:list")
    rates = [cell.rate for cell in seen.cells]
    by_place = {(cell.unit_path, cell.facet): cell for cell in seen.cells}
    lines = []
    for path, name in seen.units:
        cells = []
        for code, label in seen.facets:
            cell = by_place.get((path, code))
            if cell is None or not cell.count:
                cells.append(chart.Cell(0, "·"))
                continue
            href = filters.link(
                base,
                {
                    "tab": Tab.EVERY,
                    "business": business,
                    "org": path,
                    facet: code,
                    "from": since.isoformat(),
                    "until": until.isoformat(),
                    "sort": "received",
                },
            )
            words = f"{name} {label}：{cell.count} 件，率 {cell.rate:g}"
            cells.append(chart.Cell(chart.shade_of(cell.rate, rates), f"{cell.rate:g}", words, href))
        lines.append(chart.HeatRow(name if len(name) <= 9 else name[:8] + "…", tuple(cells)))
    heads = [label if len(label) <= 6 else label[:5] + "…" for _, label in seen.facets]
    width = max(1080, 132 + 76 * len(heads))
    frame = chart.Frame("heat", f"投诉率热力图（{FACETS[facet]}）", seen.sentence or seen.denominator, width)
    return Markup(chart.heat_map(lines, heads, frame))  # noqa: S704
