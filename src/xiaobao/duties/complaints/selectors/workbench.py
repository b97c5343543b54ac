"""The first screen: what to do first, what falls due, who carries what, and how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, CharField, Count, F, FloatField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncMonth

from xiaobao.duties.complaints.domain.codes import name_of
from xiaobao.duties.complaints.domain.rows import (
    CauseChange,
    ListFilters,
    Month,
    Radar,
    RadarDay,
    Row,
    Workbench,
)
from xiaobao.duties.complaints.domain.sentences import findings, peak
from xiaobao.duties.complaints.domain.values import Tab
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.listing import complaint_list
from xiaobao.duties.complaints.selectors.loads import mean_of, ranked_loads, weights
from xiaobao.duties.complaints.selectors.scope import WAITING, visible
from xiaobao.duties.complaints.selectors.spans import days_between
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

RADAR_DAYS = 15
MONTHS = 12
TODO = 8
NOW_SECONDS = 15
PAST_SECONDS = 60


def workbench(*, actor: Actor) -> Workbench:
    """Everything the first screen shows of complaints, in three statements.

    The list to do is of this moment; the figures over the open complaints are kept for 15
    seconds, those over the past year for a minute.
    """
    today = ports.today()
    now = _kept(f"complaints:now:{actor.scope}:{today}", NOW_SECONDS, lambda: _present(actor, today))
    past = _kept(f"complaints:past:{actor.scope}:{today}", PAST_SECONDS, lambda: _past(actor, today))
    months, causes, loads = past["months"], past["causes"], now["loads"]
    return Workbench(
        as_of=ports.now(),
        overdue=now["overdue"],
        due_today=now["due_today"],
        open=now["open"],
        regulator_month=months[-1].regulator,
        received_month=months[-1].regulator + months[-1].others,
        on_time_month=months[-1].on_time,
        mean_days=past["mean_days"],
        todo=_todo(actor),
        todo_tab=_todo_tab(actor),
        radar=now["radar"],
        loads=loads,
        months=months,
        causes=causes,
        sentences=findings(months, causes, loads),
        load_mean=now["load_mean"],
    )


def _kept(key: str, seconds: int, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, seconds)
    return found


def _todo_tab(actor: Actor) -> Tab:
    """A handler's own cases, everybody's for those who look after a unit."""
    own = actor.has(Role.HANDLER) and not actor.has(Role.OFFICER, Role.LEADER, Role.UNIT_HEAD)
    return Tab.MINE if own else Tab.OPEN


def _todo(actor: Actor) -> tuple[Row, ...]:
    """The most urgent first. What is paused or demonstrably answered is not urgent, however old its due day."""
    filters = ListFilters(tab=_todo_tab(actor), waiting=True)
    return complaint_list(actor=actor, filters=filters, limit=TODO).rows


def _part(rows: QuerySet[Complaint], kind: str, key: Any, **sums: Any) -> Any:
    """One grouped reading in the common shape (kind, key, first, second, mean), to be united."""
    blank = {"second": Value(0, IntegerField()), "mean": Value(0.0, FloatField())}
    return (
        rows.annotate(kind=Value(kind, CharField()), key=key)
        .values("kind", "key")
        .annotate(**{**blank, **sums})
        .values_list("kind", "key", "first", "second", "mean")
    )


def _present(actor: Actor, today: date) -> dict[str, Any]:
    """What is late, what falls due on each of the next days, who carries what: one statement."""
    open_rows = visible(actor).filter(is_open=True)
    due = _part(
        open_rows,
        "due",
        Cast("due_on", CharField()),
        first=Count("pk", filter=WAITING & Q(is_regulator=True)),
        second=Count("pk", filter=WAITING & Q(is_regulator=False)),
        mean=Cast(Count("pk"), FloatField()),
    )
    carried = _part(
        open_rows.filter(handler__isnull=False),
        "load",
        Concat(Cast("handler_id", CharField()), Value("|"), F("handler__display_name")),
        first=Count("pk"),
        mean=weights(today),
    )
    rows = list(due.union(carried, all=True))
    carrying = [(row[1], row[2], row[4]) for row in rows if row[0] == "load"]
    by_day = {date.fromisoformat(row[1][:10]): row[2:] for row in rows if row[0] == "due"}
    days = [today + timedelta(n) for n in range(RADAR_DAYS)]
    radar = tuple(RadarDay(on, *(by_day.get(on, (0, 0))[:2])) for on in days)
    return {
        "radar": Radar(radar, peak(radar, today)),
        "overdue": sum(first + second for on, (first, second, _) in by_day.items() if on < today),
        "due_today": radar[0].regulator + radar[0].others,
        "open": int(sum(total for _, _, total in by_day.values())),
        "loads": ranked_loads(carrying),
        "load_mean": mean_of([weight for _, _, weight in carrying]),
    }


def first_of_months(today: date, count: int) -> list[date]:
    """First days of the last `count` months, this one last."""
    first = today.replace(day=1)
    found = [first]
    while len(found) < count:
        first = (first - timedelta(1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _past(actor: Actor, today: date) -> dict[str, Any]:
    """Twelve months received and told, and the reasons of this month: one statement."""
    firsts = first_of_months(today, MONTHS)
    everything = visible(actor)
    received = _part(
        everything.filter(received_on__gte=firsts[0]),
        "received",
        Cast(TruncMonth("received_on"), CharField()),
        first=Count("pk"),
        second=Count("pk", filter=Q(is_regulator=True)),
    )
    told = _part(
        everything.filter(told_on__gte=firsts[0], was_late__isnull=False),
        "told",
        Cast(TruncMonth("told_on"), CharField()),
        first=Count("pk"),
        second=Count("pk", filter=Q(was_late=True)),
        mean=Avg(days_between("told_on", "received_on")),
    )
    rows = list(received.union(told, _causes_part(everything, today), all=True))
    found = {
        kind: {row[1]: row[2:] for row in rows if row[0] == kind} for kind in ("received", "told", "cause")
    }
    months = _months(
        firsts, *({key[:7]: row for key, row in found[kind].items()} for kind in ("received", "told"))
    )
    this_month = {key[:7]: row for key, row in found["told"].items()}.get(f"{today:%Y-%m}")
    return {
        "months": months,
        "causes": _causes(found["cause"]),
        "mean_days": round(float(this_month[2]), 1) if this_month else None,
    }


def _months(firsts: list[date], received: dict[str, Any], told: dict[str, Any]) -> tuple[Month, ...]:
    """Received by month of receipt; told and late by month of telling."""
    names = [f"{first:%Y-%m}" for first in firsts]
    none = (0, 0, 0.0)
    return tuple(
        Month(
            month=name,
            regulator=received.get(name, none)[1],
            others=received.get(name, none)[0] - received.get(name, none)[1],
            closed=told.get(name, none)[0],
            late=told.get(name, none)[1],
        )
        for name in names
    )


def _causes_part(rows: QuerySet[Complaint], today: date) -> Any:
    """Reasons of this month so far, and of the same days of last month."""
    this, last = today.replace(day=1), first_of_months(today, 2)[0]
    until = min(last + (today - this), this - timedelta(1))
    return _part(
        rows.filter(received_on__gte=last, received_on__lte=today).exclude(reason_code=""),
        "cause",
        F("reason_code"),
        first=Count("pk", filter=Q(received_on__gte=this)),
        second=Count("pk", filter=Q(received_on__lte=until)),
    )


def _causes(found: dict[str, Any], top: int = 6) -> tuple[CauseChange, ...]:
    """The reasons of this month, most frequent first."""
    changes = [CauseChange(code, name_of(code), row[0], row[1]) for code, row in found.items()]
    return tuple(sorted(changes, key=lambda one: (-one.now, one.code))[:top])
