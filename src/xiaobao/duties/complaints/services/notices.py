"""Emergency notices and internal targets (M09): they tighten, by date and scope, and never loosen."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.events import services as outbox
from xiaobao.base.people.values import STEP
from xiaobao.duties.complaints.domain import intake_texts as gate
from xiaobao.duties.complaints.domain.access import NOTICE_ISSUERS
from xiaobao.duties.complaints.domain.values import (
    ClockEventKind,
    NoticeOrder,
)
from xiaobao.duties.complaints.models import Complaint, EmergencyNotice
from xiaobao.duties.complaints.selectors.notices import bound_by, covers, overlay_detail, own_unmarked
from xiaobao.duties.complaints.services.clocks import clock_append
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotAllowed
from xiaobao.kernel.identity import Actor

MOST_DAYS = 60


def notice_issue(*, actor: Actor, order: NoticeOrder) -> int:
    """Id of the notice now in force; undecided complaints of its span and scope are tightened at once.

    Each of those gets a clock event, so that its date stays re-derivable. Publishes
    `complaints.NoticeIssued`. Raises: NotAllowed; InvalidInput for a number in use, a length
    outside 1-60, a reversed span, no reason.
    """
    notice_check(actor=actor, order=order)
    with transaction.atomic():
        notice = _create(actor, order)
        touched = _tighten(actor, notice)
        audit.record(
            actor=actor,
            tag="complaints:notice:issue",
            object_id=str(notice.pk),
            org_path=actor.org_path,
            after={
                "number": notice.number,
                "amount": notice.amount,
                "unit": str(notice.unit),
                "received_from": notice.received_from.isoformat(),
                "complaints": touched,
            },
            reason=order.reason,
        )
        outbox.publish(
            name="complaints.NoticeIssued",
            key=notice.number,
            payload={"notice_id": notice.pk, "number": notice.number, "complaints": touched},
        )
    return notice.pk


def notice_check(*, actor: Actor, order: NoticeOrder) -> None:
    """Nothing, if the order may be issued: what a form asks before it shows what would happen.

    Raises: as `notice_issue`.
    """
    if not actor.has(*NOTICE_ISSUERS):
        raise NotAllowed("complaint.notice.not_allowed")
    if len(actor.scope) > STEP and not order.org_path.startswith(actor.scope):
        raise InvalidInput("complaint.notice.scope", field="org_path")
    if not 1 <= order.amount <= MOST_DAYS:
        raise InvalidInput("complaint.notice.amount", field="amount")
    if order.received_until is not None and order.received_until < order.received_from:
        raise InvalidInput("complaint.notice.span", field="received_until")
    for name, label in (("number", "文号"), ("title", "标题"), ("reason", "发布原因")):
        if not getattr(order, name).strip():
            raise InvalidInput("complaint.field.missing", field=name, label=label)
    if EmergencyNotice.objects.filter(number=gate.clean(order.number, "number")).exists():
        raise InvalidInput("complaint.notice.number", field="number", number=order.number)


def _create(actor: Actor, order: NoticeOrder) -> EmergencyNotice:
    now = ports.now()
    try:
        with transaction.atomic():
            return EmergencyNotice.objects.create(
                number=gate.clean(order.number, "number"),
                kind=order.kind,
                title=gate.clean(order.title, "title"),
                issued_at=order.issued_at or now,
                received_from=order.received_from,
                received_until=order.received_until,
                amount=order.amount,
                unit=order.unit,
                org_path=order.org_path,
                business_prefix=order.business_prefix,
                reason=gate.clean(order.reason, "facts"),
                issued_by_id=actor.user_id,
                entered_at=now,
            )
    except IntegrityError as error:
        raise InvalidInput("complaint.notice.number", field="number", number=order.number) from error


def _tighten(actor: Actor, notice: EmergencyNotice) -> int:
    touched = 0
    for row in bound_by(notice).select_for_update().order_by("pk"):
        if covers(notice, row.org_path, row.business_code):
            clock_append(actor=actor, row=row, kind=ClockEventKind.OVERLAY, details=[overlay_detail(notice)])
            touched += 1
    return touched


def own_rules_stand(*, actor: Actor) -> int:
    """How many undecided complaints now keep the bank's standing own periods that bind them (`XIAOBAO_OWN_RULES`).

    Each gets a clock event, so that its date stays re-derivable when the file changes. Safe to run twice.
    """
    found = own_unmarked()
    if not found:
        return 0
    with transaction.atomic():
        rows = Complaint.objects.select_for_update().in_bulk([pk for pk, _ in found])
        for pk, details in found:
            row, before = rows[pk], rows[pk].due_on
            clock_append(actor=actor, row=row, kind=ClockEventKind.OVERLAY, details=details)
            audit.record(
                actor=actor,
                tag="complaints:clock:own_rule",
                object_id=str(pk),
                org_path=row.org_path,
                before={"due_on": before.isoformat()},
                after={"due_on": row.due_on.isoformat(), "own": [one["number"] for one in details]},
                rules=(row.due_rule,),
            )
    return len(found)
