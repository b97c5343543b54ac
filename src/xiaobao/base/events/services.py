"""Writing to the outbox inside a command's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from xiaobao.base.events import delivery
from xiaobao.base.events.models import Delivery, Event
from xiaobao.base.events.registry import connect, handlers_of
from xiaobao.kernel import ports

__all__ = ["connect", "publish"]


def publish(*, name: str, key: str, payload: Mapping[str, Any]) -> None:
    """Keep the event with one delivery a handler; they are woken after the commit.

    `name` is `room.Event`, such as `complaints.Received`; `key` names the object, `payload` holds
    plain JSON values. An event nobody waits for is not kept.
    """
    waiting = handlers_of(name)
    if not waiting:
        return
    at = ports.now()
    event = Event.objects.create(name=name, key=key, payload=dict(payload), at=at)
    Delivery.objects.bulk_create(Delivery(event=event, handler=handler, next_at=at) for handler in waiting)
    transaction.on_commit(partial(delivery.deliver_event, event.pk), robust=True)
