"""A read whose SQL stands: the queryset is built and compiled at the first asking, never again.

Building a queryset and turning it into SQL costs three times what sending it costs, and a page
asks the same few questions each time. The answers are the queryset's own; `tests/statements`
holds the two side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from django.db import connection, models
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=models.Model)
Row = tuple[Any, ...]
_WIDEST = 2**63


class Given(Expression):
    """A value that every asking brings under this name; stands in a filter where the value would."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """A placeholder, and the place behind it."""
        return "%s", (_Place(self.name),)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value will stand among the parameters."""

    name: str


@dataclass(frozen=True, slots=True)
class _Written:
    """What Django made of the queryset: the SQL, what goes into it, and how its rows are read."""

    sql: str
    values: tuple[Any, ...]
    names: frozenset[str]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    columns: tuple[str, ...]
    related: tuple[Any, ...]
    start: int


class Statement(Generic[M]):
    """The queryset `build` answers, with `Given` names in its filters, compiled once a process.

    For reads of one shape: no NULL among the values, no list whose length changes. A number no
    column can hold (an id typed into an address) finds nothing.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M, Any]]) -> None:
        self._build = build
        self._known: _Written | None = None

    def rows(self, **given: Any) -> list[Row]:
        """The rows of a `values_list`, as it would answer them."""
        written = self._written()
        return _converted(written, _asked(written, given))

    def first_row(self, **given: Any) -> Row | None:
        """The first of them, None where there is none."""
        return next(iter(self.rows(**given)), None)

    def objects(self, **given: Any) -> list[M]:
        """Objects of the queryset's model, with those joined by `select_related`."""
        written = self._written()
        return [_object(self._model, written, row) for row in self.rows(**given)]

    def first(self, **given: Any) -> M | None:
        """The first of them, None where there is none."""
        return next(iter(self.objects(**given)), None)

    def _written(self) -> _Written:
        if self._known is None:
            queryset = self._build()
            self._model = queryset.model
            self._known = _write(queryset)
        return self._known


def _write(queryset: models.QuerySet[Any, Any]) -> _Written:
    compiler = queryset.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    shown = [column[0] for column in compiler.select[: compiler.col_count]]
    klass = compiler.klass_info or {"select_fields": [], "related_klass_infos": []}
    places: Sequence[int] = klass["select_fields"]
    # The stubs are those of a later Django, which asks for one argument more.
    related = get_related_populators(klass, compiler.select, connection.alias)  # type: ignore[call-arg]
    converters = compiler.get_converters(shown).items()
    return _Written(
        sql=sql,
        values=tuple(values),
        names=frozenset(value.name for value in values if isinstance(value, _Place)),
        converters=tuple((at, tuple(steps), column) for at, (steps, column) in converters),
        columns=tuple(compiler.select[at][0].target.attname for at in places),
        related=tuple(related),
        start=places[0] if places else 0,
    )


def _asked(written: _Written, given: dict[str, Any]) -> list[Row]:
    bound = {name: _bound(given.get(name)) for name in written.names}
    if None in bound.values():
        raise ValueError(f"written for {sorted(written.names)}, and none of them may be missing or None")
    if any(type(value) is int and not -_WIDEST <= value < _WIDEST for value in bound.values()):
        return []
    values = [bound[value.name] if type(value) is _Place else value for value in written.values]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, values)
        return cast("list[Row]", cursor.fetchall())


def _bound(value: Any) -> Any:
    """The value as this database's driver takes it: SQLite keeps moments and days as text."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def _converted(written: _Written, rows: list[Row]) -> list[Row]:
    if not written.converters:
        return rows
    read = []
    for row in rows:
        line = list(row)
        for at, steps, column in written.converters:
            for step in steps:
                line[at] = step(line[at], column, connection)
        read.append(tuple(line))
    return read


def _object(model: type[M], written: _Written, row: Iterable[Any]) -> M:
    line = list(row)
    names = written.columns
    found = model.from_db(connection.alias, names, line[written.start : written.start + len(names)])
    for populator in written.related:
        populator.populate(line, found)
    return found
