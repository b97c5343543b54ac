"""Events as columns: what the batch executor and the back-test read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from xiaobao.engines.fraud.conditions import COMPARE
from xiaobao.engines.fraud.windows import Condition, Operator

Array = npt.NDArray[Any]
_INT64 = 2**63


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Numbers (NaN where missing), or places in `words` (-1 where missing)."""

    values: Array
    words: tuple[Any, ...] | None = None

    def at(self, place: int) -> Any:
        """The value as Python knows it; None where missing."""
        value = self.values[place]
        if self.words is not None:
            return None if value < 0 else self.words[value]
        if value != value:
            return None
        whole = int(value)  # fen with gaps stand in a column of floats, and are whole again here
        return whole if whole == value else float(value)

    def missing(self) -> Array:
        """Where there is no value."""
        absent: Array = self.values < 0 if self.words is not None else np.isnan(self.values)
        return absent

    def part(self, chosen: Any) -> Column:
        """The chosen rows: a slice, places or a mask."""
        return Column(self.values[chosen], self.words)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Columns of equal length, in the order the events arrived."""

    columns: Mapping[str, Column]

    def __len__(self) -> int:
        """How many events."""
        return next((len(column.values) for column in self.columns.values()), 0)

    def part(self, chosen: Any) -> Table:
        """The chosen rows as a table."""
        return Table({name: column.part(chosen) for name, column in self.columns.items()})

    def rows(self, places: Sequence[int] | None = None) -> Iterator[dict[str, Any]]:
        """Rows as the online engine reads them: a missing value is None."""
        for place in range(len(self)) if places is None else places:
            yield {name: column.at(place) for name, column in self.columns.items()}

    def plus(self, more: Mapping[str, Column]) -> Table:
        """These columns and more."""
        return Table({**self.columns, **more})


def table_from(rows: Sequence[Mapping[str, Any]]) -> Table:
    """A table of rows; a field that a row lacks is missing there."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return Table({name: column_from([row.get(name) for row in rows]) for name in names})


def column_from(values: Sequence[Any]) -> Column:
    """Whole numbers as int64, others and gaps as float64, anything else as places in a list of words."""
    if all(isinstance(value, int) and -_INT64 <= value < _INT64 for value in values):
        return Column(np.array(values, dtype=np.int64))
    if all(value is None or isinstance(value, int | float) for value in values):
        return Column(np.array([np.nan if value is None else value for value in values], dtype=np.float64))
    places: dict[Any, int] = {}
    codes = [-1 if value is None else places.setdefault(value, len(places)) for value in values]
    return Column(np.array(codes, dtype=np.int32), tuple(places))


def mask_of(conditions: Sequence[Condition], table: Table) -> Array:
    """Where all conditions hold; a missing field never holds."""
    mask = np.ones(len(table), dtype=bool)
    for item in conditions:
        column = table.columns.get(item.field)
        mask &= False if column is None else _holds(item, column)
    return mask


def _holds(item: Condition, column: Column) -> Array:
    """A value that cannot be compared with the constant does not hold."""
    if column.words is not None:
        told = np.array([*(_tells(item, word) for word in column.words), False], dtype=bool)
        by_place: Array = told[column.values]
        return by_place
    if item.operator is Operator.IN:
        choices = item.constant if isinstance(item.constant, tuple) else ()
        found: Array = np.isin(column.values, [one for one in choices if not isinstance(one, str)])
        return found
    if isinstance(item.constant, str):
        return np.full(len(column.values), item.operator is Operator.NE) & ~column.missing()
    with np.errstate(invalid="ignore"):
        held: Array = np.asarray(COMPARE[item.operator](column.values, item.constant), dtype=bool)
    return held & ~column.missing()


def _tells(item: Condition, word: Any) -> bool:
    try:
        return bool(COMPARE[item.operator](word, item.constant))
    except TypeError:
        return False
