"""The online executor: exact windows, one event at a time, state kept per entity key.

Per key and group the times stand in one list with running sums beside it; each window edge
is a head that only moves forward, so an event costs a few steps however long the window is.
Sums of integer fen stay integers: they never drift.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any

from xiaobao.engines.fraud.conditions import compile_conditions
from xiaobao.engines.fraud.movers import Mover, plain
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Window

Number = int | float
Value = int | float | str | None
Event = Mapping[str, Any]

_TRIM = 1024
_OTHERS, _COUNTS, _MEANS = 0, 1, 2
_SUMMED = frozenset({Aggregate.SUM, Aggregate.MEAN, Aggregate.STDDEV})
_MOVING = frozenset({Aggregate.MIN, Aggregate.MAX, Aggregate.DISTINCT})
_NUMBERS = (int, float, bool)
_KEPT = _MOVING | {Aggregate.LAST}


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where one window finds its edges and its column, worked out once."""

    place: int
    window: Window
    low: int
    high: int  # -1: the newest event
    column: int  # in sums, squares or kept, by aggregate
    square: int
    kind: int  # _COUNTS, _MEANS or _OTHERS


@dataclass(frozen=True, slots=True)
class _Group:
    """Windows that look at the same events of the same entity, and the columns they need."""

    entity: str
    accepts: Callable[[Event], bool] | None
    plans: tuple[_Plan, ...]
    steps: tuple[tuple[int, int, int, int, int, _Plan], ...]  # the plans, unpacked for speed
    lags: tuple[int, ...]
    summed: tuple[str, ...]
    squared: tuple[str, ...]
    kept: tuple[str, ...]
    single: str  # the one summed field where nothing else is kept


class _Track:
    """One key's columns, heads, and the moving counters of min, max and distinct."""

    __slots__ = ("base", "heads", "kept", "movers", "newest", "squares", "sums", "times")

    def __init__(self, group: _Group) -> None:
        self.base = 0
        self.newest = -1
        self.times: list[int] = []
        self.sums: list[list[Number]] = [[0] for _ in group.summed]
        self.squares: list[list[Number]] = [[0] for _ in group.squared]
        self.kept: list[list[Any]] = [[] for _ in group.kept]
        self.heads = [0] * len(group.lags)
        self.movers: dict[int, Mover] = {}


