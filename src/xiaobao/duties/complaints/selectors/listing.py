"""Lists: keyset pages from partial indexes, no count of the table; the numbers on the tabs apart."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, Q, QuerySet, Value, When

from xiaobao.base.people.values import path_range
from xiaobao.base.search import selectors as search
from xiaobao.base.statements import Given, Statement
from xiaobao.duties.complaints.domain.masking import shown
from xiaobao.duties.complaints.domain.rows import SORTS, Counts, ListFilters, Page, Row, is_told
from xiaobao.duties.complaints.domain.values import Channel, DueSource, Stage, Tab
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.scope import (
    WAITING,
    between,
    is_whole_bank,
    may_read,
    visible,
    within_scope,
)
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.identity import Actor

SOON_DAYS = 3
COUNT_SECONDS = 15
MOST = 200
SEARCH_MOST = 5_000

_Mark = tuple[Any, Any]
"""A value of the order's column and an id: where the last page ended."""

SHARED_TABS = (Tab.OPEN, Tab.REGULATOR, Tab.DUE_SOON, Tab.OVERDUE, Tab.UNASSIGNED, Tab.PAUSED)

COLUMNS = (
    "id",
    "no",
    "title",
    "complainant",
    "channel",
    "stage",
    "is_regulator",
    "is_paused",
    "product",
    "business_code",
    "reason_code",
    "org_path",
    "org__name",
    "handler_id",
    "handler__display_name",
    "received_on",
    "due_on",
    "legal_due_on",
    "due_source",
    "hand_overs",
    "version",
    "closed_at",
    "was_late",
    "told_on",
    "decided_on",
)
ORDERS: dict[str, tuple[str, bool]] = {
    "due": ("due_on", False),
    "received": ("received_on", True),
    "closed": ("closed_at", True),
}


def complaint_list(
    *, actor: Actor, filters: ListFilters | None = None, cursor: str = "", limit: int = 50
) -> Page:
    """One page of the asker's complaints; `next` leads on, '' ends. One statement, two with `text`.

    With `text` the page is the newest hits first, and `total` is their exact number;
    None while the index waits to be made anew (检索正在重建).
    Raises: NotAllowed, InvalidInput `complaint.cursor` or `complaint.filter`.
    """
    filters = filters or ListFilters()
    limit = min(max(limit, 1), MOST)
    if filters.text.strip():
        return _found(actor, filters, cursor, limit)
    if filters.sort not in SORTS:
        raise InvalidInput("complaint.filter", field="sort")
    column, _ = ORDERS[filters.sort]
    mark = _mark(column, _open(cursor)) if cursor else None
    if filters == ListFilters(tab=filters.tab, sort=filters.sort, ids=filters.ids):
        found = _plain(actor, filters, mark, limit + 1)
    else:
        found = list(_window(narrowed(actor, filters), filters.sort, mark, limit + 1))
    more = len(found) > limit
    shown = found[:limit]
    last = shown[-1] if shown else None
    marks = _seal([last[COLUMNS.index(column)], last[0]]) if more and last else ""
    return Page(tuple(_rows(shown)), marks)


