"""The online executor: exact windows, one event at a time, state kept per entity key.

Per key and group the times stand in one list with running sums beside it; each window edge
is a head that only moves forward, so an event costs a few steps however long the window is.
Sums of integer fen stay integers: they never drift.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import sqrt
from typing import Any

from xiaobao.engines.fraud.movers import Mover, plain
from xiaobao.engines.fraud.tracks import (
    MOVING,
    NONE,
    TRIM,
    UNIT_BITS,
    Event,
    Group,
    Number,
    Plan,
    Track,
    Value,
    append,
    copy_of,
    drop_oldest,
    groups_of,
    in_units,
    insert,
    packed,
    rewind,
    trim,
    unpacked,
    unscaled,
)
from xiaobao.engines.fraud.windows import Aggregate, DefinitionError, FeatureSet

MOST = 1_000_000  # events of one key that are kept


class OnlineFeatures:
    """All windows of a feature set over a stream of events.

    `update(event)` takes the event into account and returns its features, in the order of
    `features.names`. An event older than the newest of its key by more than `grace`
    milliseconds is answered for but not kept; `late` and `too_late` count them.

    Of one key at most `most` events are kept: past that the oldest sixteenth goes, and until the
    windows have left it behind its answers are of the newest events alone; `short` counts those.
    """

    def __init__(
        self, features: FeatureSet, *, grace: int = 0, time: str = "occurred_at", most: int = MOST
    ) -> None:
        self.features = features
        self.grace = grace
        self.late = 0
        self.too_late = 0
        self.short = 0
        self._most = most
        self._time = time
        self._groups = groups_of(features, grace)
        self._tracks: tuple[dict[Any, Track], ...] = tuple({} for _ in self._groups)
        self._pairs = tuple(zip(self._groups, self._tracks, strict=True))

    @property
    def keys(self) -> int:
        """Entity keys with state, over all groups."""
        return sum(len(tracks) for tracks in self._tracks)

    def update(self, event: Event, *, keep: bool = True) -> list[Value]:
        """Features of the event, itself included where a window has no delay.

        With `keep` False the event is answered for and leaves no trace.
        """
        out: list[Value] = [None] * len(self.features.windows)
        moment: int = event[self._time]
        for group, tracks in self._pairs:
            key = event.get(group.entity)
            track = tracks.get(key) if key is not None else None
            if track is None:
                track = Track(group)
                if key is not None and keep:
                    tracks[key] = track
            if moment >= track.newest and keep:
                self._one(group, track, event, moment, out)
            else:
                self._late(group, track, event, out, keep=keep)
        return out

    def lend(self, key: Any, tracks: Sequence[Any]) -> None:
        """Use what `give_back` returned for this key: its state is kept elsewhere between events."""
        for kept, track in zip(self._tracks, tracks, strict=True):
            if track is not None:
                kept[key] = track

    def give_back(self, key: Any) -> list[Any]:
        """The state of one key, forgotten here: one picklable entry a group, None where there is none."""
        return [kept.pop(key, None) for kept in self._tracks]

    def state(self, *, wide: bool = False) -> list[Any]:
        """Everything a snapshot needs, as plain lists; counters of min, max, distinct are found anew.

        With `wide`, columns with numbers beyond 64 bits go as decimal text.
        """
        pack = packed if wide else list
        tracks = [
            [
                [
                    key,
                    track.base,
                    track.newest,
                    track.times,
                    pack(track.sums),
                    pack(track.squares),
                    track.kept,
                    track.heads,
                    track.lost,
                ]
                for key, track in kept.items()
            ]
            for kept in self._tracks
        ]
        return [self.late, self.too_late, tracks, self.short, UNIT_BITS, self.grace]

    def restore(self, state: Sequence[Any]) -> None:
        """Take over what `state()` of the same feature set returned.

        Raises: DefinitionError for totals of attributes in other units.
        """
        self.late, self.too_late, groups, *more = state
        self.short = more[0] if more else 0
        if more[1:2] != [UNIT_BITS] and any(map(in_units, self.features.windows)):
            raise DefinitionError("快照中属性的合计用了旧的单位，请移走 snapshots 目录，从日志重放")
        for group, tracks, rows in zip(self._groups, self._tracks, groups, strict=True):
            tracks.clear()
            for key, *columns in rows:
                track = tracks[key] = Track(group)
                track.base, track.newest, track.times, sums, squares, kept, track.heads, *lost = columns
                track.sums, track.squares, track.kept = (
                    unpacked(sums) or NONE,
                    unpacked(squares) or NONE,
                    kept or NONE,
                )
                track.lost = lost[0] if lost else -1
                if more[2:] != [self.grace]:
                    rewind(group, track)  # another grace has other edges

    def _one(self, group: Group, track: Track, event: Event, moment: int, out: list[Value]) -> None:
        times, heads = track.times, track.heads
        track.newest = moment
        elapsed = moment - times[-1] if times else None
        if group.accepts is None or group.accepts(event):
            append(group, track, event, moment)
        size = len(times)
        for place, lag in group.numbered:
            head, limit = heads[place], moment - lag
            if head < size and times[head] <= limit:
                while head < size and times[head] <= limit:
                    head += 1
                heads[place] = head
        if size > self._most:
            size -= drop_oldest(group, track, self._most // 16 + 1)
            heads = track.heads
        _answer(group, track, elapsed, out)
        if track.lost >= 0:
            self._short(group, track, moment)
        if heads[-1] > TRIM and heads[-1] * 2 > size:
            trim(track, heads[-1])

    def _short(self, group: Group, track: Track, moment: int) -> None:
        if track.lost > moment - group.reach:
            self.short += 1
        else:
            track.lost = -1

    def _late(self, group: Group, track: Track, event: Event, out: list[Value], *, keep: bool) -> None:
        """An event that comes after a newer one of its key: placed where it belongs, or only answered for."""
        accepted = group.accepts is None or group.accepts(event)
        moment: int = event[self._time]
        place = bisect_right(track.times, moment)
        elapsed = moment - track.times[place - 1] if place else None
        kept = accepted and keep and track.newest - moment <= self.grace
        if accepted:
            self.late += kept
            self.too_late += not kept
        view = track if kept else copy_of(group, track)
        if accepted:
            insert(group, view, event, moment, place)
            place += 1
        if kept:
            rewind(group, track)
        for plan in group.plans:
            window = plan.window
            low = bisect_right(view.times, moment - window.length - window.delay)
            high = place if window.delay == 0 else bisect_right(view.times, moment - window.delay)
            if window.aggregate in MOVING:
                out[plan.place] = plain(window.aggregate, view.kept[plan.column][low:high])
            else:
                out[plan.place] = _value(view, plan, low, high, elapsed)
        if track.lost > moment - group.reach:
            self.short += 1


def _answer(group: Group, track: Track, elapsed: int | None, out: list[Value]) -> None:
    """Counts and means here, where most windows end; the rest apart."""
    heads, columns, size = track.heads, track.sums, len(track.times)
    for low_edge, high_edge, counted, meant, column, others in group.spans:
        low = heads[low_edge]
        high = size if high_edge < 0 else heads[high_edge]
        count = high - low
        if counted >= 0:
            out[counted] = count
        if meant >= 0:
            sums = columns[column]
            out[meant] = (sums[high] - sums[low]) / count if count else 0
        for plan in others:
            out[plan.place] = _value(track, plan, low, high, elapsed)


def _value(track: Track, plan: Plan, low: int, high: int, elapsed: int | None) -> Value:
    count = high - low
    match plan.window.aggregate:
        case Aggregate.COUNT:
            return count
        case Aggregate.SUM:
            total = _total(track, plan, low, high)
            return unscaled(total) if in_units(plan.window) else total
        case Aggregate.MEAN:
            unit = 1 << UNIT_BITS if in_units(plan.window) else 1
            return _total(track, plan, low, high) / count / unit if count else 0
        case Aggregate.STDDEV:
            unit = 1 << UNIT_BITS if in_units(plan.window) else 1
            return _spread(track.sums[plan.column], track.squares[plan.square], low, high) / unit
        case Aggregate.LAST:
            return _last(track.kept[plan.column], low, high)
        case Aggregate.SECONDS_SINCE:
            return _since(elapsed, plan.window.length)
        case _:
            return _extreme(track, plan, low, high)


def _total(track: Track, plan: Plan, low: int, high: int) -> Number:
    sums = track.sums[plan.column]
    return sums[high] - sums[low]


def _spread(sums: Sequence[Number], squares: Sequence[Number], low: int, high: int) -> float:
    count = high - low
    if count == 0:
        return 0.0
    total, square = sums[high] - sums[low], squares[high] - squares[low]
    return sqrt(max(0, count * square - total * total)) / count


def _last(column: Sequence[Value], low: int, high: int) -> Value:
    return column[high - 1] if high > low else None


def _since(elapsed: int | None, length: int) -> float | None:
    return None if elapsed is None or elapsed >= length else elapsed / 1000


def _extreme(track: Track, plan: Plan, low: int, high: int) -> Value:
    column: list[Any] = track.kept[plan.column]
    if track.movers is None:
        track.movers = {}
    mover = track.movers.get(plan.place)
    if mover is None:
        mover = track.movers[plan.place] = Mover(plan.window.aggregate, track.base)
    return mover.move(column, low, high, track.base)
