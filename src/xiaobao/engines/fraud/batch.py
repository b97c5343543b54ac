"""The batch executor: the same windows over whole columns at once.

Events of one key stand together in the order (time, arrival); a window is then a range of
places, found by one binary search an edge, and running totals give its value. Keys whose
events came out of order are computed by the online executor, so late events mean the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table, column_from, mask_of
from xiaobao.engines.fraud.online import OnlineFeatures
from xiaobao.engines.fraud.ranges import count_distinct, extreme, rank_words, shifted
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Window

CHUNK = 500_000
_SAFE = 2**62
_POWER = {Aggregate.SUM: 1, Aggregate.MEAN: 1, Aggregate.STDDEV: 2}


@dataclass(frozen=True, slots=True, eq=False)
class _Keyed:
    """All events ordered by (key, time, arrival), and where the asked-for ones stand."""

    order: Array  # row of each place
    line: Array  # key and time as one rising number, by place
    asked: Array  # places of the asked-for rows, rising: neighbours in memory are asked together
    rows: Array  # which asked-for row stands at each of them
    first: Array  # place of the first event of the key, for each of them

    def edge(self, lag: int) -> Array:
        """For each asked-for place the first one later than `lag` before it, within its key."""
        found: Array = np.searchsorted(self.line, self.line[self.asked] - lag, side="right")
        return found


def compute(
    features: FeatureSet, table: Table, *, start: int = 0, grace: int = 0, time: str = "occurred_at"
) -> dict[str, Column]:
    """Features of the rows from `start` on, by name, equal to what the online executor says one by one.

    Rows before `start` only lend their history. Whole numbers are exact; sums of fractions
    agree to rounding.
    """
    groups: dict[tuple[str, tuple[Condition, ...]], list[Window]] = {}
    for window in features.windows:
        groups.setdefault((window.entity, window.where), []).append(window)
    out: dict[str, Column] = {}
    keyed: dict[str, _Keyed | None] = {}
    for (entity, where), windows in groups.items():
        longest = max(window.length + window.delay for window in features.windows)
        if entity not in keyed:
            keyed[entity] = _keyed(table, entity, start, longest, time)
        out.update(_group(table, windows, where, keyed[entity], (start, grace, time)))
    return {name: out[name] for name in features.names}


def in_chunks(
    features: FeatureSet, table: Table, *, size: int = CHUNK, grace: int = 0, time: str = "occurred_at"
) -> Iterator[tuple[int, dict[str, Column]]]:
    """Features of `size` rows at a time, with the place of the first: memory stays with the chunk and
    the longest window, whatever the length of the table.
    """
    moments = table.columns[time].values
    starts = range(0, len(table), size)
    oldest = np.minimum.accumulate(moments[::-1])[::-1] if len(moments) else moments
    newest = np.maximum.accumulate(moments) if len(moments) else moments
    for start in starts:
        history = int(np.searchsorted(newest, int(oldest[start]) - lag_of(features, grace), side="right"))
        history = min(history, start)
        part = table.part(slice(history, start + size))
        yield start, compute(features, part, start=start - history, grace=grace, time=time)


def lag_of(features: FeatureSet, grace: int = 0) -> int:
    """Milliseconds of history an event may need."""
    return max((window.length + window.delay for window in features.windows), default=0) + grace


def _group(
    table: Table,
    windows: Sequence[Window],
    where: tuple[Condition, ...],
    keyed: _Keyed | None,
    how: tuple[int, int, str],
) -> dict[str, Column]:
    start, _, time = how
    entity = windows[0].entity
    disordered = _disordered(table, entity, time)
    if keyed is None or not _fits(table, windows):
        return _online(table, windows, np.arange(len(table)), how)
    accepted = mask_of(where, table)[keyed.order] if where else np.ones(len(table), dtype=bool)
    out = _Ranges(table, keyed, accepted, time).values(windows)
    if len(disordered):
        again = _online(table, windows, disordered, how)
        asked = disordered[disordered >= start] - start
        out = {name: _patched(column, again[name], asked) for name, column in out.items()}
    return out


def _keyed(table: Table, entity: str, start: int, longest: int, time: str) -> _Keyed | None:
    """None where times spread so far that key and time do not fit one number."""
    moments = table.columns[time].values
    codes = _codes(table, entity)
    low, high = (int(moments.min()), int(moments.max())) if len(moments) else (0, 0)
    span = high - low + longest + 2
    if span * (int(codes.max(initial=0)) + 1) >= _SAFE:
        return None
    line = codes * span + (moments - low + longest + 1)
    order = np.argsort(line, kind="stable")
    line = line[order]
    asked = np.flatnonzero(order >= start)
    first = np.searchsorted(line, line[asked] // span * span, side="left")
    return _Keyed(order, line, asked, order[asked] - start, first)


def _codes(table: Table, entity: str) -> Array:
    """A number for each key; an event without the key stands alone."""
    rows = len(table)
    column = table.columns.get(entity)
    if column is None:
        return np.arange(rows, dtype=np.int64)
    if column.words is not None:
        codes = column.values.astype(np.int64)
        known = len(column.words)
    else:
        codes, known = _close_numbers(column.values)
    missing = column.missing()
    if missing.any():
        codes[missing] = known + np.arange(int(missing.sum()))
    return codes


def _close_numbers(values: Array) -> tuple[Array, int]:
    """Numbers from 0 on that tell the values apart, and how many there may be."""
    if values.dtype.kind == "i" and len(values):
        low, high = int(values.min()), int(values.max())
        if high - low < 4 * len(values) + 1_000_000:
            return values.astype(np.int64) - low, high - low + 1
    unique, found = np.unique(values, return_inverse=True)
    return found.astype(np.int64), len(unique)


def _disordered(table: Table, entity: str, time: str) -> Array:
    """Rows, in order of arrival, of every key that had an event older than one before it."""
    codes, moments = _codes(table, entity), table.columns[time].values
    if not len(moments) or (moments[1:] >= moments[:-1]).all():
        return np.empty(0, dtype=np.int64)
    order = np.argsort(codes, kind="stable")
    keys, when = codes[order], moments[order]
    late = (keys[1:] == keys[:-1]) & (when[1:] < when[:-1])
    return np.flatnonzero(np.isin(codes, np.unique(keys[1:][late])))


def _fits(table: Table, windows: Sequence[Window]) -> bool:
    """Whether every summed field is a number and running totals cannot overflow."""
    for window in windows:
        column = table.columns.get(window.value)
        power = _POWER.get(window.aggregate, 0)
        if column is None or not power or not len(column.values):
            continue
        if column.words is not None or (
            power == 2 and column.values.dtype.kind == "f" and not _whole(column)
        ):
            return False  # the spread of fractions is exact one by one alone
        largest = float(np.nanmax(np.abs(column.values), initial=0))
        if largest**power * len(column.values) >= _SAFE:
            return False
    return True


def _whole(column: Column) -> bool:
    values = np.nan_to_num(column.values)
    return bool((values == np.trunc(values)).all())


def _addends(column: Column) -> Array:
    """Whole numbers wherever the column holds nothing else, so that totals stay exact; gaps add nothing."""
    if column.values.dtype.kind != "f":
        return column.values
    values = np.nan_to_num(column.values)
    return values.astype(np.int64) if _whole(column) else values.astype(np.longdouble)


def _online(
    table: Table, windows: Sequence[Window], places: Array, how: tuple[int, int, str]
) -> dict[str, Column]:
    """The rows at `places` one by one; columns of those from the start on."""
    start, grace, time = how
    features = FeatureSet(tuple(windows))
    online = OnlineFeatures(features, grace=grace, time=time)
    rows = [online.update(row) for row in table.rows(places.tolist())]
    kept = [row for place, row in zip(places, rows, strict=True) if place >= start]
    return {name: column_from([row[at] for row in kept]) for at, name in enumerate(features.names)}


def _patched(column: Column, again: Column, places: Array) -> Column:
    if column.words is not None or again.words is not None:
        values = [column.at(place) for place in range(len(column.values))]
        for place, at in zip(places.tolist(), range(len(places)), strict=True):
            values[place] = again.at(at)
        return column_from(values)
    patched: Array = column.values.astype(np.result_type(column.values, again.values))
    patched[places] = again.values
    return Column(patched)


class _Ranges:
    """Values of windows over one order of the events."""

    def __init__(self, table: Table, keyed: _Keyed, accepted: Array, time: str) -> None:
        self._table = table
        self._keyed = keyed
        self._accepted = accepted
        self._moments = table.columns[time].values[keyed.order]
        self._edges: dict[int, Array] = {}
        self._totals: dict[tuple[str, int], Array] = {}
        self._counted = None if accepted.all() else shifted(accepted.astype(np.int64))

    def values(self, windows: Sequence[Window]) -> dict[str, Column]:
        """One column a window, for the asked-for rows."""
        return {window.name: self._in_rows(self._value(window)) for window in windows}

    def _in_rows(self, column: Column) -> Column:
        values = np.empty_like(column.values)
        values[self._keyed.rows] = column.values
        return Column(values, column.words)

    def _value(self, window: Window) -> Column:
        low, high = self._edge(window.length + window.delay), self._high(window.delay)
        count = self._count(low, high)
        match window.aggregate:
            case Aggregate.COUNT:
                return Column(count)
            case Aggregate.SUM:
                return Column(self._sum(window.value, 1, low, high))
            case Aggregate.MEAN:
                return Column(_ratio(self._sum(window.value, 1, low, high), count))
            case Aggregate.STDDEV:
                return Column(self._spread(window.value, low, high, count))
            case Aggregate.SECONDS_SINCE:
                return Column(self._since(window.length))
            case _:
                return self._kept(window, low, high)

    def _edge(self, lag: int) -> Array:
        if lag not in self._edges:
            self._edges[lag] = np.maximum(self._keyed.edge(lag), self._keyed.first)
        return self._edges[lag]

    def _high(self, delay: int) -> Array:
        return self._edge(delay) if delay else self._keyed.asked + 1

    def _count(self, low: Array, high: Array) -> Array:
        if self._counted is None:
            return high - low
        counted: Array = self._counted[high] - self._counted[low]
        return counted

    def _sum(self, field: str, power: int, low: Array, high: Array) -> Array:
        total = self._total(field, power)
        found: Array = total[high] - total[low]
        return found if found.dtype.kind == "i" else found.astype(np.float64)

    def _total(self, field: str, power: int) -> Array:
        if (field, power) not in self._totals:
            column = self._table.columns.get(field)
            values = np.zeros(len(self._table), np.int64) if column is None else _addends(column)
            values = np.where(self._accepted, values[self._keyed.order], 0)
            self._totals[field, power] = shifted(values**power)
        return self._totals[field, power]

    def _spread(self, field: str, low: Array, high: Array, count: Array) -> Array:
        total, square = self._sum(field, 1, low, high), self._sum(field, 2, low, high)
        if float((square.astype(np.float64) * count).max(initial=0)) >= _SAFE:
            total, square = total.astype(object), square.astype(object)  # Python's integers: slow and exact
        inside = np.maximum(count * square - total * total, 0).astype(np.float64)
        return _ratio(np.sqrt(inside), count)

    def _since(self, length: int) -> Array:
        """Seconds since the newest accepted event before each asked-for one, in its key."""
        places = np.where(self._accepted, np.arange(len(self._accepted)), -1)
        newest = np.concatenate(([-1], np.maximum.accumulate(places)[:-1])) if len(places) else places
        before = newest[self._keyed.asked]
        elapsed = self._moments[self._keyed.asked] - self._moments[before]
        found: Array = np.where((before >= self._keyed.first) & (elapsed < length), elapsed / 1000, np.nan)
        return found

    def _kept(self, window: Window, low: Array, high: Array) -> Column:
        column = self._table.columns.get(window.value)
        if column is None:
            empty = window.aggregate is Aggregate.DISTINCT
            return Column(np.zeros(len(low), np.int64) if empty else np.full(len(low), np.nan))
        ordered = column.part(self._keyed.order)
        inside = self._accepted.copy()
        if window.aggregate is not Aggregate.LAST:
            inside &= ~ordered.missing()
        counted = shifted(inside.astype(np.int64))
        low, high = counted[low], counted[high]
        ordered = ordered.part(inside)
        if window.aggregate is Aggregate.LAST:
            return _last(ordered, low, high)
        if window.aggregate is Aggregate.DISTINCT:
            return Column(count_distinct(ordered.values, low, high))
        ranked = rank_words(ordered)
        return extreme(ranked, low, high, smallest=window.aggregate is Aggregate.MIN)


def _last(column: Column, low: Array, high: Array) -> Column:
    if column.words is not None:
        return Column(np.where(high > low, np.append(column.values, -1)[high - 1], -1), column.words)
    values = np.append(column.values.astype(np.float64), np.nan)
    return Column(np.where(high > low, values[high - 1], np.nan))


def _ratio(above: Array, below: Array) -> Array:
    found: Array = np.divide(
        above, below, out=np.zeros(len(above), np.result_type(above, 0.0)), where=below != 0
    )
    return found


def merge(parts: Sequence[Mapping[str, Column]]) -> dict[str, Column]:
    """Chunks of numeric columns one after another."""
    return {
        name: Column(np.concatenate([part[name].values for part in parts]), parts[0][name].words)
        for name in parts[0]
    }
