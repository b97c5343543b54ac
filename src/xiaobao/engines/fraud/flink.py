"""The decision on Apache Flink: a keyed process function an entity, checkpoints for state.

Needs PyFlink in an environment of its own (`make test-flink`), in thread mode (`topics.embedded`):
Python runs inside the JVM, with Java's own timers and state. Flink's event time is the arrival
sequence here, so every keyed stage takes its events in the order of arrival, whatever path they
came by: the answers are those of the single process. Source and sink are the caller's: files in
the test, Kafka topics (request, decision) at a bank. What is no event is answered with the refusal
that it gets over HTTP.

Each step between Java and Python costs more than the work on one event. So a stage is keyed by the
bucket of its entity, all that is due in a bucket is taken together, and goes on as one batch a bucket
of the next stage; the state of each entity stands by itself in its bucket.
"""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zlib import crc32

import msgspec
from pyflink.common import Duration, Types, WatermarkStrategy
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import DataStream, KeyedProcessFunction, OutputTag, ProcessFunction, TimeDomain
from pyflink.datastream.state import MapStateDescriptor, ValueStateDescriptor

from xiaobao.engines.fraud.brake import Brake
from xiaobao.engines.fraud.engine import Model, Settings
from xiaobao.engines.fraud.events import EventError, parse, refusal
from xiaobao.engines.fraud.keyed import Judge, KeyStage, Partial, Stage, Wired, stages, unwired, wired
from xiaobao.engines.fraud.topics import BUCKETS
from xiaobao.engines.fraud.windows import HOUR, SECOND

Item = tuple[int, Wired | None]  # arrival sequence, and the event with what was found so far
Batch = tuple[int, list[Item]]  # bucket, and its items in the order of arrival
Load = Callable[[], tuple[Settings, Model | None]]
Key = Callable[[int, Partial], str]
SEPARATOR = "\t"
NEAR = 4_096  # entities whose state a worker also keeps at hand, so as not to read back what it wrote
TOGETHER = 10 * SECOND  # remembered ids are forgotten in groups
_PICKLED = Types.PICKLED_BYTE_ARRAY()
_REFUSED = OutputTag("refused", Types.STRING())


class ModeError(RuntimeError):
    """The job would run Python beside the JVM, where a restored checkpoint loses events."""


class _Arrival(TimestampAssigner):  # type: ignore[misc]
    def extract_timestamp(self, value: Batch, record_timestamp: int) -> int:
        return value[1][0][0]


def decisions(
    lines: DataStream,
    load: Load,
    *,
    order: WatermarkStrategy | None = None,
    buckets: int = BUCKETS,
    remember_hours: int = 72,
) -> DataStream:
    """Lines `sequence TAB event` to lines of decisions as JSON, each event once; refusals among them.

    `load` is called in every worker and must give the same definitions everywhere; `order` is
    `by_arrival` for the source. A line with nothing after the tab is no event: it says that everything
    before its number has come. Raises: ModeError outside thread mode.
    """
    _refuse_processes(lines)
    settings, _ = load()
    cut = stages(settings.features)
    # The brake looks at all decisions together: with limits the last stage has one key.
    keys = [*map(_by_entity, cut), _by_none if settings.limits else _by_sequence]
    routes = [_Route(key, buckets) for key in keys]
    read = _as_wide(lines, lambda: lines.process(_Read(_Route(_by_id, buckets)), _PICKLED))
    stream = _as_wide(lines, lambda: read.assign_timestamps_and_watermarks(order or by_arrival()))
    work: list[_InOrder] = [_Once(remember_hours, routes[0])]
    work += [_Features(stage, settings, route) for stage, route in zip(cut, routes[1:], strict=True)]
    for stage in work:
        stream = stream.key_by(_first, Types.LONG()).process(stage, _PICKLED)
    judged = stream.key_by(_first, Types.LONG()).process(_Judge(load), Types.STRING())
    return judged.union(read.get_side_output(_REFUSED))


def _as_wide(lines: DataStream, build: Callable[[], DataStream]) -> DataStream:
    """As many workers as the source has: one to which nothing comes would hold the watermark back."""
    environment = lines.get_execution_environment()
    wide = environment.get_parallelism()
    environment.set_parallelism(lines._j_data_stream.getParallelism())
    try:
        return build()
    finally:
        environment.set_parallelism(wide)


