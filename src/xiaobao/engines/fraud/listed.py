"""Lists over columns: what the engine finds event by event, for a whole back-test at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column, Table
from xiaobao.engines.fraud.lists import Entry, ListBook, ListKind
from xiaobao.engines.fraud.rules import Outcome

PREFIX = "list."


def list_columns(lists: ListBook, table: Table) -> dict[str, Column]:
    """A column `list.KIND.ENTITY` of 1 and missing for every kind and entity that is listed."""
    moments = table.columns["occurred_at"].values
    found: dict[str, Array] = {}
    for entry in lists.entries():
        found.setdefault(_name(entry), np.full(len(table), np.nan))
    for entity in lists.entities:
        if entity in table.columns:
            for entry, here in _matches(lists, entity, table.columns[entity]):
                live = moments[here] < entry.expires_at if entry.expires_at else slice(None)
                found[_name(entry)][here[live]] = 1.0
    return {name: Column(values) for name, values in found.items()}


def hits(table: Table, kind: ListKind) -> Array:
    """Where an identifier of the event stands on a list of this kind."""
    start = f"{PREFIX}{kind}."
    found = np.zeros(len(table), dtype=bool)
    for name, column in table.columns.items():
        if name.startswith(start):
            found |= ~column.missing()
    return found


def by_lists(outcome: Array, table: Table) -> Array:
    """As the engine: white lets through, black refuses whatever else is said."""
    outcome = np.where(hits(table, ListKind.WHITE), np.int8(Outcome.ALLOW), outcome)
    refused: Array = np.where(hits(table, ListKind.BLACK), np.int8(Outcome.REFUSE), outcome)
    return refused


def list_fields(columns: Mapping[str, Column]) -> dict[str, type]:
    """The fields that rules may read."""
    return {name: int for name in columns if name.startswith(PREFIX)}


def _matches(lists: ListBook, entity: str, column: Column) -> Iterator[tuple[Entry, Array]]:
    """Entries with the places of the rows that carry their identifier."""
    codes, back = np.unique(column.values, return_inverse=True)
    for place, code in enumerate(codes.tolist()):
        word = column.words[int(code)] if column.words is not None and code >= 0 else _word(column, code)
        for entry in lists.of(entity, word):
            yield entry, np.flatnonzero(back == place)


def _word(column: Column, code: float) -> str:
    """A number as the event contract would carry it; nothing for a missing value."""
    return "" if column.words is not None or code != code else str(int(code))


def _name(entry: Entry) -> str:
    return f"{PREFIX}{entry.kind}.{entry.entity}"
