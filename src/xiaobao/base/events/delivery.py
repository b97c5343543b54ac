"""Waking the handlers: after the commit, and again from tick until each has succeeded.

Each delivery is its own transaction: the handler's writes and the mark "done" stand or fall
together, and one handler's failure neither repeats nor stops another.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from xiaobao.base.events.models import Delivery, State
from xiaobao.base.events.registry import handlers_of
from xiaobao.kernel import ports
from xiaobao.kernel.masks import mask_text

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
LONGEST_ERROR = 500

log = logging.getLogger(__name__)


def deliver_event(event_id: int) -> int:
    """Wake every handler of one event that has not heard of it yet; how many succeeded."""
    waiting = Delivery.objects.filter(event_id=event_id).exclude(state=State.DONE)
    return sum(deliver(pk) for pk in waiting.order_by("id").values_list("pk", flat=True))


def deliver_due(now: datetime, *, limit: int = 500) -> dict[str, int]:
    """Wake the handlers whose time has come, oldest first; counts of what came of it."""
    due = Delivery.objects.filter(next_at__lte=now).exclude(state=State.DONE).order_by("next_at", "id")
    done = [deliver(pk) for pk in due.values_list("pk", flat=True)[:limit]]
    return {"delivered": sum(done), "not_delivered": len(done) - sum(done)}


def deliver(delivery_id: int) -> bool:
    """Whether this call woke the handler with success; False too if another process is at it."""
    try:
        with transaction.atomic():
            delivery = _take(delivery_id)
            if delivery is None:
                return False
            _wake(delivery)
            delivery.state, delivery.done_at, delivery.error = State.DONE, ports.now(), ""
            delivery.attempts += 1
            delivery.save()
            return True
    except Exception as error:
        log.exception("delivery %s failed and will be tried again", delivery_id)
        _put_off(delivery_id, error)
        return False


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling from a minute to six hours."""
    doublings = max(0, min(attempts - 1, 20))
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _take(delivery_id: int) -> Delivery | None:
    open_ones = Delivery.objects.exclude(state=State.DONE).filter(pk=delivery_id)
    return open_ones.select_related("event").select_for_update(skip_locked=True, of=("self",)).first()


def _wake(delivery: Delivery) -> None:
    handler = handlers_of(delivery.event.name).get(delivery.handler)
    if handler is None:
        raise LookupError(f"{delivery.handler} is not wired to {delivery.event.name} any more")
    handler(delivery.event.payload, delivery.event.key)


def _put_off(delivery_id: int, error: Exception) -> None:
    with transaction.atomic():
        delivery = _take(delivery_id)
        if delivery is None:
            return
        delivery.attempts += 1
        delivery.state = State.FAILED
        delivery.error = mask_text(f"{type(error).__name__}: {error}")[:LONGEST_ERROR]
        delivery.next_at = ports.now() + pause_after(delivery.attempts)
        delivery.save()