def _refuse_processes(lines: DataStream) -> None:
    """PyFlink's process mode moves the watermark on while a checkpoint begins: timers are lost from it."""
    environment = lines.get_execution_environment()._j_stream_execution_environment
    mode = environment.getConfiguration().getString("python.execution-mode", "process")
    if mode != "thread":
        raise ModeError(f"python.execution-mode 须为 thread（现为 {mode}），见 topics.embedded")


def by_arrival(slack: int = 0, quiet_ms: int = 0) -> WatermarkStrategy:
    """Order by the sequence number, for sources that mix partitions too.

    `slack` is how far the sequence may run ahead in one of them; one that is silent for `quiet_ms`
    holds the others up no longer.
    """
    found = WatermarkStrategy.for_bounded_out_of_orderness(Duration.of_millis(slack))
    if quiet_ms:
        found = found.with_idleness(Duration.of_millis(quiet_ms))
    return found.with_timestamp_assigner(_Arrival())


def _first(pair: Batch | Item) -> int:
    return pair[0]


def _by_id(sequence: int, partial: Partial) -> str:
    return partial.event.event_id


def _by_entity(stage: Stage) -> Key:
    """The entity; events without one are spread by their own id."""
    entity = stage.entity
    return lambda _, partial: getattr(partial.event, entity) or partial.event.event_id


def _by_sequence(sequence: int, partial: Partial) -> str:
    return str(sequence)


def _by_none(sequence: int, partial: Partial) -> str:
    return ""


class _Route:
    """Sends what a stage is done with to the buckets of the next."""

    def __init__(self, key: Key, buckets: int) -> None:
        self.key, self.buckets = key, buckets

    def bucket(self, sequence: int, partial: Partial) -> int:
        return crc32(self.key(sequence, partial).encode()) % self.buckets

    def batches(self, done: Iterable[tuple[int, Partial]]) -> Iterator[Batch]:
        found: dict[int, list[Item]] = defaultdict(list)
        for sequence, partial in done:
            found[self.bucket(sequence, partial)].append((sequence, wired(partial)))
        yield from found.items()


class _Read(ProcessFunction):  # type: ignore[misc]
    """Lines to batches of one; what is no event is answered at once."""

    def __init__(self, route: _Route) -> None:
        self.route = route

    def process_element(self, value: str, context: Any) -> Iterator[Any]:
        head, tab, text = value.partition(SEPARATOR)
        try:
            if not tab or not re.fullmatch("[0-9]{1,18}", head):
                raise EventError("event.sequence", "每行应为“到达序号 TAB 事件”，序号是不为负的整数")
            sequence = int(head)
            if not text:
                yield 0, [(sequence, None)]
                return
            partial = Partial(parse(text.encode()), {})
        except EventError as wrong:
            yield _REFUSED, msgspec.json.encode(refusal(wrong)).decode()
        else:
            yield self.route.bucket(sequence, partial), [(sequence, wired(partial))]


class _InOrder(KeyedProcessFunction):  # type: ignore[misc]
    """Holds what arrived until the watermark says that nothing earlier can come for this bucket.

    The watermark stands one below the newest number. Numbers are given once, so when it reaches the
    number before an event's, that event is next: it need not wait for another to push it out. What
    comes later than its turn is taken at once. A timer always stands for a bucket's lowest held number.
    """

    def open(self, context: Any) -> None:
        self.held = context.get_map_state(_map("held", Types.LONG()))
        # A bucket's held batches by their lowest number; found anew after a restore.
        self.lowest: dict[int, list[int]] = {}

    def process_element(self, value: Batch, context: Any) -> Iterator[Any]:
        bucket, items = value
        if items[0][1] is not None:
            timers = context.timer_service()
            turn = timers.current_watermark() + 1
            if self._hold(bucket, items) and items[0][0] > turn:
                timers.register_event_time_timer(items[0][0] - 1)
            elif items[0][0] <= turn:
                yield from self._due(bucket, turn, timers)

    def on_timer(self, timestamp: int, context: Any) -> Iterator[Any]:
        timers = context.timer_service()
        yield from self._due(context.get_current_key(), timers.current_watermark() + 1, timers)

    def _hold(self, bucket: int, items: list[Item]) -> bool:
        """Whether these are now the bucket's lowest."""
        lowest, number = self._lowest(bucket), items[0][0]
        if number in lowest:  # a number given twice
            items = sorted([*self.held.get(number), *items], key=_first)
        else:
            insort(lowest, number)
        self.held.put(number, items)
        return lowest[0] == number

    def _lowest(self, bucket: int) -> list[int]:
        found = self.lowest.get(bucket)
        if found is None:
            found = self.lowest[bucket] = sorted(self.held.keys())
        return found

    def _due(self, bucket: int, turn: int, timers: Any) -> Iterator[Any]:
        """The results for all items up to this number."""
        lowest = self._lowest(bucket)
        reached = bisect_right(lowest, turn)
        if not reached:
            return
        items: list[Item] = []
        for number in lowest[:reached]:
            items += self.held.get(number)
            self.held.remove(number)
        del lowest[:reached]
        items.sort(key=_first)
        end = bisect_right(items, turn, key=_first)
        if end < len(items):
            self._hold(bucket, items[end:])
        if lowest:
            timers.register_event_time_timer(lowest[0] - 1)
        due = [(number, unwired(item)) for number, item in items[:end] if item is not None]
        yield from self.take(due, timers)

    def take(self, items: list[tuple[int, Partial]], timers: Any) -> Iterator[Any]:
        raise NotImplementedError


