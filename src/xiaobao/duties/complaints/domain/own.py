"""The bank's own standing periods for complaints, as a clock keeps them.

What it decides
    Which overlays of the configured file (`XIAOBAO_OWN_RULES`) bind a complaint, and what its clock event says.
Why
    An overlay never replaces the law: the clock computes both and the earlier day binds (rules/own_rules.py).
    Kept as an event, the day stays re-derivable when the file has changed.
Known limits
    Only overlays of the base periods (CMP-003 to CMP-005) move a complaint's clock.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from xiaobao.duties.complaints.domain.terms import DayUnit, OverlayKind
from xiaobao.rules.book import book
from xiaobao.rules.own_rules import STAGES, OwnRule, clock_overlays
from xiaobao.rules.own_standing import standing
from xiaobao.rules.values import Unit


def clock_rules() -> tuple[OwnRule, ...]:
    """The standing overlays that move a complaint's clock, in the order of their file."""
    return tuple(one for one in standing() if one.rule in STAGES)


def own_details(received_on: date, org_path: str) -> list[dict[str, Any]]:
    """What the clock keeps of every standing overlay that binds such a complaint."""
    return [
        detail
        for one in clock_rules()
        if one.binds(received_on) and org_path.startswith(one.org)
        for detail in _details(one)
    ]


def _details(one: OwnRule) -> list[dict[str, Any]]:
    kind = OverlayKind.EMERGENCY if one.level == "emergency" else OverlayKind.TARGET
    return [
        {
            "number": overlay.id,
            "title": overlay.title,
            "kind": str(kind),
            "amount": overlay.length,
            "unit": str(DayUnit.WORKING if overlay.unit is Unit.WORKING_DAY else DayUnit.NATURAL),
            "received_from": overlay.since.isoformat(),
            "stages": sorted(str(stage) for stage in overlay.stages),
            "signed_by": list(overlay.signed_by),
        }
        for overlay in clock_overlays((one,), book())
    ]
