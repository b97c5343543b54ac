"""One key's events as columns, with the edges that windows move over them; what is kept and what is dropped."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from xiaobao.engines.fraud.conditions import compile_conditions
from xiaobao.engines.fraud.movers import Mover
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Window

Number = int | float
Value = int | float | str | None
Event = Mapping[str, Any]

TRIM = 32
_NOWHERE = -1
NONE: list[Any] = []  # shared by every track that needs no such column; nothing is ever added to it
_SUMMED = frozenset({Aggregate.SUM, Aggregate.MEAN, Aggregate.STDDEV})
MOVING = frozenset({Aggregate.MIN, Aggregate.MAX, Aggregate.DISTINCT})
_KEPT = MOVING | {Aggregate.LAST}
# Attributes may be fractions. They are added up as whole numbers of 2^-60: a total never drifts, an
# outlier leaves no rounding behind it, and the spread of close values is not lost.
FRACTIONAL = "attr."
UNIT_BITS = 60
_LARGEST = 2.0**63


@dataclass(frozen=True, slots=True)
class Plan:
    """Where one window finds its edges and its column, worked out once."""

    place: int
    window: Window
    low: int
    high: int  # -1: the newest event
    column: int  # in sums, squares or kept, by aggregate
    square: int


@dataclass(frozen=True, slots=True)
class Group:
    """Windows that look at the same events of the same entity, and the columns they need."""

    entity: str
    accepts: Callable[[Event], bool] | None
    plans: tuple[Plan, ...]
    spans: tuple[tuple[int, int, int, int, int, tuple[Plan, ...]], ...]  # unpacked for speed
    lags: tuple[int, ...]
    numbered: tuple[tuple[int, int], ...]  # the lags with their places
    reach: int  # the farthest that a window looks back
    summed: tuple[str, ...]
    squared: tuple[str, ...]
    kept: tuple[str, ...]
    single: str  # the one summed field where nothing else is kept


class Track:
    """One key's columns, heads, and the moving counters of min, max and distinct.

    `lost` is the time of the newest event that was dropped though a window still wanted it.
    """

    __slots__ = ("base", "heads", "kept", "lost", "movers", "newest", "squares", "sums", "times")

    def __init__(self, group: Group) -> None:
        self.base = 0
        self.newest = self.lost = -1
        self.times: list[int] = []
        self.sums: list[list[Number]] = [[0] for _ in group.summed] if group.summed else NONE
        self.squares: list[list[Number]] = [[0] for _ in group.squared] if group.squared else NONE
        self.kept: list[list[Any]] = [[] for _ in group.kept] if group.kept else NONE
        self.heads = [0] * len(group.lags)
        self.movers: dict[int, Mover] | None = None


def groups_of(features: FeatureSet, grace: int) -> tuple[Group, ...]:
    """The windows by entity and condition: one track a key and group."""
    found: dict[tuple[str, tuple[Condition, ...]], list[tuple[int, Window]]] = {}
    for place, window in enumerate(features.windows):
        found.setdefault((window.entity, window.where), []).append((place, window))
    return tuple(_group(entity, where, windows, grace) for (entity, where), windows in found.items())


def _group(
    entity: str, where: tuple[Condition, ...], windows: Sequence[tuple[int, Window]], grace: int
) -> Group:
    lags = {window.length + window.delay for _, window in windows}
    reach = max(lags)
    lags |= {window.delay for _, window in windows if window.delay}

    def fields(aggregates: frozenset[Aggregate]) -> tuple[str, ...]:
        return tuple(sorted({window.value for _, window in windows if window.aggregate in aggregates}))

    if grace:
        lags.add(reach + grace)  # a late event still finds its whole window
    group = Group(
        entity=entity,
        accepts=compile_conditions(where) if where else None,
        plans=(),
        spans=(),
        lags=tuple(sorted(lags)),
        numbered=tuple(enumerate(sorted(lags))),
        reach=reach,
        summed=fields(_SUMMED),
        squared=fields(frozenset({Aggregate.STDDEV})),
        kept=fields(_KEPT),
        single="",
    )
    if len(group.summed) == 1 and not (group.squared or group.kept or group.summed[0].startswith(FRACTIONAL)):
        group = replace(group, single=group.summed[0])
    plans = tuple(_plan(group, place, window) for place, window in windows)
    return replace(group, plans=plans, spans=tuple(_spans(plans)))


def _spans(plans: Sequence[Plan]) -> Iterator[tuple[int, int, int, int, int, tuple[Plan, ...]]]:
    """The plans by the stretch they look at."""
    for edges in dict.fromkeys((one.low, one.high) for one in plans):
        here = [one for one in plans if (one.low, one.high) == edges]
        counts = [one for one in here if one.window.aggregate is Aggregate.COUNT][:1]
        means = [one for one in here if one.window.aggregate is Aggregate.MEAN and not in_units(one.window)][
            :1
        ]
        yield (
            *edges,
            counts[0].place if counts else _NOWHERE,
            means[0].place if means else _NOWHERE,
            means[0].column if means else _NOWHERE,
            tuple(one for one in here if one not in counts and one not in means),
        )


def _plan(group: Group, place: int, window: Window) -> Plan:
    columns = group.summed if window.aggregate in _SUMMED else group.kept
    return Plan(
        place=place,
        window=window,
        low=group.lags.index(window.length + window.delay),
        high=group.lags.index(window.delay) if window.delay else -1,
        column=columns.index(window.value) if window.value in columns else -1,
        square=group.squared.index(window.value) if window.value in group.squared else -1,
    )


def append(group: Group, track: Track, event: Event, moment: int) -> None:
    """The newest event of the key."""
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
    """What is added up, attributes in units of 2^-60; a missing field or a word counts as nothing."""
    value = event.get(field)
    if value.__class__ is int:
        return value << UNIT_BITS if field.startswith(FRACTIONAL) else value
    if value.__class__ is bool:
        return int(value) << UNIT_BITS if field.startswith(FRACTIONAL) else value
    if value.__class__ is not float or not -_LARGEST <= value <= _LARGEST:
        return 0
    return int(value * (1 << UNIT_BITS)) if field.startswith(FRACTIONAL) else value


def in_units(window: Window) -> bool:
    """Whether the window's totals are in units of 2^-60."""
    return window.value.startswith(FRACTIONAL)


