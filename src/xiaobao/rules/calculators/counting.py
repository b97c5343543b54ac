"""The sentences of counting that several calculators share: day zero, the last day, holidays, hours."""

from __future__ import annotations

from datetime import date, timedelta

from xiaobao.rules.calculators.asking import Trace
from xiaobao.rules.calculators.values import Desk
from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.civil_code import civil
from xiaobao.rules.complaint_trace import last_day
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.kinds.clock import LONGEST_REST
from xiaobao.rules.values import Cite, Role


def begins(trace: Trace, on: date, what: str) -> None:
    """The first step: the event, and that its own day is not counted."""
    place = civil(on, "201.1")
    trace.say(f"{on}{what}，当日不计入（{cite_zh(place)}）", on, place)


def ends(trace: Trace, on: date, desk: Desk, *, customer: bool = False) -> None:
    """The last day with its weekday and holiday, and what a day off does to it (民法典 203.1).

    Our reading is strict against ourselves: the bank's own period is not rolled over; what a `customer` hands in
    on the first working day after a day off is taken.
    """
    trace.say(f"届满日为{last_day(on, desk.calendar)}", on, civil(on, "201.1"))
    rolls(trace, on, desk, customer=customer)


def rolls(trace: Trace, on: date, desk: Desk, *, customer: bool = False) -> None:
    """What a last day that is a day off does: taken later from a customer, not rolled over for the bank."""
    later, roll = rolled(on, desk), civil(on, "203.1", Role.EXCEPTION)
    if later is None or later == on:
        return
    if customer:
        trace.say(
            f"届满日逢节假日，{later}提出的也应收下（{cite_zh(roll)}）：对客户从宽，本行口径",
            later,
            roll,
            ours=True,
        )
    else:
        trace.leave(f"节假日顺延至{later}（{cite_zh(roll)}）——从严解释，本行口径不采用", roll, ours=True)


def rolled(on: date, desk: Desk) -> date | None:
    """The first working day from `on`; None where the calendar does not know."""
    try:
        while not desk.calendar.is_working(on):
            on += timedelta(1)
    except OutsideCalendar:
        return None
    return on


def late(trace: Trace, what: str, done: date | None, due: date | None, place: Cite | str) -> str:
    """A step and a half-sentence on whether something was done by its day; empty while nobody says."""
    if done is None or due is None:
        return ""
    if done <= due:
        trace.say(f"{done}{what}，在期限内", done, place)
        return f"{done}{what}，没有逾期。"
    trace.say(f"{done}{what}，晚{(done - due).days}日", done, place)
    return f"{done}{what}，已逾期{(done - due).days}日。"


def late_customer(at: tuple[Trace, Desk], what: str, done: date | None, due: date, place: Cite | str) -> str:
    """As `late`, for a day that is not the bank's own: a day off at its end moves it to the next working day."""
    trace, desk = at
    if done is None or done <= due or (done - due).days > LONGEST_REST:
        return late(trace, what, done, due, place)
    later, roll = rolled(due, desk), civil(due, "203.1", Role.EXCEPTION)
    if later is None:
        year = next(year for year in (due.year, done.year) if not desk.calendar.covers(date(year, 1, 1)))
        trace.leave(f"节假日顺延——{year}年的放假安排未录入，不知届满日是否顺延（{cite_zh(roll)}）", roll)
        return f"{done}{what}，是否逾期待定：{year}年的放假安排未录入。"
    if done > later:
        return late(trace, what, done, due, place)
    trace.say(f"{done}{what}，届满日逢节假日，顺延至{later}，在期限内（{cite_zh(roll)}）", done, roll)
    return f"{done}{what}，没有逾期。"
