"""The decision on Apache Flink: a keyed process function an entity, checkpoints for state.

Needs PyFlink in an environment of its own (`make test-flink`). Flink's event time is the arrival
sequence here, so every keyed stage takes its events in the order of arrival, whatever path they
came by: the answers are those of the single process. Source and sink are the caller's: files in
the test, Kafka topics (request, decision) at a bank. What is no event is answered with the refusal
that it gets over HTTP.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from pyflink.common import Duration, Types, WatermarkStrategy
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import DataStream, KeyedProcessFunction, TimeDomain
from pyflink.datastream.state import MapStateDescriptor, ValueStateDescriptor

from xiaobao.engines.fraud.brake import Brake
from xiaobao.engines.fraud.engine import Model, Settings
from xiaobao.engines.fraud.events import EventError, parse, refusal
from xiaobao.engines.fraud.keyed import Judge, KeyStage, Partial, Stage, stages
from xiaobao.engines.fraud.windows import HOUR

Item = tuple[int, Any]  # arrival sequence, and a Partial or the refusal
Load = Callable[[], tuple[Settings, Model | None]]
SEPARATOR = "\t"


class _Arrival(TimestampAssigner):  # type: ignore[misc]
    def extract_timestamp(self, value: str, record_timestamp: int) -> int:
        return _sequence(value)


def _sequence(line: str) -> int:
    """The number before the tab; -1, which holds nothing up, when there is none."""
    head = line.partition(SEPARATOR)[0]
    return int(head) if SEPARATOR in line and re.fullmatch("[0-9]{1,18}", head) else -1


def by_arrival(slack: int = 0) -> WatermarkStrategy:
    """Order by the sequence number before the tab; `slack` for sources that mix partitions."""
    if slack:
        return WatermarkStrategy.for_bounded_out_of_orderness(
            Duration.of_millis(slack)
        ).with_timestamp_assigner(_Arrival())
    return WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(_Arrival())


def decisions(lines: DataStream, load: Load, *, remember_hours: int = 72) -> DataStream:
    """Lines `sequence TAB event` to lines of decisions as JSON, each event once; refusals among them.

    `load` is called in every worker and must give the same definitions everywhere.
    """
    settings, _ = load()
    pickled = Types.PICKLED_BYTE_ARRAY()
    read = lines.map(_read, output_type=pickled)
    refused = read.filter(lambda item: not isinstance(item[1], Partial))
    stream = read.filter(lambda item: isinstance(item[1], Partial))
    stream = stream.key_by(lambda item: item[1].event.event_id).process(_Once(remember_hours), pickled)
    for stage in stages(settings.features):
        stream = stream.key_by(_key_of(stage)).process(_Features(stage, settings.grace), pickled)
    # The brake looks at all decisions together: with limits the last stage has one key.
    key = (lambda item: 0) if settings.limits else (lambda item: item[0] % 64)
    judged = stream.key_by(key).process(_Judge(load), Types.STRING())
    return judged.union(refused.map(lambda item: item[1], output_type=Types.STRING()))


def _read(line: str) -> Item:
    sequence = _sequence(line)
    try:
        if sequence < 0:
            raise EventError("event.sequence", "每行应为“到达序号 TAB 事件”，序号是不为负的整数")
        return sequence, Partial(parse(line.partition(SEPARATOR)[2].encode()), {})
    except EventError as wrong:
        return sequence, msgspec.json.encode(refusal(wrong)).decode()


def _key_of(stage: Stage) -> Callable[[Item], str]:
    """The entity; events without one are spread by their own id."""
    entity = stage.entity
    return lambda item: getattr(item[1].event, entity) or f"\0{item[1].event.event_id}"


class _InOrder(KeyedProcessFunction):  # type: ignore[misc]
    """Holds what arrived until the watermark says that nothing earlier can come for this key.

    The watermark stands one below the newest number. Numbers are given once, so when it reaches the
    number before an event's, that event is next: it need not wait for another to push it out.
    """

    def open(self, context: Any) -> None:
        pickled = Types.PICKLED_BYTE_ARRAY()
        self.held = context.get_map_state(_map("held"))
        self.kept = context.get_state(ValueStateDescriptor("kept", pickled))

    def process_element(self, value: Item, context: Any) -> None:
        self.held.put(value[0], value[1])
        context.timer_service().register_event_time_timer(value[0] - 1)

    def on_timer(self, timestamp: int, context: Any) -> Iterator[Any]:
        sequence = timestamp + 1
        partial = self.held.get(sequence)
        self.held.remove(sequence)
        yield self.take(sequence, partial)

    def take(self, sequence: int, partial: Partial) -> Any:
        raise NotImplementedError


class _Features(_InOrder):
    def __init__(self, stage: Stage, grace: int) -> None:
        self.stage, self.grace = stage, grace

    def open(self, context: Any) -> None:
        super().open(context)
        self.work = KeyStage(self.stage, self.grace)

    def take(self, sequence: int, partial: Partial) -> Item:
        state = self.work.update(self.kept.value(), partial)
        if state is not None:
            self.kept.update(state)
        return sequence, partial


class _Judge(_InOrder):
    def __init__(self, load: Load) -> None:
        self.load = load

    def open(self, context: Any) -> None:
        super().open(context)
        settings, model = self.load()
        self.judge = Judge(settings, model)
        self.limits = settings.limits

    def take(self, sequence: int, partial: Partial) -> str:
        brake = (self.kept.value() or Brake(self.limits)) if self.limits else None
        decision = self.judge.decide(partial, brake)
        if brake is not None:
            self.kept.update(brake)
        return msgspec.json.encode(decision).decode()


class _Once(_InOrder):
    """Lets the first event of an id through; `hours` later the id is forgotten."""

    def __init__(self, hours: int) -> None:
        self.hours = hours

    def on_timer(self, timestamp: int, context: Any) -> Iterator[Item]:
        if context.time_domain() == TimeDomain.PROCESSING_TIME:
            self.kept.clear()
            return
        for item in super().on_timer(timestamp, context):
            if not self.kept.value():
                self.kept.update(True)
                # A timer, not a time to live: Flink 2.3 cannot restore Python state that has one.
                timers = context.timer_service()
                timers.register_processing_time_timer(timers.current_processing_time() + self.hours * HOUR)
                yield item

    def take(self, sequence: int, partial: Partial) -> Item:
        return sequence, partial


def _map(name: str) -> Any:
    return MapStateDescriptor(name, Types.LONG(), Types.PICKLED_BYTE_ARRAY())