class _Features(_InOrder):
    def __init__(self, stage: Stage, settings: Settings, route: _Route) -> None:
        self.stage, self.grace, self.most, self.route = stage, settings.grace, settings.most, route
        self.ahead = settings.ahead

    def open(self, context: Any) -> None:
        super().open(context)
        self.kept = context.get_map_state(_map("kept", Types.STRING()))
        self.work = KeyStage(self.stage, self.grace, self.ahead)
        self.near: dict[str, Any] = {}

    def take(self, items: list[tuple[int, Partial]], timers: Any) -> Iterator[Batch]:
        changed = {}
        for _, partial in items:
            key = self.work.key(partial.event)
            state = self.work.update(self._state(key) if key else None, partial)
            if state is not None:
                self.near[key] = changed[key] = state
        for key, state in changed.items():
            self.kept.put(key, state)
        while len(self.near) > NEAR:
            del self.near[next(iter(self.near))]
        yield from self.route.batches(items)

    def _state(self, key: str) -> Any:
        return self.near.pop(key) if key in self.near else self.kept.get(key)


class _Judge(_InOrder):
    def __init__(self, load: Load) -> None:
        self.load = load

    def open(self, context: Any) -> None:
        super().open(context)
        self.kept = context.get_state(ValueStateDescriptor("kept", _PICKLED))
        settings, model = self.load()
        self.judge = Judge(settings, model)
        self.limits = settings.limits

    def take(self, items: list[tuple[int, Partial]], timers: Any) -> Iterator[str]:
        brake = (self.kept.value() or Brake(self.limits)) if self.limits else None
        found = [self.judge.decide(partial, brake) for _, partial in items]
        if brake is not None:
            self.kept.update(brake)
        for decision in found:
            yield msgspec.json.encode(decision).decode()


class _Once(_InOrder):
    """Lets the first event of an id through; `hours` later the id is forgotten."""

    def __init__(self, hours: int, route: _Route) -> None:
        self.hours, self.route = hours, route

    def open(self, context: Any) -> None:
        super().open(context)
        self.seen = context.get_map_state(_map("seen", Types.STRING()))
        self.leaving = context.get_map_state(_map("leaving", Types.LONG()))

    def on_timer(self, timestamp: int, context: Any) -> Iterator[Batch]:
        if context.time_domain() == TimeDomain.EVENT_TIME:
            yield from super().on_timer(timestamp, context)
            return
        for name in self.leaving.get(timestamp) or ():
            self.seen.remove(name)
        self.leaving.remove(timestamp)

    def take(self, items: list[tuple[int, Partial]], timers: Any) -> Iterator[Batch]:
        new = []
        for item in items:
            name = item[1].event.event_id
            if not self.seen.contains(name):
                self.seen.put(name, True)
                new.append(item)
        if new:
            # A timer, not a time to live: the ids of some seconds leave together.
            end = timers.current_processing_time() + self.hours * HOUR
            end += TOGETHER - end % TOGETHER
            leaving = self.leaving.get(end)
            if leaving is None:
                timers.register_processing_time_timer(end)
            self.leaving.put(end, [*(leaving or ()), *(partial.event.event_id for _, partial in new)])
        yield from self.route.batches(new)


def _map(name: str, key: Any) -> Any:
    return MapStateDescriptor(name, key, _PICKLED)
