"""New rows by an INSERT whose SQL stands; what `save(force_insert=True)` does, without signals."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


class Insert(Generic[M]):
    """INSERT into a model's table, whose key the database gives."""

    def __init__(self, model: type[M], *, unless: str = "") -> None:
        self._model = model
        self._unless = f" ON CONFLICT ({unless}) DO NOTHING" if unless else ""
        self._sql: dict[int, str] = {}

    def put(self, *rows: M) -> bool:
        """Keep the rows in one statement and give each its key; no statement for none.

        False where a row was there already under the columns of `unless`.
        Raises: IntegrityError as `save` does.
        """
        if not rows:
            return True
        for row in rows:
            # A row that points at another one, made before that one had its key.
            cast(Any, row)._prepare_related_fields_for_save(operation_name="save")
        with connection.cursor() as cursor:
            cursor.execute(self._written(len(rows)), [value for row in rows for value in self._values(row)])
            keys = cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=False):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias
        return len(keys) == len(rows)

    @cached_property
    def _fields(self) -> tuple[models.Field[Any, Any], ...]:
        return tuple(field for field in self._model._meta.concrete_fields if not field.primary_key)

    def _written(self, count: int) -> str:
        if count not in self._sql:
            quote = connection.ops.quote_name
            names = ", ".join(quote(str(field.column)) for field in self._fields)
            marks = ", ".join(["%s"] * len(self._fields))
            rows = ", ".join([f"({marks})"] * count)
            key = quote(str(self._model._meta.pk.column))
            # Only names of our own tables and columns are put together here; every value is a parameter.
            self._sql[count] = (
                f"INSERT INTO {quote(self._model._meta.db_table)} ({names}) VALUES {rows}"  # noqa: S608
                f"{self._unless} RETURNING {key}"
            )
        return self._sql[count]

    def _values(self, row: M) -> Sequence[Any]:
        return [field.get_db_prep_save(field.pre_save(row, True), connection) for field in self._fields]
