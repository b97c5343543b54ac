"""The first screen: what to do first, what falls due, who carries what, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncMonth

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
from xiaobao.duties.complaints.selectors.listing import complaint_list
from xiaobao.duties.complaints.selectors.loads import load_of_handlers
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

RADAR_DAYS = 15
MONTHS = 12
TODO = 8
KEEP_SECONDS = 60


def workbench(*, actor: Actor) -> Workbench:
    """Everything the first screen shows of complaints; the year's figures at most a minute old.

    Six statements, three of them kept for a minute.
    """
    today = ports.today()
    radar, overdue, open_cases = _radar(actor, today)
    past = _past(actor, today)
    months, causes = past["months"], past["causes"]
    this_month = months[-1]
    numbers = {
        "overdue": overdue,
        "due_today": sum(day.regulator + day.others for day in radar.days[:1]),
        "open": open_cases,
        "regulator_month": this_month.regulator,
        "received_month": this_month.regulator + this_month.others,
        "on_time_month": this_month.on_time,
        "mean_days": past["mean_days"],
    }
    loads = load_of_handlers(actor=actor)
    return Workbench(
        as_of=ports.now(),
        **numbers,
        todo=_todo(actor),
        radar=radar,
        loads=loads,
        months=months,
        causes=causes,
        sentences=findings(months, causes, loads),
    )


def _todo(actor: Actor) -> tuple[Row, ...]:
    """The most urgent first: a handler's own cases, everybody's for those who look after a unit."""
    own = actor.has(Role.HANDLER) and not actor.has(Role.OFFICER, Role.LEADER, Role.UNIT_HEAD)
    filters = ListFilters(tab=Tab.MINE if own else Tab.OPEN)
    return complaint_list(actor=actor, filters=filters, limit=TODO).rows


def _radar(actor: Actor, today: date) -> tuple[Radar, int, int]:
    """What falls due on each of the next days, what is late, what is open: one grouped statement."""
    rows = list(
        visible(actor)
        .filter(is_open=True)
        .values("due_on", "is_regulator", "is_paused")
        .annotate(n=Count("pk"))
        .order_by("due_on")
    )
    until = today + timedelta(RADAR_DAYS)
    days = {today + timedelta(n): [0, 0] for n in range(RADAR_DAYS)}
    overdue = 0
    for row in rows:
        if row["is_paused"]:
            continue
        if row["due_on"] < today:
            overdue += row["n"]
        elif row["due_on"] < until:
            days[row["due_on"]][0 if row["is_regulator"] else 1] += row["n"]
    shown = tuple(RadarDay(on, regulator, others) for on, (regulator, others) in days.items())
    return Radar(shown, peak(shown, today)), overdue, sum(row["n"] for row in rows)


def _past(actor: Actor, today: date) -> dict[str, Any]:
    key = f"complaints:past:{actor.scope}:{today.isoformat()}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        kept = {
            "months": _months(actor, today),
            "causes": _causes(actor, today),
            "mean_days": _mean_days(actor, today),
        }
        cache.set(key, kept, KEEP_SECONDS)
    return kept


def first_of_months(today: date, count: int) -> list[date]:
    """First days of the last `count` months, this one last."""
    first = today.replace(day=1)
    found = [first]
    while len(found) < count:
        first = (first - timedelta(1)).replace(day=1)
        found.append(first)
    return found[::-1]


def _months(actor: Actor, today: date) -> tuple[Month, ...]:
    """Twelve months: received by month of receipt, closed and late by month of closing."""
    firsts = first_of_months(today, MONTHS)
    received = _by_month(
        visible(actor)
        .filter(received_on__gte=firsts[0])
        .annotate(month=TruncMonth("received_on"))
        .values("month")
        .annotate(n=Count("pk"), regulator=Count("pk", filter=Q(is_regulator=True)))
    )
    closed = _by_month(
        visible(actor)
        .filter(told_on__gte=firsts[0], was_late__isnull=False)
        .annotate(month=TruncMonth("told_on"))
        .values("month")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(was_late=True)))
    )
    nothing = {"n": 0, "regulator": 0, "late": 0}
    return tuple(
        Month(
            month=f"{first:%Y-%m}",
            regulator=received.get(first, nothing)["regulator"],
            others=received.get(first, nothing)["n"] - received.get(first, nothing)["regulator"],
            closed=closed.get(first, nothing)["n"],
            late=closed.get(first, nothing)["late"],
        )
        for first in firsts
    )


def _by_month(rows: Iterable[Any]) -> dict[date, dict[str, Any]]:
    return {row["month"]: row for row in rows}


def _causes(actor: Actor, today: date, top: int = 6) -> tuple[CauseChange, ...]:
    """The reasons of this month, most frequent first, against the same days of last month."""
    this, last = today.replace(day=1), first_of_months(today, 2)[0]
    until = min(last + (today - this), this - timedelta(1))
    rows = (
        visible(actor)
        .filter(received_on__gte=last, received_on__lte=today)
        .exclude(reason_code="")
        .values("reason_code")
        .annotate(
            now=Count("pk", filter=Q(received_on__gte=this)),
            before=Count("pk", filter=Q(received_on__lte=until)),
        )
    )
    found = [
        CauseChange(row["reason_code"], name_of(row["reason_code"]), row["now"], row["before"])
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (-one.now, one.code))[:top])


def _mean_days(actor: Actor, today: date) -> float | None:
    """Mean days from receipt to telling, of those told this month."""
    span = ExpressionWrapper(F("closed_at") - F("received_at"), output_field=DurationField())
    mean = (
        visible(actor)
        .filter(told_on__gte=today.replace(day=1), closed_at__isnull=False)
        .aggregate(mean=Avg(span))["mean"]
    )
    return round(mean.total_seconds() / 86_400, 1) if mean is not None else None
