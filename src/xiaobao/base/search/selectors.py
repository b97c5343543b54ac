"""The one read of the search room: exact count and one page, newest first, within a subtree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from xiaobao.base.people.selectors import path_range
from xiaobao.base.search import grams

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of ids, newest first; `count` is exact over all pages; `next` is '' on the last page."""

    ids: tuple[int, ...]
    count: int
    next: str = ""
    terms: tuple[str, ...] = ()
    is_cut: bool = False


def search(*, kind: str, query: str, scope: str, limit: int, before: str | None = None) -> Hits:
    """Objects of `kind` whose text has every word of `query` and whose unit lies in `scope`.

    `before` is the `next` of the page shown last; one that cannot be read starts at the top.
    A query without letters, digits or hanzi finds nothing. Two SQL statements.
    """
    asked = grams.parse(query)
    if not asked:
        return Hits((), 0, terms=asked.terms, is_cut=asked.is_cut)
    where, values = _conditions(kind, asked, scope)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {where}", values)
        count = int(cursor.fetchone()[0])
        rows = _page(cursor, where, values, limit, before) if count else []
    shown = rows[:limit]
    following = _cursor_of(*shown[-1]) if len(rows) > limit else ""
    return Hits(tuple(row[0] for row in shown), count, following, asked.terms, asked.is_cut)


def _page(
    cursor: Any, where: str, values: list[Any], limit: int, before: str | None
) -> list[tuple[int, datetime]]:
    key = _position(before)
    after = " AND (d.sort_at, d.object_id) < (%s, %s)" if key else ""
    cursor.execute(
        f"SELECT d.object_id, d.sort_at {where}{after} ORDER BY d.sort_at DESC, d.object_id DESC LIMIT %s",
        [*values, *(key or ()), limit + 1],
    )
    return [(int(number), _aware(moment)) for number, moment in cursor.fetchall()]


def _conditions(kind: str, asked: grams.Query, scope: str) -> tuple[str, list[Any]]:
    """FROM and WHERE for this database; every value is a parameter."""
    postgres = connection.vendor == "postgresql"
    match = " & " if postgres else " AND "
    quoted = match.join(f"'{token}'" if postgres else f'"{token}"' for token in asked.tokens)
    if postgres:
        source = "FROM search_document d WHERE d.tokens @@ %s::tsquery"
    else:
        source = "FROM search_words w JOIN search_document d ON d.id = w.rowid WHERE search_words MATCH %s"
    low, high = path_range(scope)
    source += " AND d.kind = %s AND d.org_path >= %s AND d.org_path < %s"
    holds = " AND strpos(d.body, %s) > 0" if postgres else " AND instr(d.body, %s) > 0"
    return source + holds * len(asked.exact), [quoted, kind, low, high, *asked.exact]


def _cursor_of(object_id: int, moment: datetime) -> str:
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}.{object_id}"


def _position(before: str | None) -> tuple[Any, int] | None:
    """The sort key named by a cursor, or None where it names none."""
    left, dot, right = (before or "").partition(".")
    if not (dot and left.isascii() and left.isdigit() and right.isascii() and right.isdigit()):
        return None
    if len(left) > 17 or len(right) > 18:
        return None
    moment = _EPOCH + timedelta(microseconds=int(left))
    return connection.ops.adapt_datetimefield_value(moment), int(right)


def _aware(moment: Any) -> datetime:
    """A raw cursor gives SQLite's moments as naive UTC text."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
