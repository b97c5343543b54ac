"""Writes of the search room: put, put many, remove."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from xiaobao.base.search import grams
from xiaobao.base.search.models import Document

_COLUMNS = "(kind, object_id, org_path, sort_at, body, tokens)"
_RENEW = (
    " ON CONFLICT (kind, object_id) DO UPDATE SET org_path = excluded.org_path,"
    " sort_at = excluded.sort_at, body = excluded.body, tokens = excluded.tokens"
)
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One object to be found: its text in full, unmasked only where search by it is meant."""

    kind: str
    object_id: int
    org_path: str
    text: str
    sort_at: datetime


def index_put(*, kind: str, object_id: int, org_path: str, text: str, sort_at: datetime) -> None:
    """Make the object findable by `text`, in place of what was indexed before. One statement."""
    index_put_many([Entry(kind, object_id, org_path, text, sort_at)])


def index_put_many(entries: Iterable[Entry]) -> int:
    """How many entries were put, in batches of 500 a statement; for imports and re-indexing.

    The same object twice in one call: the last one counts.
    """
    done = 0
    batch: dict[tuple[str, int], Entry] = {}
    for entry in entries:
        batch[entry.kind, entry.object_id] = entry
        if len(batch) == _BATCH:
            done += _put(list(batch.values()))
            batch.clear()
    return done + (_put(list(batch.values())) if batch else 0)


def index_remove(*, kind: str, object_id: int) -> None:
    """Make the object unfindable; nothing happens when it was not indexed."""
    index_remove_many(kind=kind, object_ids=[object_id])


def index_remove_many(*, kind: str, object_ids: Iterable[int]) -> None:
    """Make these objects unfindable, in batches of 500 a statement."""
    wanted = list(object_ids)
    for at in range(0, len(wanted), _BATCH):
        Document.objects.filter(kind=kind, object_id__in=wanted[at : at + _BATCH]).delete()


def _put(entries: list[Entry]) -> int:
    is_postgres = connection.vendor == "postgresql"
    row = "(%s, %s, %s, %s, %s, array_to_tsvector(%s))" if is_postgres else "(%s, %s, %s, %s, %s, %s)"
    values: list[Any] = []
    for entry in entries:
        body = grams.normalise(entry.text)
        words = grams.tokens(body) + grams.places(entry.kind, entry.org_path)
        moment = connection.ops.adapt_datetimefield_value(entry.sort_at)
        values += [entry.kind, entry.object_id, entry.org_path, moment, body]
        values.append(words if is_postgres else " ".join(words))
    rows = ", ".join([row] * len(entries))
    with connection.cursor() as cursor:
        # Only column names and placeholders are put together here; every value is a parameter.
        cursor.execute(f"INSERT INTO search_document {_COLUMNS} VALUES {rows}{_RENEW}", values)  # noqa: S608
    return len(entries)
