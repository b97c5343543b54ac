"""Writing to the outbox inside a command's transaction, and trying a delivery again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from xiaobao.base.audit.services import record
from xiaobao.base.events.access import demand
from xiaobao.base.events.delivery import deliver, deliver_event
from xiaobao.base.events.models import Delivery, Event
from xiaobao.base.events.registry import connect, handlers_of
from xiaobao.base.statements import Insert
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

__all__ = ["connect", "delivery_retry", "publish"]

_EVENTS, _DELIVERIES = Insert(Event), Insert(Delivery)


def publish(*, name: str, key: str, payload: Mapping[str, Any]) -> None:
    """Keep the event with one delivery a handler; they are woken after the commit.

    `name` is `room.Event`, such as `complaints.Received`; `key` names the object, `payload` holds
    plain JSON values. An event nobody waits for is not kept.
    """
    waiting = handlers_of(name)
    if not waiting:
        return
    at = ports.now()
    event = Event(name=name, key=key, payload=dict(payload), at=at)
    _EVENTS.put(event)
    deliveries = [Delivery(event=event, handler=handler, next_at=at) for handler in waiting]
    _DELIVERIES.put(*deliveries)
    transaction.on_commit(partial(deliver_event, deliveries), robust=True)


def delivery_retry(*, actor: Actor, delivery_id: int) -> bool:
    """Try one delivery now; whether it succeeded. Raises: NotFound `events.delivery.missing`."""
    demand(actor, "retry")
    with transaction.atomic():
        delivery = Delivery.objects.filter(pk=delivery_id).first()
        if delivery is None:
            raise NotFound("events.delivery.missing", say="没有这条送达记录")
        record(
            actor=actor,
            tag="events:delivery:retry",
            object_id=delivery.pk,
            org_path="",
            after={"handler": delivery.handler, "attempts": delivery.attempts},
        )
    return deliver(delivery_id)
