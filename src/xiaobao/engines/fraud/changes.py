"""What changes a running engine besides events: each is a record of the journal, in its place among the events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from xiaobao.engines.fraud.controls import Lift, Snooze
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.journal import Record, RecordKind


@dataclass(frozen=True, slots=True)
class Change:
    """A record and what it does once it is durable."""

    kind: RecordKind
    payload: bytes
    apply: Callable[[Engine], None]


def publication(fresh: Engine) -> Change:
    """Rules, lists, limits and model of an engine without state, for one that runs."""
    return Change(RecordKind.SETUP, fresh.setup.encode(), lambda engine: engine.publish(fresh))


def snoozing(snooze: Snooze) -> Change:
    """A rule left out for a customer."""
    payload = msgspec.json.encode(snooze)
    return Change(RecordKind.SNOOZE, payload, lambda engine: engine.snooze(snooze))


def lifting(lift: Lift) -> Change:
    """A rule that the brake set aside, put back."""
    return Change(RecordKind.LIFT, msgspec.json.encode(lift), lambda engine: engine.brake.lift(lift))


def read_change(record: Record) -> Change:
    """The change in a record that is neither an event nor a publication."""
    if record.kind is RecordKind.LIFT:
        return lifting(msgspec.json.decode(record.payload, type=Lift))
    return snoozing(msgspec.json.decode(record.payload, type=Snooze))
