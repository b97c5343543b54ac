"""What a model reads: named values of the event and its features, and ratios of two of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column
from xiaobao.engines.fraud.windows import DefinitionError, FeatureSet

MISSING = -1.0
RATIO = "/"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Names in order; `a/b` is a ratio, 0 where b is 0. A missing value reads as -1."""

    names: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that is read, once."""
        return tuple(dict.fromkeys(field for name in self.names for field in name.split(RATIO)))

    def windows(self, features: FeatureSet) -> FeatureSet:
        """The windows among `features` that are read; the rest are fields of the event."""
        wanted = set(self.fields)
        return FeatureSet(tuple(window for window in features.windows if window.name in wanted))

    def hash(self, features: FeatureSet) -> str:
        """64 hexadecimal digits over the inputs and the windows they read, whatever else is computed."""
        windows = sorted(self.windows(features).windows, key=lambda window: window.name)
        document = json.dumps([list(self.names), FeatureSet(tuple(windows)).hash], separators=(",", ":"))
        return hashlib.sha256(document.encode()).hexdigest()

    def row(self, row: Mapping[str, Any]) -> list[float]:
        """The inputs of one event."""
        return [_ratio(row, name) if RATIO in name else _number(row.get(name)) for name in self.names]

    def matrix(self, columns: Mapping[str, Column]) -> Array:
        """The inputs of many events, one row each, as the model reads them.

        Raises: DefinitionError for a field that is not there.
        """
        absent = [field for field in self.fields if field not in columns]
        if absent:
            raise DefinitionError(f"模型需要的字段不存在：{'、'.join(absent)}")
        return np.column_stack([_column(columns, name) for name in self.names]).astype(np.float32)


class Reader:
    """Writes the inputs of one event into a line of a matrix; worked out once, for the hot path."""

    __slots__ = ("_get", "_inputs", "_ratios")

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        parts = [name.partition(RATIO) for name in inputs.names]
        above = tuple(above for above, _, _ in parts)
        self._get: Callable[[Any], Sequence[Any]] = (
            itemgetter(*above) if len(above) > 1 else lambda row: (row[above[0]],)
        )
        self._ratios = tuple((place, below) for place, (_, _, below) in enumerate(parts) if below)

    def fill(self, line: Array, row: Mapping[str, Any]) -> None:
        """The same numbers as `Inputs.row`."""
        try:
            line[:] = self._row(row)
        except (KeyError, TypeError, ValueError):  # a missing value or a word among them
            line[:] = self._inputs.row(row)

    def values(self, rows: Sequence[Mapping[str, Any]]) -> Array:
        """The same for a group of events, one line each."""
        try:
            return np.array([self._row(row) for row in rows], dtype=np.float32)
        except (KeyError, TypeError, ValueError):
            return np.array([self._inputs.row(row) for row in rows], dtype=np.float32)

    def _row(self, row: Mapping[str, Any]) -> Sequence[Any]:
        values = self._get(row)
        if not self._ratios:
            return values
        values = list(values)
        for place, below in self._ratios:
            divisor: Any = row[below]
            values[place] = values[place] / divisor if divisor > 0 else 0.0
        return values


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else MISSING


def _ratio(row: Mapping[str, Any], name: str) -> float:
    above, below = name.split(RATIO)
    divisor = _number(row.get(below))
    return _number(row.get(above)) / divisor if divisor > 0 else 0.0


def _column(columns: Mapping[str, Column], name: str) -> Array:
    above, *below = name.split(RATIO)
    values = _numbers(columns[above])
    if not below:
        return values
    divisor = _numbers(columns[below[0]])
    return np.divide(values, divisor, out=np.zeros(len(values)), where=divisor > 0)


def _numbers(column: Column) -> Array:
    if column.words is not None:
        return np.full(len(column.values), MISSING)
    return np.nan_to_num(column.values.astype(np.float64), nan=MISSING)


def usual(matrix: Array) -> Sequence[float]:
    """The middle value of each input: what an explanation compares with."""
    middle: list[float] = np.median(matrix, axis=0).astype(float).tolist()
    return middle
