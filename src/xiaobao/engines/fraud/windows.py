"""Feature definitions: one `Window` says what every executor computes.

A window looks at the events of one entity whose time lies in (t - length - delay, t - delay],
in the order (event time, arrival). With `delay` 0 the event itself is included.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Aggregate(StrEnum):
    """What is made of the values inside a window; empty windows give 0, or None where noted.

    Events without the value count for COUNT, MEAN and SECONDS_SINCE and add nothing; MIN, MAX and
    DISTINCT leave them out; LAST may be None.
    """

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MIN = "min"  # None when empty
    MAX = "max"  # None when empty
    DISTINCT = "distinct"
    STDDEV = "stddev"  # of the population; 0 when empty
    LAST = "last"  # None when empty
    SECONDS_SINCE = "seconds_since"  # since the newest event before this one; None when there is none


class Operator(StrEnum):
    """Comparisons of `where` conditions and of rules."""

    EQ = "="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="
    IN = "in"


class DefinitionError(ValueError):
    """A definition that cannot be computed; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of one field of the event with a constant."""

    field: str
    operator: Operator
    constant: int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """One feature. `length` and `delay` are milliseconds; `value` is a field, absent for counts.

    Raises: DefinitionError for a length or delay that is not positive, or a missing value field.
    """

    name: str
    entity: str
    aggregate: Aggregate
    length: int
    value: str = ""
    delay: int = 0
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        """Refuses what no executor could compute."""
        if self.length <= 0 or self.delay < 0:
            raise DefinitionError(f"特征 {self.name}：length 必须为正，delay 不能为负（毫秒）")
        if not self.value and self.aggregate not in (Aggregate.COUNT, Aggregate.SECONDS_SINCE):
            raise DefinitionError(f"特征 {self.name}：{self.aggregate} 需要 value 字段")


@dataclass(frozen=True, slots=True)
class FeatureSet:
    """Windows under one hash; decisions and models name the hash they were made with."""

    windows: tuple[Window, ...]

    def __post_init__(self) -> None:
        """Refuses two features of one name."""
        names = [window.name for window in self.windows]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise DefinitionError(f"特征重名：{'、'.join(twice)}")

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the order of the values an executor returns."""
        return tuple(window.name for window in self.windows)

    @property
    def hash(self) -> str:
        """64 hexadecimal digits over the canonical definition."""
        document = json.dumps(
            [asdict(window) for window in self.windows], sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(document.encode()).hexdigest()


def window_from(document: Mapping[str, Any]) -> Window:
    """A window from its JSON form. Raises: DefinitionError naming the feature and the field."""
    name = str(document.get("name", "（未命名）"))
    try:
        where = tuple(_condition(name, entry) for entry in document.get("where", ()))
        return Window(
            name=str(document["name"]),
            entity=str(document["entity"]),
            aggregate=Aggregate(document["aggregate"]),
            length=int(document["length"]),
            value=str(document.get("value", "")),
            delay=int(document.get("delay", 0)),
            where=where,
        )
    except KeyError as missing:
        raise DefinitionError(f"特征 {name}：缺少字段 {missing.args[0]}") from None
    except ValueError as wrong:
        raise DefinitionError(f"特征 {name}：{wrong}") from None


def _condition(name: str, entry: Mapping[str, Any]) -> Condition:
    constant = entry["constant"]
    if isinstance(constant, list):
        constant = tuple(str(item) for item in constant)
    return Condition(str(entry["field"]), Operator(entry["operator"]), constant)
