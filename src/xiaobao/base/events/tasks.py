"""Scheduled work of the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from xiaobao.base.events.delivery import deliver_due
from xiaobao.base.events.models import Delivery, Event, State

KEPT = timedelta(days=90)
MOST_PRUNED = 5_000


def deliver_waiting(now: datetime) -> dict[str, int]:
    """Try what has not been delivered and is due."""
    return deliver_due(now)


def prune(now: datetime) -> dict[str, int]:
    """Remove events that were delivered everywhere ninety days ago."""
    old = Event.objects.filter(at__lt=now - KEPT)
    owed = Delivery.objects.exclude(state=State.DONE).values("event_id")
    ids = list(old.exclude(pk__in=owed).order_by("id").values_list("pk", flat=True)[:MOST_PRUNED])
    Event.objects.filter(pk__in=ids).delete()
    return {"pruned": len(ids)}
