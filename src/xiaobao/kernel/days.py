"""Days as the law counts them: natural days, months and years to the corresponding day, hours.

Working days need a calendar and live in `xiaobao.rules.calendar`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from xiaobao.kernel.errors import InvalidInput

# China has kept no summer time since 1991; the bank's deadlines run on this clock.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
ONE_DAY = timedelta(days=1)
YEARS = range(1800, 2200)
WEEKDAYS = "一二三四五六日"

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)


def parse_day(text: str, *, field: str = "") -> date:
    """A calendar day from `2026-01-10`, `2026/1/10`, `2026年1月10日` or `20260110`.

    Full-width digits are read too. Raises: InvalidInput `day.unreadable`, `day.impossible`, `day.far`.

    >>> parse_day("2026年1月10日")
    datetime.date(2026, 1, 10)
    """
    plain = text.strip().translate(_NARROW)
    found = _DAY.fullmatch(plain)
    if not found:
        raise InvalidInput(
            "day.unreadable", field=field, text=text, say=f"日期“{text}”无法识别，请写成 2026-01-10 的样子"
        )
    year, month, day = (int(part) for part in found.groups() if part)
    _check_year(year, text, field)
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput(
            "day.impossible", field=field, text=text, say=f"日期“{text}”不存在，请核对月份和日子"
        ) from None


def _check_year(year: int, text: str, field: str) -> None:
    """Refuse a year no duty, birth or deadline can lie in: a slip of the pen, and no deadline could be counted from it."""
    if year not in YEARS:
        said = f"日期“{text}”的年份应在{YEARS.start}年至{YEARS.stop - 1}年之间，请核对"
        raise InvalidInput("day.far", field=field, text=text, say=said)


_NARROW = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")


def parse_moment(text: str, *, field: str = "") -> datetime:
    """A moment on Shanghai's clock from `2026-03-01T09:00` or `2026-03-01 09:00:30`.

    An offset in the text is honoured. Raises: InvalidInput `moment.unreadable`, `day.far`.

    >>> parse_moment("2026-03-01T09:00").isoformat()
    '2026-03-01T09:00:00+08:00'
    """
    try:
        moment = datetime.fromisoformat(text.strip().translate(_NARROW))
    except ValueError:
        raise InvalidInput(
            "moment.unreadable",
            field=field,
            text=text,
            say=f"时间“{text}”无法识别，请写成 2026-03-01T09:00 的样子",
        ) from None
    _check_year(moment.year, text, field)
    return moment.astimezone(SHANGHAI) if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def add_days(start: date, days: int) -> date:
    """The day `days` natural days after `start`, the start itself not counted.

    >>> add_days(date(2026, 1, 10), 15)
    datetime.date(2026, 1, 25)
    """
    return start + timedelta(days)


def add_months(start: date, months: int) -> date:
    """The corresponding day of the month due; the month's last day where there is none (民法典 202).

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(start.day, month_length(year, month + 1)))


def add_years(start: date, years: int) -> date:
    """The corresponding day of the year due (民法典 202).

    >>> add_years(date(2024, 2, 29), 5)
    datetime.date(2029, 2, 28)
    """
    return add_months(start, 12 * years)


def month_length(year: int, month: int) -> int:
    """Number of days of that month.

    >>> month_length(2024, 2)
    29
    """
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def end_of(day: date) -> datetime:
    """24:00 of `day` in Shanghai: the first moment that is too late.

    >>> end_of(date(2026, 1, 25)).isoformat()
    '2026-01-26T00:00:00+08:00'
    """
    return datetime.combine(day + ONE_DAY, time(), SHANGHAI)


def start_of(day: date) -> datetime:
    """00:00 of `day` in Shanghai."""
    return datetime.combine(day, time(), SHANGHAI)


def day_of(moment: datetime) -> date:
    """The day on Shanghai's clock.

    >>> from datetime import UTC
    >>> day_of(datetime(2026, 1, 25, 17, 0, tzinfo=UTC))
    datetime.date(2026, 1, 26)
    """
    return moment.astimezone(SHANGHAI).date()


def weekday_zh(day: date) -> str:
    """The weekday as the office says it.

    >>> weekday_zh(date(2026, 4, 5))
    '星期日'
    """
    return "星期" + WEEKDAYS[day.weekday()]


def day_zh(day: date) -> str:
    """The day in Chinese.

    >>> day_zh(date(2026, 4, 5))
    '2026年4月5日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