def unscaled(total: Number) -> Number:
    """A total of attributes as a number: whole where it is whole."""
    whole, rest = divmod(total, 1 << UNIT_BITS)
    return total / (1 << UNIT_BITS) if rest else whole


def packed(columns: list[list[Number]]) -> list[list[Any]]:
    """Columns for a file that knows no number beyond 64 bits: those that hold one go as decimal text."""
    return [
        [str(value) for value in column] if column and not _short(column) else column for column in columns
    ]


def unpacked(columns: list[list[Any]]) -> list[list[Number]]:
    """What `packed` was given."""
    return [[int(value) for value in column] if column[-1].__class__ is str else column for column in columns]


def _short(column: list[Number]) -> bool:
    return min(column) >= -_LARGEST and max(column) < _LARGEST


def insert(group: Group, track: Track, event: Event, moment: int, place: int) -> None:
    """A late event before row `place`; sums after it are added up anew."""
    track.times.insert(place, moment)
    for field, column in zip(group.kept, track.kept, strict=True):
        column.insert(place, event.get(field))
    for fields, columns, power in ((group.summed, track.sums, 1), (group.squared, track.squares, 2)):
        for field, column in zip(fields, columns, strict=True):
            amount = _number(event, field) ** power
            column[place + 1 :] = [column[place] + amount, *(total + amount for total in column[place + 1 :])]


def trim(track: Track, cut: int) -> None:
    """Forget the oldest rows."""
    del track.times[:cut]
    for column in (*track.sums, *track.squares, *track.kept):
        del column[:cut]
    track.heads = [head - cut if head > cut else 0 for head in track.heads]
    track.base += cut


def drop_oldest(group: Group, track: Track, cut: int) -> int:
    """Forget rows that windows still look at, since one key has too many; how many went."""
    track.lost = track.times[cut - 1]
    for plan in group.plans:
        mover = (track.movers or {}).get(plan.place)
        if mover is not None:
            low = max(track.heads[plan.low], cut)
            high = len(track.times) if plan.high < 0 else max(track.heads[plan.high], low)
            mover.move(track.kept[plan.column], low, high, track.base)
    trim(track, cut)
    return cut


def rewind(group: Group, track: Track) -> None:
    """After an insertion: heads and counters are found anew from the newest event."""
    track.heads = [bisect_right(track.times, track.newest - lag) for lag in group.lags]
    track.movers = None


def copy_of(group: Group, track: Track) -> Track:
    """Rows to look at with an event that is not kept."""
    view = Track(group)
    view.times = track.times.copy()
    view.sums = [column.copy() for column in track.sums]
    view.squares = [column.copy() for column in track.squares]
    view.kept = [column.copy() for column in track.kept]
    return view
