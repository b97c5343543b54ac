"""Seeds the room `complaints`: a year of 2020, the last twelve months, and the work open today."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from django.db import transaction

from xiaobao.demo import today
from xiaobao.demo.arrivals import arrivals_of_year, arrivals_until
from xiaobao.demo.cases import Case, draw, drawn_open
from xiaobao.demo.desk import Desk
from xiaobao.demo.outbox import begin_to_listen, nobody_listens
from xiaobao.demo.people import Bank
from xiaobao.demo.progress import Progress
from xiaobao.demo.stories import Story
from xiaobao.demo.timeline import MOMENT, Life, Timeline
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import NoticeOrder, OverlayKind
from xiaobao.kernel import ports
from xiaobao.rules.calendar import calendar_at

if TYPE_CHECKING:
    import random

WHOLE_YEAR = 4_106  # F03 of the seed document
FRESH = timedelta(days=24)
HEARD = timedelta(days=30)
"""Cases younger than FRESH are never late by chance; events younger than HEARD wake the other rooms."""

# F12: four emergency notices of the epidemic. Number, day of issue, receipts from-until, days.
NOTICES_2020 = (
    ("示银消〔2020〕3号", date(2020, 1, 27), date(2020, 1, 27), date(2020, 2, 29), 10),
    ("示银消〔2020〕5号", date(2020, 2, 6), date(2020, 2, 6), date(2020, 3, 15), 7),
    ("示银消〔2020〕8号", date(2020, 3, 2), date(2020, 3, 2), date(2020, 4, 8), 10),
    ("示银消〔2020〕12号", date(2020, 4, 9), date(2020, 4, 9), date(2020, 6, 30), 12),
)


class Wanted(Protocol):
    """The part of the plan this room needs."""

    @property
    def scale(self) -> float:
        """Share of the seed document's year."""

    @property
    def year(self) -> int:
        """The year told in full."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the build told: complaints of the year, of the last twelve months, open at the present."""

    year: int
    recent: int
    open: int


def seed(bank: Bank, wanted: Wanted, timeline: Timeline, present: datetime, progress: Progress) -> Told:
    """The complaints of the year and of the last twelve months, told on the timeline up to `present`."""
    rng = ports.rng()
    desk = Desk(bank, rng, calendar_at())
    year_cases = _year_cases(rng, bank, wanted)
    recent_cases = _recent_cases(bank, wanted, present, len(year_cases))

    part = progress.step(f"{wanted.year} 年投诉", len(year_cases))
    with nobody_listens():
        for life in (*_notices(desk, wanted.year), *(Story(desk, case).tell() for case in year_cases)):
            timeline.add(life)
        _tell(timeline, datetime(wanted.year + 1, 6, 30, tzinfo=ports.SHANGHAI), part)
    progress.done(f"{wanted.year} 年投诉：{len(year_cases)} 笔（全量 {WHOLE_YEAR} 笔）")

    part = progress.step("近 12 个月投诉", len(recent_cases))
    stories = [Story(desk, case) for case in recent_cases]
    for story in stories:
        timeline.add(story.tell())
    with nobody_listens():
        _tell(timeline, present - HEARD, part)
    begin_to_listen((each.id, each.letter) for each in stories if each.is_open)
    _tell(timeline, present - MOMENT, part)
    progress.done(f"近 12 个月投诉：{len(recent_cases)} 笔")
    return Told(len(year_cases), len(recent_cases), sum(each.is_open for each in stories))


def _tell(timeline: Timeline, until: datetime, part: Callable[[], None]) -> None:
    """Plays the timeline in one transaction: its events reach the other rooms when it is told to the end."""
    with transaction.atomic():
        timeline.run(until, part)


def _year_cases(rng: random.Random, bank: Bank, wanted: Wanted) -> list[Case]:
    count = max(1, int(WHOLE_YEAR * wanted.scale + 1e-9))
    moments = arrivals_of_year(rng, wanted.year, count)
    return [draw(rng, bank, moment, serial) for serial, moment in enumerate(moments, 1)]


def _recent_cases(bank: Bank, wanted: Wanted, present: datetime, after: int) -> list[Case]:
    rng = ports.rng()
    share = min(1, wanted.scale * 10)
    cases = []
    for serial, moment in enumerate(arrivals_until(rng, present, share), after + 1):
        drawing = drawn_open if moment > present - FRESH else draw
        cases.append(drawing(rng, bank, moment, serial))
    cases += today.scripted(rng, present, after + len(cases) + 1)
    return cases + today.group(rng, present, after + len(cases) + 1, share)


def _notices(desk: Desk, year: int) -> Iterator[Life]:
    for number, issued, since, until, days in NOTICES_2020 if year == 2020 else ():
        order = NoticeOrder(
            number=number,
            title="关于疫情防控期间加快办理客户投诉的通知",
            kind=OverlayKind.EMERGENCY,
            amount=days,
            received_from=since,
            received_until=until,
            reason="疫情期间收紧办理时限：急事急办、特事特办",
        )
        yield _issued(desk, order, issued)


def _issued(desk: Desk, order: NoticeOrder, day: date) -> Life:
    yield datetime(day.year, day.month, day.day, 8, 30, tzinfo=ports.SHANGHAI)
    services.notice_issue(actor=desk.post("leader"), order=order)
