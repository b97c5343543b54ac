"""Heat map by rate: complaints of a unit and facet over the unit's outlets, never raw counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from datetime import date

from django.db.models import Count
from django.db.models.functions import Length, Substr

from xiaobao.base.people.selectors import org_tree
from xiaobao.base.people.values import STEP, OrgKind
from xiaobao.duties.complaints.domain.codes import name_of, top_of
from xiaobao.duties.complaints.domain.rows import FEW, HeatCell, HeatMap
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
    outlet x cause is read by clicking down. Units without a complaint are left out; a department has
    no outlets to divide by and shows its number alone. What has no code, was received by `scope` itself
    or lies beyond the first eight facets is counted as `left_out`.
    Three statements. Raises: InvalidInput `complaint.filter`.
    """
    if facet not in FACETS:
        raise InvalidInput("complaint.filter", field="facet", label="维度")
    root = scope if scope and actor.sees(scope) else actor.scope or "0001."
    units, outlets = _units(root)
    counts = _counts(actor, (since, until), FACETS[facet], root, business)
    facets = _facets(counts)
    cells = cells_of(counts, units, outlets, dict(facets))
    shown = tuple(
        (path, name) for path, name in units.items() if any(cell.unit_path == path for cell in cells)
    )
    denominator = f"每百家网点投诉件数（{since} 至 {until}）"
    left_out = sum(counts.values()) - sum(cell.count for cell in cells)
    return HeatMap(shown, facets, cells, denominator, _hottest(cells, units), left_out)


def cells_of(
    counts: Mapping[tuple[str, str], int],
    units: Container[str],
    outlets: Mapping[str, int],
    facets: Container[str],
) -> tuple[HeatCell, ...]:
    """A cell for each shown unit and facet; its rate is per hundred outlets, None where there are none."""
    return tuple(
        HeatCell(unit, code, number, round(PER * number / outlets[unit], 1) if outlets.get(unit) else None)
        for (unit, code), number in counts.items()
        if unit in units and code in facets
    )


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
    if len(units) > 1:
        # The list behind a cell shows a unit with all below it: the root's own line would open everything.
        units.pop(root, None)
    return units, outlets


def _counts(
    actor: Actor, span: tuple[date, date], column: str, root: str, business: str
) -> dict[tuple[str, str], int]:
    rows = visible(actor).filter(received_on__range=span, org_path__startswith=root)
    if business:
        rows = rows.filter(business_code__startswith=business)
    grouped = (
        rows.annotate(unit=Substr("org_path", 1, len(root) + STEP), depth=Length("org_path"))
        .values("unit", column)
        .annotate(n=Count("pk"))
    )
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in grouped:
        whole = not row[column] or (business and column == "business_code")
        code = row[column] if whole else top_of(row[column])
        found[row["unit"], code] += row["n"]
    return dict(found)


def _facets(counts: dict[tuple[str, str], int]) -> tuple[tuple[str, str], ...]:
    totals: dict[str, int] = defaultdict(int)
    for (_, code), number in counts.items():
        if code:
            totals[code] += number
    top = sorted(totals, key=lambda code: (-totals[code], code))[:TOP_FACETS]
    return tuple((code, name_of(code)) for code in top)


def _hottest(cells: tuple[HeatCell, ...], units: dict[str, str]) -> str:
    if not cells:
        return ""
    telling = [cell for cell in cells if cell.is_telling]
    if not telling:
        return f"没有一格满 {FEW} 件，件数太少，不比较高低。"
    top = max(telling, key=lambda cell: (cell.rate or 0, cell.count))
    equal = sum(cell.rate == top.rate for cell in telling) - 1
    also = f"（另有 {equal} 格相同）" if equal else ""
    return f"{units[top.unit_path]}的“{name_of(top.facet)}”最高{also}：每百家网点 {top.rate} 件（共 {top.count} 件）。"