class OnlineFeatures:
    """All windows of a feature set over a stream of events.

    `update(event)` takes the event into account and returns its features, in the order of
    `features.names`. An event older than the newest of its key by more than `grace`
    milliseconds is answered for but not kept; `late` and `too_late` count them.
    """

    def __init__(self, features: FeatureSet, *, grace: int = 0, time: str = "occurred_at") -> None:
        self.features = features
        self.grace = grace
        self.late = 0
        self.too_late = 0
        self._time = time
        self._groups = _groups(features, grace)
        self._tracks: tuple[dict[Any, _Track], ...] = tuple({} for _ in self._groups)

    @property
    def keys(self) -> int:
        """Entity keys with state, over all groups."""
        return sum(len(tracks) for tracks in self._tracks)

    def update(self, event: Event) -> list[Value]:
        """Features of the event, itself included where a window has no delay."""
        out: list[Value] = [None] * len(self.features.windows)
        moment: int = event[self._time]
        for group, tracks in zip(self._groups, self._tracks, strict=True):
            key = event.get(group.entity)
            track = tracks.get(key) if key is not None else None
            if track is None:
                track = _Track(group)
                if key is not None:
                    tracks[key] = track
            self._one(group, track, event, moment, out)
        return out

    def lend(self, key: Any, tracks: Sequence[Any]) -> None:
        """Use what `give_back` returned for this key: its state is kept elsewhere between events."""
        for kept, track in zip(self._tracks, tracks, strict=True):
            if track is not None:
                kept[key] = track

    def give_back(self, key: Any) -> list[Any]:
        """The state of one key, forgotten here: one picklable entry a group, None where there is none."""
        return [kept.pop(key, None) for kept in self._tracks]

    def state(self) -> list[Any]:
        """Everything a snapshot needs, as plain lists; counters of min, max, distinct are found anew."""
        tracks = [
            [
                [
                    key,
                    track.base,
                    track.newest,
                    track.times,
                    track.sums,
                    track.squares,
                    track.kept,
                    track.heads,
                ]
                for key, track in kept.items()
            ]
            for kept in self._tracks
        ]
        return [self.late, self.too_late, tracks]

    def restore(self, state: Sequence[Any]) -> None:
        """Take over what `state()` of the same feature set returned."""
        self.late, self.too_late, groups = state
        for group, tracks, rows in zip(self._groups, self._tracks, groups, strict=True):
            tracks.clear()
            for key, *columns in rows:
                track = tracks[key] = _Track(group)
                (
                    track.base,
                    track.newest,
                    track.times,
                    track.sums,
                    track.squares,
                    track.kept,
                    track.heads,
                ) = columns

    def _one(self, group: _Group, track: _Track, event: Event, moment: int, out: list[Value]) -> None:
        accepted = group.accepts is None or group.accepts(event)
        times = track.times
        if moment < track.newest:
            self._late(group, track, event, accepted, out)
            return
        track.newest = moment
        elapsed = moment - times[-1] if times else None
        if accepted:
            _append(group, track, event, moment)
        _advance(group.lags, track, moment)
        _answer(group, track, elapsed, out)
        if track.heads and track.heads[-1] > _TRIM:
            _trim(track)

    def _late(self, group: _Group, track: _Track, event: Event, accepted: bool, out: list[Value]) -> None:
        """An event that comes after a newer one of its key: placed where it belongs, or only answered for."""
        moment: int = event[self._time]
        place = bisect_right(track.times, moment)
        elapsed = moment - track.times[place - 1] if place else None
        kept = accepted and track.newest - moment <= self.grace
        if accepted:
            self.late += kept
            self.too_late += not kept
        view = track if kept else _copy(group, track)
        if accepted:
            _insert(group, view, event, moment, place)
            place += 1
        for plan in group.plans:
            window = plan.window
            low = bisect_right(view.times, moment - window.length - window.delay)
            high = place if window.delay == 0 else bisect_right(view.times, moment - window.delay)
            if window.aggregate in _MOVING:
                out[plan.place] = plain(window.aggregate, view.kept[plan.column][low:high])
            else:
                out[plan.place] = _value(view, plan, low, high, elapsed)
        if kept:
            _rewind(group, track)


def _groups(features: FeatureSet, grace: int) -> tuple[_Group, ...]:
    found: dict[tuple[str, tuple[Condition, ...]], list[tuple[int, Window]]] = {}
    for place, window in enumerate(features.windows):
        found.setdefault((window.entity, window.where), []).append((place, window))
    return tuple(_group(entity, where, windows, grace) for (entity, where), windows in found.items())


def _group(
    entity: str, where: tuple[Condition, ...], windows: Sequence[tuple[int, Window]], grace: int
) -> _Group:
    lags = {window.length + window.delay for _, window in windows}
    lags |= {window.delay for _, window in windows if window.delay}

    def fields(aggregates: frozenset[Aggregate]) -> tuple[str, ...]:
        return tuple(sorted({window.value for _, window in windows if window.aggregate in aggregates}))

    if grace:
        lags.add(max(lags) + grace)  # a late event still finds its whole window
    group = _Group(
        entity=entity,
        accepts=compile_conditions(where) if where else None,
        plans=(),
        steps=(),
        lags=tuple(sorted(lags)),
        summed=fields(_SUMMED),
        squared=fields(frozenset({Aggregate.STDDEV})),
        kept=fields(_KEPT),
        single="",
    )
    if len(group.summed) == 1 and not (group.squared or group.kept):
        group = replace(group, single=group.summed[0])
    plans = tuple(_plan(group, place, window) for place, window in windows)
    steps = tuple((one.place, one.low, one.high, one.kind, one.column, one) for one in plans)
    return replace(group, plans=plans, steps=steps)


def _plan(group: _Group, place: int, window: Window) -> _Plan:
    columns = group.summed if window.aggregate in _SUMMED else group.kept
    return _Plan(
        place=place,
        window=window,
        low=group.lags.index(window.length + window.delay),
        high=group.lags.index(window.delay) if window.delay else -1,
        column=columns.index(window.value) if window.value in columns else -1,
        square=group.squared.index(window.value) if window.value in group.squared else -1,
        kind={Aggregate.COUNT: _COUNTS, Aggregate.MEAN: _MEANS}.get(window.aggregate, _OTHERS),
    )


