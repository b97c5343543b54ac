"""Heat map by rate: complaints of a unit and facet over the unit's outlets, never raw counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Count
from django.db.models.functions import Length, Substr

from xiaobao.base.people.selectors import org_tree
from xiaobao.base.people.values import STEP, OrgKind
from xiaobao.duties.complaints.domain.codes import name_of, top_of
from xiaobao.duties.complaints.domain.rows import HeatCell, HeatMap
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

FACETS = {"business": "business_code", "reason": "reason_code"}
PER = 100
TOP_FACETS = 8


def heat_map(
    *,
    actor: Actor,
    since: date,
    until: date,
    facet: str = "business",
    scope: str = "",
    business: str = "",
) -> HeatMap:
    """Rates per hundred outlets of each unit directly below `scope` (the asker's own when '').

    `facet` is `business` or `reason`; `business` narrows to one business, so that product x
    outlet x cause is read by clicking down. Units without a complaint are left out; complaints of a
    department (no outlets to divide by) or of a facet beyond the first eight are counted as `left_out`.
    Three statements. Raises: InvalidInput `complaint.filter`.
    """
    if facet not in FACETS:
        raise InvalidInput("complaint.filter", field="facet", label="维度")
    root = scope if scope and actor.sees(scope) else actor.scope or "0001."
    units, outlets = _units(root)
    counts = _counts(actor, (since, until), FACETS[facet], root, business)
    facets = _facets(counts)
    cells = tuple(
        HeatCell(unit, code, number, round(PER * number / outlets[unit], 1))
        for (unit, code), number in counts.items()
        if outlets.get(unit) and unit in units and code in dict(facets)
    )
    shown = tuple(
        (path, name) for path, name in units.items() if any(cell.unit_path == path for cell in cells)
    )
    denominator = f"每百家网点投诉件数（{since} 至 {until}）"
    left_out = sum(counts.values()) - sum(cell.count for cell in cells)
    return HeatMap(shown, facets, cells, denominator, _hottest(cells, units), left_out)


def _units(root: str) -> tuple[dict[str, str], dict[str, int]]:
    """Units one level below the root, and how many outlets each has (itself, if it is one)."""
    depth = len(root) + STEP
    units: dict[str, str] = {}
    outlets: dict[str, int] = defaultdict(int)
    for path, name, kind in org_tree(root).values_list("path", "name", "kind"):
        if len(path) <= depth:
            units[path] = name
        if kind in {OrgKind.OUTLET, OrgKind.SUB_BRANCH}:
            outlets[path[:depth]] += 1
    return units, outlets


def _counts(
    actor: Actor, span: tuple[date, date], column: str, root: str, business: str
) -> dict[tuple[str, str], int]:
    rows = visible(actor).filter(received_on__range=span, org_path__startswith=root).exclude(**{column: ""})
    if business:
        rows = rows.filter(business_code__startswith=business)
    grouped = (
        rows.annotate(unit=Substr("org_path", 1, len(root) + STEP), depth=Length("org_path"))
        .values("unit", column)
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in grouped:
        code = row[column] if business and column == "business_code" else top_of(row[column])
        found[row["unit"], code] += row["n"]
    return dict(found)


def _facets(counts: dict[tuple[str, str], int]) -> tuple[tuple[str, str], ...]:
    totals: dict[str, int] = defaultdict(int)
    for (_, code), number in counts.items():
        totals[code] += number
    top = sorted(totals, key=lambda code: (-totals[code], code))[:TOP_FACETS]
    return tuple((code, name_of(code)) for code in top)


def _hottest(cells: tuple[HeatCell, ...], units: dict[str, str]) -> str:
    if not cells:
        return ""
    top = max(cells, key=lambda cell: (cell.rate, cell.count))
    equal = sum(cell.rate == top.rate for cell in cells) - 1
    also = f"（另有 {equal} 格相同）" if equal else ""
    return f"{units[top.unit_path]}的“{name_of(top.facet)}”最高{also}：每百家网点 {top.rate} 件（共 {top.count} 件）。"
