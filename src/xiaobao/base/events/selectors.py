"""What the outbox still owes."""

from __future__ import annotations

from xiaobao.base.events.access import demand
from xiaobao.base.events.models import Delivery, State
from xiaobao.kernel.identity import Actor


def failed_deliveries(actor: Actor, *, limit: int = 100) -> list[Delivery]:
    """Deliveries whose last attempt failed, the longest waiting first."""
    demand(actor, "list")
    failed = Delivery.objects.filter(state=State.FAILED).select_related("event")
    return list(failed.order_by("event_id", "id")[:limit])


def open_count() -> int:
    """Deliveries not done yet."""
    return Delivery.objects.exclude(state=State.DONE).count()