def _answer(group: _Group, track: _Track, elapsed: int | None, out: list[Value]) -> None:
    """Counts, sums and means here, where most windows end; the rest apart."""
    heads, columns, size = track.heads, track.sums, len(track.times)
    for place, low_edge, high_edge, kind, column, plan in group.steps:
        low = heads[low_edge]
        high = size if high_edge < 0 else heads[high_edge]
        if kind == _COUNTS:
            out[place] = high - low
        elif kind == _MEANS:
            sums = columns[column]
            out[place] = (sums[high] - sums[low]) / (high - low) if high > low else 0
        else:
            out[place] = _value(track, plan, low, high, elapsed)


def _append(group: _Group, track: _Track, event: Event, moment: int) -> None:
    track.times.append(moment)
    if group.single:
        value, sums = event.get(group.single), track.sums[0]
        sums.append(sums[-1] + (value if value.__class__ is int else _number(event, group.single)))
        return
    if group.summed:
        for field, sums in zip(group.summed, track.sums, strict=False):
            sums.append(sums[-1] + _number(event, field))
    if group.squared:
        for field, squares in zip(group.squared, track.squares, strict=False):
            squares.append(squares[-1] + _number(event, field) ** 2)
    if group.kept:
        for field, kept in zip(group.kept, track.kept, strict=False):
            kept.append(event.get(field))


def _number(event: Event, field: str) -> Number:
    """What is added up; a missing field or a word counts as nothing."""
    value = event.get(field)
    return value if value.__class__ is int or value.__class__ in _NUMBERS else 0


def _insert(group: _Group, track: _Track, event: Event, moment: int, place: int) -> None:
    track.times.insert(place, moment)
    for field, column in zip(group.kept, track.kept, strict=True):
        column.insert(place, event.get(field))
    for fields, columns, power in ((group.summed, track.sums, 1), (group.squared, track.squares, 2)):
        for field, column in zip(fields, columns, strict=True):
            amount = _number(event, field) ** power
            column[place + 1 :] = [column[place] + amount, *(total + amount for total in column[place + 1 :])]


def _advance(lags: Sequence[int], track: _Track, moment: int) -> None:
    times, heads = track.times, track.heads
    size = len(times)
    for place, lag in enumerate(lags):
        head, limit = heads[place], moment - lag
        if head < size and times[head] <= limit:
            while head < size and times[head] <= limit:
                head += 1
            heads[place] = head


def _value(track: _Track, plan: _Plan, low: int, high: int, elapsed: int | None) -> Value:
    count = high - low
    match plan.window.aggregate:
        case Aggregate.COUNT:
            return count
        case Aggregate.SUM:
            sums = track.sums[plan.column]
            return sums[high] - sums[low]
        case Aggregate.MEAN:
            sums = track.sums[plan.column]
            return (sums[high] - sums[low]) / count if count else 0
        case Aggregate.STDDEV:
            return _spread(track.sums[plan.column], track.squares[plan.square], low, high)
        case Aggregate.LAST:
            return _last(track.kept[plan.column], low, high)
        case Aggregate.SECONDS_SINCE:
            return _since(elapsed, plan.window.length)
        case _:
            return _extreme(track, plan, low, high)


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


def _extreme(track: _Track, plan: _Plan, low: int, high: int) -> Value:
    column: list[Any] = track.kept[plan.column]
    mover = track.movers.get(plan.place)
    if mover is None:
        mover = track.movers[plan.place] = Mover(plan.window.aggregate, track.base)
    return mover.move(column, low, high, track.base)


def _trim(track: _Track) -> None:
    """Forget the rows that every window has left behind."""
    cut = track.heads[-1]
    del track.times[:cut]
    for column in (*track.sums, *track.squares, *track.kept):
        del column[:cut]
    track.heads = [head - cut for head in track.heads]
    track.base += cut


def _rewind(group: _Group, track: _Track) -> None:
    """After an insertion: heads and counters are found anew from the newest event."""
    track.heads = [bisect_right(track.times, track.newest - lag) for lag in group.lags]
    track.movers = {}


def _copy(group: _Group, track: _Track) -> _Track:
    view = _Track(group)
    view.times = track.times.copy()
    view.sums = [column.copy() for column in track.sums]
    view.squares = [column.copy() for column in track.squares]
    view.kept = [column.copy() for column in track.kept]
    return view
