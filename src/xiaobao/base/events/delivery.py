"""Waking the handlers: after the commit, and again from tick until each has succeeded.

Each delivery is its own transaction: the mark "done", set first, and the handler's writes stand or
fall together, and one handler's failure neither repeats nor stops another. The mark's row lock keeps
a second deliverer waiting; it then finds the mark and leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from xiaobao.base.events.models import Delivery, State
from xiaobao.base.events.registry import handlers_of
from xiaobao.kernel import ports
from xiaobao.kernel.masks import mask_text

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_ERROR = 500
CLAIM = (
    "UPDATE events_delivery SET state = 'done', done_at = %s, attempts = attempts + 1, error = ''"
    " WHERE id = %s AND state <> 'done'"
)

log = logging.getLogger(__name__)


def deliver_event(deliveries: Iterable[Delivery]) -> int:
    """Wake the handlers of an event just committed, its rows in hand; how many succeeded.

    One statement a handler besides the handler's own.
    """
    return sum(map(_deliver, deliveries))


def deliver_due(now: datetime, *, limit: int = 500) -> dict[str, int]:
    """Wake the handlers whose time has come, oldest first; counts of what came of it."""
    due = Delivery.objects.filter(next_at__lte=now).exclude(state=State.DONE).order_by("next_at", "id")
    done = [deliver(pk) for pk in due.values_list("pk", flat=True)[:limit]]
    return {"delivered": sum(done), "not_delivered": len(done) - sum(done)}


def deliver(delivery_id: int) -> bool:
    """Whether this call woke the handler with success; False too if another process did."""
    waiting = Delivery.objects.exclude(state=State.DONE).filter(pk=delivery_id)
    delivery = waiting.select_related("event").first()
    return delivery is not None and _deliver(delivery)


def _deliver(delivery: Delivery) -> bool:
    try:
        with transaction.atomic():
            if not _claim(delivery):
                return False
            _wake(delivery)
            return True
    except Exception as error:
        log.exception("delivery %s failed and will be tried again", delivery.pk)
        _put_off(delivery.pk, error)
        return False


def _claim(delivery: Delivery) -> bool:
    """Whether the delivery was still owed; from now to the commit it is ours alone."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [connection.ops.adapt_datetimefield_value(ports.now()), delivery.pk])
        return bool(cursor.rowcount)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling from a minute to six hours."""
    doublings = max(0, min(attempts - 1, 20))
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _wake(delivery: Delivery) -> None:
    handler = handlers_of(delivery.event.name).get(delivery.handler)
    if handler is None:
        raise LookupError(f"{delivery.handler} is not wired to {delivery.event.name} any more")
    handler(delivery.event.payload, delivery.event.key)


def _put_off(delivery_id: int, error: Exception) -> None:
    with transaction.atomic():
        owed = Delivery.objects.exclude(state=State.DONE).filter(pk=delivery_id)
        delivery = owed.select_for_update().first()
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.state = State.FAILED
        delivery.error = mask_text(f"{type(error).__name__}: {error}")[:LONGEST_ERROR]
        delivery.next_at = ports.now() + pause_after(delivery.attempts)
        delivery.save()
