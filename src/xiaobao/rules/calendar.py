"""Working days: holidays and make-up working days as the State Council's notices declare them.

A calendar is what is known after a given notice; its version is that notice's day. Beyond the
recorded years nothing is guessed: the answer is an error that names the year and two bounds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from functools import cached_property, lru_cache

from xiaobao.kernel.days import weekday_zh
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.notices import DayEntry, Notice

SATURDAY = 5


class OutsideCalendar(InvalidInput):
    """The count reaches a year nobody has recorded; `earliest` and `latest` bound the answer."""


class Calendar:
    """The working days of the recorded years, as known after the notice named by `version`."""

    def __init__(self, notices: tuple[Notice, ...]) -> None:
        self.notices = notices
        self.version = max(notice.published_on for notice in notices).isoformat()
        self.entries: dict[date, DayEntry] = {
            day: DayEntry(is_off, name, notice.name)
            for notice in sorted(notices, key=lambda one: one.published_on)
            for day, is_off, name in notice.days
        }
        years = {notice.year for notice in notices}
        self.first_year, self.last_year = min(years), _last_unbroken(years)
        self._first = date(self.first_year, 1, 1).toordinal()
        self._last = date(self.last_year, 12, 31).toordinal()

    def name_day(self, day: date) -> tuple[str, bool]:
        """The day with its weekday and holiday as a trace writes it, and whether it is a day off."""
        entry = self.entries.get(day)
        if entry is None:
            return f"{day.isoformat()}（{weekday_zh(day)}）", day.weekday() >= SATURDAY
        holiday = f"{entry.name}放假" if entry.is_off else "调休上班"
        return f"{day.isoformat()}（{weekday_zh(day)}，{holiday}）", entry.is_off

    @cached_property
    def _working(self) -> list[int]:
        off = {day.toordinal() for day, entry in self.entries.items() if entry.is_off}
        work = {day.toordinal() for day, entry in self.entries.items() if not entry.is_off}
        return [
            day
            for day in range(self._first, self._last + 1)
            if day in work or ((day + 6) % 7 < SATURDAY and day not in off)
        ]

    @cached_property
    def most_lost(self) -> int:
        """Most weekdays a recorded year has lost to holidays; widens the bound of an unrecorded one."""
        lost: dict[int, int] = {}
        for day, entry in self.entries.items():
            if entry.is_off and day.weekday() < SATURDAY:
                lost[day.year] = lost.get(day.year, 0) + 1
        return max(lost.values(), default=0)

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`. Raises: OutsideCalendar beyond the recorded years."""
        number = day.toordinal()
        if not self._first <= number <= self._last:
            raise self._outside(day, day, day)
        at = bisect_left(self._working, number)
        return at < len(self._working) and self._working[at] == number

    def is_holiday(self, day: date) -> bool:
        """Whether a notice declares `day` off (weekends without a notice are not holidays)."""
        entry = self.entries.get(day)
        return entry is not None and entry.is_off

    def entry(self, day: date) -> DayEntry | None:
        """What the notices say of `day`, if anything."""
        return self.entries.get(day)

    def covers(self, day: date) -> bool:
        """Whether the day's year is recorded."""
        return self._first <= day.toordinal() <= self._last

    def add_working(self, start: date, count: int) -> date:
        """The `count`-th working day after `start`, the start itself not counted.

        Raises: OutsideCalendar when the count leaves the recorded years.
        """
        number = start.toordinal()
        at = bisect_right(self._working, number) + count - 1
        if number < self._first - 1 or at >= len(self._working):
            raise self._outside_count(start, count)
        return date.fromordinal(self._working[at]) if count else start

    def working_between(self, after: date, upto: date) -> int:
        """Number of working days after `after` up to and including `upto`."""
        if not (self.covers(upto) and after.toordinal() >= self._first - 1):
            raise self._outside(upto, after, upto)
        return bisect_right(self._working, upto.toordinal()) - bisect_right(self._working, after.toordinal())

    def _outside_count(self, start: date, count: int) -> OutsideCalendar:
        left = max(len(self._working) - bisect_right(self._working, start.toordinal()), 0)
        base = max(start, date.fromordinal(self._last))
        if start.toordinal() < self._first - 1:
            return self._outside(start, start + timedelta(count), start + timedelta(count * 2 + 40))
        earliest = base + timedelta(count - left)
        lost = self.most_lost * ((count - left) // 200 + 1)
        latest = _add_weekdays(base, count - left + lost)
        return self._outside(base + timedelta(1), earliest, latest)

    def _outside(self, day: date, earliest: date, latest: date) -> OutsideCalendar:
        return OutsideCalendar(
            "calendar.year_missing",
            year=day.year,
            earliest=earliest,
            latest=latest,
            say=f"{day.year}年的放假安排未录入（已录入{self.first_year}—{self.last_year}年），不作推测；"
            f"结果在{earliest.isoformat()}与{latest.isoformat()}之间，录入国务院办公厅通知后再算",
        )


def _last_unbroken(years: set[int]) -> int:
    last = min(years)
    while last + 1 in years:
        last += 1
    return last


def _add_weekdays(start: date, count: int) -> date:
    day = start
    while count > 0:
        day += timedelta(1)
        count -= day.weekday() < SATURDAY
    return day


@lru_cache(maxsize=1)
def _recorded() -> tuple[Notice, ...]:
    from xiaobao.rules import calendar_files

    return calendar_files.recorded()


@lru_cache(maxsize=64)
def calendar_at(version: str | None = None) -> Calendar:
    """The calendar as known after the notice of day `version`; the newest when None.

    >>> calendar_at("2019-11-21").add_working(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 1)
    >>> calendar_at("2020-01-26").add_working(date(2020, 1, 31), 1)
    datetime.date(2020, 2, 3)
    """
    notices = _recorded()
    if version is None:
        return Calendar(notices)
    known = tuple(one for one in notices if one.published_on.isoformat() <= version)
    if not known:
        raise InvalidInput(
            "calendar.version_unknown", say=f"没有{version}或更早的放假安排，最早为{notices[0].published_on}"
        )
    return Calendar(known)


def calendar_known_on(day: date) -> Calendar:
    """The calendar a person could have known on `day`."""
    return calendar_at(max(name for name in versions() if name <= day.isoformat()))


@lru_cache(maxsize=1)
def versions() -> tuple[str, ...]:
    """Names of all calendar versions, oldest first."""
    return tuple(sorted({notice.published_on.isoformat() for notice in _recorded()}))
