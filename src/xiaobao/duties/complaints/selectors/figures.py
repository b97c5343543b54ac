"""Members of the annual figures, and the rows of those the asker may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from xiaobao.base.figures.registry import MemberId, MemberRow, Members
from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.values import OverlayKind, Stage
from xiaobao.duties.complaints.models import Complaint, EmergencyNotice
from xiaobao.duties.complaints.selectors.scope import visible, within_scope
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.ports import SHANGHAI


def complaints_received(year: int, scope: str) -> Members:
    """F03: ids of the complaints received in the year, below `scope` ('' the whole bank)."""
    rows = Complaint.objects.filter(
        within_scope(scope), received_on__range=(date(year, 1, 1), date(year, 12, 31))
    )
    ids = tuple(rows.order_by("pk").values_list("pk", flat=True))
    return Members(ids, len(ids))


def complaint_rows(ids: Sequence[MemberId], actor: Actor) -> list[MemberRow]:
    """Those of the members the actor may see, masked."""
    if not actor.has(*READERS):
        return []
    rows = visible(actor).filter(pk__in=[int(pk) for pk in ids]).order_by("pk")
    return [
        MemberRow(
            id=str(pk),
            title=f"{no} {shown(title)}",
            link=f"/complaints/{pk}/",
            note=f"{received_on} · {org} · {Stage.label_of(stage)}",
        )
        for pk, no, title, received_on, org, stage in rows.values_list(
            "pk", "no", "title", "received_on", "org__name", "stage"
        )
    ]


def notices_issued(year: int, scope: str) -> Members:
    """F12: ids of the emergency notices issued in the year; those of a unit count in its scope."""
    start = datetime.combine(date(year, 1, 1), time(), SHANGHAI)
    end = datetime.combine(date(year + 1, 1, 1), time(), SHANGHAI)
    rows = EmergencyNotice.objects.filter(
        kind=OverlayKind.EMERGENCY, issued_at__gte=start, issued_at__lt=end, org_path__startswith=scope
    )
    ids = tuple(rows.order_by("pk").values_list("pk", flat=True))
    return Members(ids, len(ids))


def notice_rows(ids: Sequence[MemberId], actor: Actor) -> list[MemberRow]:
    """The notices by number and title; they name no person."""
    if not actor.has(*READERS):
        return []
    rows = EmergencyNotice.objects.filter(pk__in=[int(pk) for pk in ids]).order_by("pk")
    return [
        MemberRow(
            id=str(notice.pk),
            title=f"{notice.number} {notice.title}",
            note=f"收到投诉之日起 {notice.amount} {'个工作日' if notice.unit == 'working' else '日'}内办理",
        )
        for notice in rows
    ]