def _plain(actor: Actor, filters: ListFilters, mark: _Mark | None, limit: int) -> list[tuple[Any, ...]]:
    """The page of a tab without further filters: what nearly every asking is, by a statement that stands."""
    may_read(actor)
    low, high = path_range(actor.scope)
    order = _Order(filters.sort, mark is not None, limit)
    standing = _standing(filters.tab, order, is_whole_bank(actor.scope), len(filters.ids))
    asker, at = _asker(actor), mark or (None, None)
    return standing.rows(
        low=low,
        high=high,
        user=asker.user,
        today=asker.today,
        soon=asker.soon,
        value=at[0],
        pk=at[1],
        **{f"id{place}": pk for place, pk in enumerate(filters.ids)},
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """What a page's statement takes its shape from, besides the tab and the asker."""

    sort: str
    walks_on: bool
    limit: int


@lru_cache(maxsize=128)
def _standing(tab: Tab, order: _Order, is_whole: bool, ids: int) -> Statement[Complaint]:
    def build() -> QuerySet[Any, Any]:
        rows = Complaint.objects.filter(Q() if is_whole else between(Given("low"), Given("high")))
        rows = rows.filter(_tab(_Asker(Given("user"), Given("today"), Given("soon")), tab))
        if ids:
            rows = rows.filter(pk__in=[Given(f"id{place}") for place in range(ids)])
        return _window(
            rows, order.sort, (Given("value"), Given("pk")) if order.walks_on else None, order.limit
        )

    return Statement(build)


def _window(rows: QuerySet[Complaint], sort: str, mark: _Mark | None, limit: int) -> QuerySet[Any, Any]:
    """The first rows in the order, after the mark."""
    column, falling = ORDERS[sort]
    if column == "closed_at":
        rows = rows.filter(closed_at__isnull=False)
    if mark is not None:
        rows = rows.filter(_after(column, falling, mark))
    sign = "-" if falling else ""
    window: QuerySet[Any, Any] = rows.order_by(f"{sign}{column}", f"{sign}id").values_list(*COLUMNS)[:limit]
    return window


def narrowed(actor: Actor, filters: ListFilters) -> QuerySet[Complaint]:
    """The asker's complaints under the filters, in no order."""
    rows = visible(actor).filter(_tab(_asker(actor), filters.tab))
    if filters.scope:
        rows = rows.filter(within_scope(filters.scope))
    plain = {
        "channel": filters.channel,
        "stage": filters.stage,
        "handler_id": filters.handler_id,
        "due_on__gte": filters.due_from,
        "due_on__lte": filters.due_until,
        "received_on__gte": filters.received_from,
        "received_on__lte": filters.received_until,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    for column, code in (("business_code", filters.business), ("reason_code", filters.reason)):
        if code:
            rows = rows.filter(Q(**{column: code}) | Q(**{f"{column}__startswith": f"{code}."}))
    if filters.ids:
        rows = rows.filter(pk__in=filters.ids)
    if filters.waiting:
        rows = rows.filter(WAITING, is_open=True)
    return rows


def complaint_export(*, actor: Actor, filters: ListFilters, limit: int = 5_000) -> tuple[Row, ...]:
    """The list as a file wants it: every line up to `limit`, masked, in the list's order."""
    rows = narrowed(actor, filters).order_by("due_on", "id").values_list(*COLUMNS)[:limit]
    return tuple(_rows(list(rows)))


def complaint_counts(*, actor: Actor) -> Counts:
    """Numbers of the tabs over the asker's open complaints, at most 15 seconds old.

    At most one statement: the numbers of a scope are shared by everybody in it, the asker's own
    are kept apart; `as_of` says when they were taken.
    """
    shared_key, own_key = f"complaints:counts:{actor.scope}", f"complaints:mine:{actor.scope}:{actor.user_id}"
    kept = cache.get_many([shared_key, own_key])
    if not kept:
        both = _count(actor, (Tab.MINE, *SHARED_TABS))
        kept = {shared_key: _only(both, SHARED_TABS), own_key: _only(both, (Tab.MINE,))}
        cache.set_many(kept, COUNT_SECONDS)
    shared: Counts = kept.get(shared_key) or _kept(shared_key, lambda: _count(actor, SHARED_TABS))
    own: Counts = kept.get(own_key) or _kept(own_key, lambda: _count(actor, (Tab.MINE,)))
    numbers = {**shared.by_tab, **own.by_tab}
    return Counts({tab: numbers[tab] for tab in (Tab.OPEN, Tab.MINE, *SHARED_TABS[1:])}, shared.as_of)


def open_counted(*, actor: Actor) -> QuerySet[Any, Any]:
    """Pairs (`open` or `overdue`, number) of the asker's open complaints, to be united with others."""
    label = Case(When(_open_tab(_asker(actor), Tab.OVERDUE), then=Value("overdue")), default=Value("open"))
    rows: QuerySet[Any, Any] = (
        visible(actor).filter(is_open=True).order_by().annotate(label=label).values("label")
    )
    pairs: QuerySet[Any, Any] = rows.annotate(number=Count("pk")).values_list("label", "number")
    return pairs


def _kept(key: str, make: Callable[[], Counts]) -> Counts:
    found: Counts | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, COUNT_SECONDS)
    return found


def _only(counts: Counts, tabs: tuple[Tab, ...]) -> Counts:
    return Counts({tab: counts.by_tab[tab] for tab in tabs}, counts.as_of)


def _count(actor: Actor, tabs: tuple[Tab, ...]) -> Counts:
    asker = _asker(actor)
    rows = visible(actor).filter(is_open=True)
    if tabs == (Tab.MINE,):
        rows = rows.filter(_open_tab(asker, Tab.MINE))
    # Without its own filter the number of all reads `is_open` nowhere: the index of open work suffices.
    sums = rows.aggregate(
        **{tab.value: Count("pk", filter=None if tab is Tab.OPEN else _open_tab(asker, tab)) for tab in tabs}
    )
    return Counts({tab: sums[tab.value] for tab in tabs}, ports.now())


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks, and the days a tab goes by: values, or the places where they will stand."""

    user: Any
    today: Any
    soon: Any


def _asker(actor: Actor) -> _Asker:
    today = ports.today()
    return _Asker(actor.user_id or 0, today, today + timedelta(SOON_DAYS))


def _tab(asker: _Asker, tab: Tab) -> Q:
    if tab is Tab.EVERY:
        return Q()
    if tab is Tab.DONE:
        return Q(is_open=False)
    return Q(is_open=True) & _open_tab(asker, tab)


def _open_tab(asker: _Asker, tab: Tab) -> Q:
    predicates: dict[Tab, Q] = {
        Tab.OPEN: Q(is_open=True),
        Tab.MINE: Q(handler_id=asker.user),
        Tab.REGULATOR: Q(is_regulator=True),
        Tab.DUE_SOON: WAITING & Q(due_on__range=(asker.today, asker.soon)),
        Tab.OVERDUE: WAITING & Q(due_on__lt=asker.today),
        Tab.UNASSIGNED: Q(stage__in=(Stage.REGISTERED, Stage.ACCEPTED)),
        Tab.PAUSED: Q(is_paused=True),
    }
    return predicates[tab]


def _found(actor: Actor, filters: ListFilters, cursor: str, limit: int) -> Page:
    """Search: the newest hits the filters let through; the index knows the asker's subtree.

    With further filters `total` is None where the words alone hit more than 5,000.
    """
    if filters == ListFilters(tab=Tab.EVERY, text=filters.text, sort=filters.sort):
        return _hits(actor, filters.text, cursor, limit)
    offset = _whole(_open(cursor)[0]) if cursor else 0
    hits = search.search(kind="complaint", query=filters.text, scope=actor.scope, limit=SEARCH_MOST)
    rows = narrowed(actor, filters).filter(pk__in=hits.ids)
    found = list(rows.order_by("-received_on", "-id").values_list(*COLUMNS))
    shown = found[offset : offset + limit]
    more = _seal([offset + limit]) if len(found) > offset + limit else ""
    is_exact = hits.count <= SEARCH_MOST and not hits.is_stale
    return Page(tuple(_rows(shown)), more, len(found) if is_exact else None)


def _hits(actor: Actor, text: str, cursor: str, limit: int) -> Page:
    hits = search.search(kind="complaint", query=text, scope=actor.scope, limit=limit, before=cursor or None)
    rows = {row[0]: row for row in visible(actor).filter(pk__in=hits.ids).values_list(*COLUMNS)}
    shown = [rows[pk] for pk in hits.ids if pk in rows]
    return Page(tuple(_rows(shown)), hits.next, None if hits.is_stale else hits.count)


def _rows(found: Sequence[tuple[Any, ...]]) -> list[Row]:
    today = ports.today()
    return [_row(line, today) for line in found]


def _row(line: tuple[Any, ...], today: date) -> Row:
    (pk, no, title, who, channel, stage, regulator, paused, product, business, reason, path, org) = line[:13]
    handler_id, handler, received, due, legal, source, hand_overs, version, closed, late, told = line[13:24]
    return Row(
        id=pk,
        no=no,
        title=shown(title),
        complainant=who,
        channel=Channel(channel),
        stage=Stage(stage),
        is_regulator=regulator,
        is_paused=paused,
        product=shown(product),
        business_code=business,
        reason_code=reason,
        org_path=path,
        org_name=org,
        handler_id=handler_id,
        handler_name=handler or "",
        received_on=received,
        due_on=due,
        legal_due_on=legal,
        due_source=DueSource(source),
        hand_overs=hand_overs,
        version=version,
        days_left=(due - today).days,
        closed_at=closed,
        was_late=late,
        is_told=is_told(Stage(stage), told),
        is_approved=line[24] is not None,
    )


def _mark(column: str, opened: list[Any]) -> _Mark:
    """The value and the id the last page ended with. Raises: InvalidInput `complaint.cursor`."""
    try:
        read = datetime.fromisoformat if column == "closed_at" else date.fromisoformat
        return read(opened[0]), _whole(opened[1])
    except (ValueError, TypeError, IndexError):
        raise InvalidInput("complaint.cursor", field="cursor") from None


def _whole(value: Any) -> int:
    """A number of rows or an id, as large as the database knows. Raises: InvalidInput `complaint.cursor`."""
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise InvalidInput("complaint.cursor", field="cursor")
    return value


def _after(column: str, falling: bool, mark: _Mark) -> Q:
    """What comes after the mark in the order; the bare bound lets the index start there."""
    value, pk = mark
    way = "lt" if falling else "gt"
    beyond = Q(**{f"{column}__{way}": value}) | Q(**{column: value, f"pk__{way}": pk})
    return Q(**{f"{column}__{way}e": value}) & beyond


def _seal(mark: list[Any]) -> str:
    plain = [one.isoformat() if isinstance(one, date) else one for one in mark]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode()


def _open(cursor: str) -> list[Any]:
    try:
        mark = json.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, binascii.Error):
        raise InvalidInput("complaint.cursor", field="cursor") from None
    if not isinstance(mark, list) or not mark:
        raise InvalidInput("complaint.cursor", field="cursor")
    return mark
