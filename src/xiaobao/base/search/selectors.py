"""The one read of the search room: exact count and one page, newest first, within a subtree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import connection

from xiaobao.base.search import grams

if TYPE_CHECKING:
    from django.db.backends.postgresql.operations import DatabaseOperations

_PATH = re.compile(r"(?:\d{4}\.)*", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ORDER = "ORDER BY sort_at DESC, object_id DESC LIMIT %s"
# More hits than this, and SQLite is quicker walking the newest rows until the page is full.
_BROAD = 5000
_AFTER = " AND (d.sort_at, d.object_id) < (%s, %s)"


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of ids, newest first; `count` is exact over all pages; `next` is '' on the last page.

    `terms` are the words asked for; `is_cut` tells that only the question's beginning counted.
    `is_stale`: the index waits to be made anew, hits and count may lack some (`renewal`).
    """

    ids: tuple[int, ...]
    count: int
    next: str = ""
    terms: tuple[str, ...] = ()
    is_cut: bool = False
    is_stale: bool = False


def search(*, kind: str, query: str, scope: str, limit: int, before: str | None = None) -> Hits:
    """Objects of `kind` whose text has every word of `query` and whose unit lies in `scope`.

    `scope` is a unit's whole path, or '' for everything. `before` is the `next` of the page
    shown last; one that cannot be read starts at the top. A query without letters, digits or
    hanzi finds nothing. One SQL statement, two on SQLite.
    """
    asked = grams.parse(query)
    if not asked or not _PATH.fullmatch(scope):
        return Hits((), 0, terms=asked.terms, is_cut=asked.is_cut)
    question = _Question(asked, kind, scope)
    found = _together if asked.exact else _apart
    with connection.cursor() as cursor:
        count, stale, rows = found(cursor, question, _position(before), limit + 1)
    shown = rows[:limit]
    following = _cursor_of(*shown[-1]) if len(rows) > limit else ""
    return Hits(tuple(row[0] for row in shown), count, following, asked.terms, asked.is_cut, stale)


_Source = tuple[str, list[Any]]
_Key = tuple[Any, int] | None
_Found = tuple[int, bool, list[tuple[int, datetime]]]


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked within one kind and subtree, in the words of this database's index."""

    asked: grams.Query
    kind: str
    scope: str

    def match(self, *, doubtful: bool | None = None) -> str:
        """Texts with every token; of these only those that must be read (True), or need not be (False)."""
        is_postgres = connection.vendor == "postgresql"
        quote, begins, both = ("'", ":*", " & ") if is_postgres else ('"', "*", " AND ")
        words = (*self.asked.tokens, f"{self.kind}@{self.scope}")
        asked = both.join(
            [*(f"{quote}{word}{quote}" for word in words)]
            + [f"{quote}{word}{quote}{begins}" for word in self.asked.starts]
        )
        if doubtful is None:
            return asked
        marks = (" | " if is_postgres else " OR ").join(f"{quote}{mark}{quote}" for mark in self.asked.doubts)
        unless = " & !" if is_postgres else " NOT "
        return f"({asked}){both if doubtful else unless}({marks})"

    def source(self, match: str, *, read: bool = False) -> _Source:
        """FROM and WHERE for this database; every value is a parameter. `read`: the text itself decides."""
        if connection.vendor == "postgresql":
            source, holds = "FROM search_document d WHERE d.tokens @@ %s::tsquery", "strpos"
        else:
            # CROSS JOIN keeps the order: the words first. Left alone, SQLite asks the index anew for each row.
            source, holds = (
                "FROM search_words w CROSS JOIN search_document d ON d.id = w.rowid WHERE search_words MATCH %s",
                "instr",
            )
        exact = self.asked.exact if read else ()
        # The kind stands in the index already; named again, it opens the way along the newest rows.
        return f"{source} AND d.kind = %s" + f" AND {holds}(d.body, %s) > 0" * len(exact), [
            match,
            self.kind,
            *exact,
        ]


def _apart(cursor: Any, question: _Question, key: _Key, limit: int) -> _Found:
    """The index alone answers the count; the page is read on its own, often from the newest end."""
    if limit > _BROAD or connection.vendor == "postgresql":
        return _at_once(cursor, question, key, limit)
    where, values = question.source(question.match())
    cursor.execute(
        "SELECT count(*), EXISTS (SELECT 1 FROM search_indexformat WHERE number <> %s)"
        " FROM search_words WHERE search_words MATCH %s",
        [grams.FORMAT, values[0]],
    )
    count, stale = map(int, cursor.fetchone())
    if not count:
        return 0, bool(stale), []
    if count > _BROAD:
        where = where.replace(" CROSS JOIN ", " JOIN ")
    after = _AFTER if key else ""
    _ask(cursor, f"SELECT d.object_id, d.sort_at {where}{after} {_ORDER}", [*values, *(key or ()), limit])
    return count, bool(stale), _rows(cursor.fetchall())


