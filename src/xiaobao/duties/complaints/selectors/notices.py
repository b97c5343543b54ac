"""Emergency notices and internal targets: which of them bind a complaint."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.duties.complaints.models import EmergencyNotice
from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor


def overlay_details(received_on: date, org_path: str, business_code: str) -> list[dict[str, Any]]:
    """What the clock keeps of every notice that binds such a complaint, oldest first."""
    span = Q(received_until__isnull=True) | Q(received_until__gte=received_on)
    notices = EmergencyNotice.objects.filter(span, received_from__lte=received_on).order_by("id")
    return [overlay_detail(notice) for notice in notices if covers(notice, org_path, business_code)]


def covers(notice: EmergencyNotice, org_path: str, business_code: str) -> bool:
    """Whether unit and business lie in the notice's scope."""
    return org_path.startswith(notice.org_path) and business_code.startswith(notice.business_prefix)


def overlay_detail(notice: EmergencyNotice) -> dict[str, Any]:
    """The notice as a clock event keeps it: enough to derive the date without the table."""
    return {
        "number": notice.number,
        "title": notice.title,
        "kind": str(notice.kind),
        "amount": notice.amount,
        "unit": str(notice.unit),
        "received_from": notice.received_from.isoformat(),
    }


def notices_list(*, actor: Actor) -> tuple[dict[str, Any], ...]:
    """Every notice that touches the asker's subtree, newest first.

    Keys: id, number, kind, title, issued_at, received_from, received_until, amount, unit,
    org_path, business_prefix, reason, complaints (how many clocks carry it is not counted here).
    """
    if not actor.has(*READERS):
        raise NotAllowed("complaint.read.not_allowed")
    rows = EmergencyNotice.objects.order_by("-issued_at", "-id").values(
        "id",
        "number",
        "kind",
        "title",
        "issued_at",
        "received_from",
        "received_until",
        "amount",
        "unit",
        "org_path",
        "business_prefix",
        "reason",
    )
    scope = actor.scope
    return tuple(
        dict(row) for row in rows if row["org_path"].startswith(scope) or scope.startswith(row["org_path"])
    )
