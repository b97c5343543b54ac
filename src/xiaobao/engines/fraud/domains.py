"""What values a field can have at all, and which of them meet a rule's comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from typing import Any

from xiaobao.engines.fraud.conditions import COMPARE
from xiaobao.engines.fraud.events import EARLIEST, LATEST, MAX_FEN, EventType
from xiaobao.engines.fraud.windows import Condition, Operator

_FEW = 1_000  # so many whole numbers are looked at one by one


@dataclass(frozen=True, slots=True)
class Values:
    """A finite set, or what lies between two bounds but for a few. `whole` for integers."""

    low: float = -inf
    high: float = inf
    low_open: bool = False
    high_open: bool = False
    without: frozenset[Any] = frozenset()
    only: frozenset[Any] | None = None
    whole: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        if self.only is not None:
            return not self.only
        open_ended = self.low_open or self.high_open or self.low in self.without
        return self.low > self.high or (self.low == self.high and open_ended)


_FLAG = Values(only=frozenset({0, 1}))
_KNOWN: dict[str, Values] = {
    "type": Values(only=frozenset(kind.value for kind in EventType)),
    "hour": Values(0, 23, whole=True),
    "weekday": Values(0, 6, whole=True),
    "weekend": _FLAG,
    "night": _FLAG,
    "is_fraud": _FLAG,
    "amount_fen": Values(0, MAX_FEN, whole=True),
    "occurred_at": Values(EARLIEST, LATEST - 1, whole=True),
    "score": Values(0, 1),
}


def domain_of(field: str, kind: type | None) -> Values:
    """What the field can hold: a list hit is 1 or absent, an hour lies in 0..23, and so on."""
    if field.startswith("list."):
        return Values(only=frozenset({1}))
    return _KNOWN.get(field) or Values(whole=kind is int)


def meeting(items: Iterable[Condition], values: Values) -> Values:
    """Those of the values that meet all the comparisons of their field, in one canonical form."""
    for item in items:
        values = _met(item, values)
    return _settled(values)


def _met(item: Condition, values: Values) -> Values:
    if values.only is not None:
        return replace(values, only=frozenset(one for one in values.only if _holds(item, one)))
    constant: Any = item.constant
    match item.operator:
        case Operator.EQ | Operator.IN:
            asked: Sequence[Any] = constant if isinstance(constant, tuple) else (constant,)
            return replace(values, only=frozenset(one for one in asked if _inside(one, values)))
        case Operator.NE:
            return replace(values, without=values.without | {constant})
    if not isinstance(constant, int | float):
        return values
    beyond = item.operator in (Operator.GT, Operator.LT)
    if item.operator in (Operator.GT, Operator.GE):
        low, low_open = max((values.low, values.low_open), (constant, beyond))
        return replace(values, low=low, low_open=low_open)
    high, milder = min((values.high, not values.high_open), (constant, not beyond))
    return replace(values, high=high, high_open=not milder)


def _settled(values: Values) -> Values:
    """Whole numbers by their closed bounds, a few of them one by one; nothing excluded that is outside."""
    if values.only is not None:
        return Values(only=values.only)
    low, high = values.low, values.high
    if values.whole:
        low = _next(low, floor(low) + 1 if values.low_open else ceil(low)) if low > -inf else low
        high = _next(high, ceil(high) - 1 if values.high_open else floor(high)) if high < inf else high
        values = replace(values, low=low, high=high, low_open=low == -inf, high_open=high == inf)
        if high - low < _FEW:
            return Values(only=frozenset(range(int(low), int(high) + 1)) - values.without)
    inner = frozenset(one for one in values.without if _inside(one, replace(values, without=frozenset())))
    return replace(values, without=inner)


def _next(bound: float, whole: int) -> float:
    return bound if bound in (inf, -inf) else whole


def _inside(value: Any, values: Values) -> bool:
    if value in values.without:
        return False
    if not isinstance(value, int | float):
        return values.low == -inf and values.high == inf  # a word: nothing was said about its size
    if values.whole and value != int(value):
        return False
    above = value > values.low if values.low_open else value >= values.low
    return above and (value < values.high if values.high_open else value <= values.high)


def _holds(item: Condition, value: Any) -> bool:
    try:
        return COMPARE[item.operator](value, item.constant)
    except TypeError:
        return False