def _at_once(cursor: Any, question: _Question, key: _Key, limit: int) -> _Found:
    """Count and page in one statement.

    On SQLite only for a page that holds nearly every hit: there a broad word's page is read another way.
    """
    where, values = question.source(question.match())
    is_postgres = connection.vendor == "postgresql"
    count = "search_count(%s::tsquery)" if is_postgres else "count(*)"
    of = "" if is_postgres else " FROM search_words WHERE search_words MATCH %s"
    after = _AFTER if key else ""
    _ask(
        cursor,
        # Materialised: else PostgreSQL counts anew for every row of the page.
        f"WITH counted AS MATERIALIZED (SELECT {count} AS number{of})"  # noqa: S608 - own words only
        " SELECT counted.number, EXISTS (SELECT 1 FROM search_indexformat WHERE number <> %s),"
        " page.object_id, page.sort_at FROM counted"
        f" LEFT JOIN (SELECT d.object_id, d.sort_at {where}{after} {_ORDER}) page ON true"
        " ORDER BY page.sort_at DESC, page.object_id DESC",
        [values[0], grams.FORMAT, *values, *(key or ()), limit],
    )
    return _counted(cursor.fetchall())


def _together(cursor: Any, question: _Question, key: _Key, limit: int) -> _Found:
    """Where texts themselves must be looked at, one look serves the count and the page.

    Those whose tokens leave no doubt are not read.
    """
    sources = [question.source(question.match(), read=True)]
    if question.asked.doubts:
        certain = question.source(question.match(doubtful=False))
        sources = [certain, question.source(question.match(doubtful=True), read=True)]
    hits = " UNION ALL ".join(f"SELECT d.object_id, d.sort_at {where}" for where, _ in sources)
    values = [value for _, given in sources for value in given]
    after = "WHERE (sort_at, object_id) < (%s, %s)" if key else ""
    page = f"SELECT object_id, sort_at FROM found {after} {_ORDER}"  # noqa: S608 - own words only
    _ask(
        cursor,
        f"WITH found AS MATERIALIZED ({hits})"  # noqa: S608 - own words only
        " SELECT counted.number, EXISTS (SELECT 1 FROM search_indexformat WHERE number <> %s),"
        " page.object_id, page.sort_at"
        " FROM (SELECT count(*) AS number FROM found) counted"
        f" LEFT JOIN ({page}) page ON true"
        " ORDER BY page.sort_at DESC, page.object_id DESC",
        [*values, grams.FORMAT, *(key or ()), limit],
    )
    return _counted(cursor.fetchall())


def _counted(found: list[tuple[Any, ...]]) -> _Found:
    """Rows of (count, stale, id or nothing, moment) as what they answer."""
    return int(found[0][0]), bool(found[0][1]), _rows([row[2:] for row in found if row[2] is not None])


def _ask(cursor: Any, statement: str, values: list[Any]) -> None:
    """The statement with its values written in by the driver on PostgreSQL: the planner must see the words.

    One plan for all words would read the newest rows for a rare word, or sort every hit of a broad one.
    """
    if connection.vendor == "postgresql":
        written = cast("DatabaseOperations", connection.ops).compose_sql(statement, values)
        cursor.execute(written)
    else:
        cursor.execute(statement, values)


def _rows(found: list[tuple[int, Any]]) -> list[tuple[int, datetime]]:
    return [(int(number), _aware(moment)) for number, moment in found]


def _aware(moment: Any) -> datetime:
    """A raw cursor gives SQLite's moments as naive UTC text."""
    known: datetime = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return known if known.tzinfo else known.replace(tzinfo=UTC)


def _cursor_of(object_id: int, moment: datetime) -> str:
    return f"{(moment - _EPOCH) // timedelta(microseconds=1)}.{object_id}"


def _position(before: str | None) -> _Key:
    """The sort key named by a cursor, or None where it names none."""
    left, dot, right = (before or "").partition(".")
    numbers = (left, right)
    if not dot or not all(part.isascii() and part.isdigit() and len(part) <= 17 for part in numbers):
        return None
    moment = _EPOCH + timedelta(microseconds=int(left))
    return connection.ops.adapt_datetimefield_value(moment), int(right)
