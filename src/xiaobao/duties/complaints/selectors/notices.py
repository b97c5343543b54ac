"""Emergency notices and internal targets: which of them bind a complaint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from xiaobao.base.statements import Given, Statement
from xiaobao.duties.complaints.domain import clock
from xiaobao.duties.complaints.domain.access import NOTICE_ISSUERS, READERS
from xiaobao.duties.complaints.domain.own import clock_rules, own_details
from xiaobao.duties.complaints.domain.rows import Reach
from xiaobao.duties.complaints.domain.values import UNDECIDED_STAGES, Channel, ClockEventKind, NoticeOrder
from xiaobao.duties.complaints.models import ClockEvent, Complaint, EmergencyNotice
from xiaobao.duties.complaints.selectors.scope import visible, within_scope
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotAllowed
from xiaobao.kernel.identity import Actor

_RUNNING = Statement(
    lambda: EmergencyNotice.objects.filter(
        Q(received_until__isnull=True) | Q(received_until__gte=Given("on")), received_from__lte=Given("on")
    ).order_by("id")
)


def overlay_details(received_on: date, org_path: str, business_code: str) -> list[dict[str, Any]]:
    """What the clock keeps of every notice and standing own period that binds such a complaint, oldest first."""
    notices = _RUNNING.objects(on=received_on)
    found = [overlay_detail(notice) for notice in notices if covers(notice, org_path, business_code)]
    return found + own_details(received_on, org_path)


def own_unmarked() -> tuple[tuple[int, list[dict[str, Any]]], ...]:
    """Undecided complaints a standing own period binds that their clock has not kept yet: (id, what to keep)."""
    rules = clock_rules()
    if not rules:
        return ()
    since = min(one.since for one in rules)
    rows = Complaint.objects.filter(is_open=True, stage__in=UNDECIDED_STAGES, received_on__gte=since)
    kept: dict[int, set[str]] = defaultdict(set)
    events = ClockEvent.objects.filter(complaint__in=rows.values("pk"), kind=ClockEventKind.OVERLAY)
    for pk, detail in events.values_list("complaint_id", "detail"):
        kept[pk].add(detail["number"])
    found = []
    for pk, received_on, org_path in rows.order_by("pk").values_list("pk", "received_on", "org_path"):
        new = [one for one in own_details(received_on, org_path) if one["number"] not in kept[pk]]
        if new:
            found.append((pk, new))
    return tuple(found)


def bound_by(notice: EmergencyNotice | NoticeOrder) -> QuerySet[Complaint]:
    """Undecided complaints of the notice's span whose unit lies near its scope; `covers` decides."""
    rows = Complaint.objects.filter(within_scope(notice.org_path), _span(notice), is_open=True)
    return rows.filter(stage__in=UNDECIDED_STAGES)


def _span(notice: EmergencyNotice | NoticeOrder) -> Q:
    span = Q(received_on__gte=notice.received_from)
    return span if notice.received_until is None else span & Q(received_on__lte=notice.received_until)


def notice_reach(*, actor: Actor, order: NoticeOrder) -> Reach:
    """What issuing the order would do now: complaints bound, tightened, overdue at once. Two statements.

    Raises: NotAllowed for a post that may not issue it; its scope is `services.notice_check`'s to look at.
    """
    if not actor.has(*NOTICE_ISSUERS):
        raise NotAllowed("complaint.notice.not_allowed")
    rows = [row for row in bound_by(order) if covers(order, row.org_path, row.business_code)]
    events: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    kept = ClockEvent.objects.filter(complaint__in=bound_by(order).values("pk")).order_by("id")
    for event in kept.values("complaint_id", "kind", "on", "rule", "reason", "document", "detail"):
        events[event["complaint_id"]].append(event)
    today, shortened, late = ports.today(), 0, 0
    for row in rows:
        ordered = [*events[row.pk], _ordered(order, today)]
        due_on = clock.derive(Channel(row.channel), ordered, as_of=today).due_on
        shortened += due_on < row.due_on
        late += due_on < today <= row.due_on and not row.is_paused
    return Reach(len(rows), shortened, late)


def _ordered(order: NoticeOrder, today: date) -> Mapping[str, Any]:
    return {"kind": ClockEventKind.OVERLAY, "on": today, "detail": overlay_detail(order)}


def covers(notice: EmergencyNotice | NoticeOrder, org_path: str, business_code: str) -> bool:
    """Whether unit and business lie in the notice's scope."""
    return org_path.startswith(notice.org_path) and business_code.startswith(notice.business_prefix)


def overlay_detail(notice: EmergencyNotice | NoticeOrder) -> dict[str, Any]:
    """The notice as a clock event keeps it: enough to derive the date without the table."""
    return {
        "number": notice.number,
        "title": notice.title,
        "kind": str(notice.kind),
        "amount": notice.amount,
        "unit": str(notice.unit),
        "received_from": notice.received_from.isoformat(),
    }


def notices_bound(*, actor: Actor, notices: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Notice id -> undecided complaints of the asker's subtree it binds today. One statement."""
    if not notices:
        return {}
    sums = {}
    for notice in notices:
        where = Q(
            received_on__gte=notice["received_from"], business_code__startswith=notice["business_prefix"]
        )
        where &= Q(org_path__startswith=notice["org_path"])
        if notice["received_until"]:
            where &= Q(received_on__lte=notice["received_until"])
        sums[f"n{notice['id']}"] = Count("pk", filter=where)
    found = visible(actor).filter(is_open=True, stage__in=UNDECIDED_STAGES).aggregate(**sums)
    return {int(key[1:]): number for key, number in found.items()}


def notices_list(*, actor: Actor) -> tuple[dict[str, Any], ...]:
    """Every notice that touches the asker's subtree, newest first.

    Keys: id, number, kind, title, issued_at, received_from, received_until, amount, unit,
    org_path, business_prefix, reason.
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
