"""When the demo bank's complaints arrive: seasons, weekdays, holidays, and a year that grows."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from xiaobao.kernel.ports import SHANGHAI
from xiaobao.rules.calendar import calendar_at

if TYPE_CHECKING:
    import random

# Share of the seed document's year that arrives in each month: quiet in February, a wave from June on.
MONTHS_2020 = (6.0, 4.2, 8.6, 8.2, 8.0, 9.2, 9.0, 8.8, 9.4, 8.6, 9.8, 10.2)

# An ordinary year: the Spring Festival is quiet, March has Consumer Rights Day, the year's end is busy.
SEASON = (1.04, 0.92, 1.14, 1.0, 0.95, 1.05, 1.0, 0.95, 1.02, 0.9, 1.06, 1.11)
WEEK = (1.3, 1.15, 1.05, 1.0, 1.05, 0.5, 0.4)
HOLIDAY = 0.45
A_DAY = 0.9
GROWTH = 0.3
"""What a day brings at the begin of the twelve months, and how much more at their end."""


def arrivals_of_year(rng: random.Random, year: int, count: int) -> list[datetime]:
    """`count` moments of the year, more in the busy months, in order."""
    months = rng.choices(range(1, 13), weights=MONTHS_2020, k=count)
    return sorted(_moment(rng, date(year, month, rng.randint(1, 28))) for month in months)


def arrivals_until(rng: random.Random, present: datetime, share: float = 1.0) -> list[datetime]:
    """Moments of the twelve months before `present`, in order. A `share` below 1 thins them out."""
    today = present.astimezone(SHANGHAI).date()
    moments = []
    for back in range(365, -1, -1):
        day = today - timedelta(days=back)
        count = _drawn(rng, share * rate_of(day, 1 - back / 365))
        moments += [_moment(rng, day) for _ in range(count)]
    return sorted(moment for moment in moments if moment < present - timedelta(minutes=20))


def rate_of(day: date, grown: float) -> float:
    """Complaints to be expected on the day; `grown` runs from 0 to 1 over the twelve months."""
    calendar = calendar_at()
    holiday = day.weekday() < 5 and not calendar.is_working(day)
    return (
        A_DAY
        * (1 + GROWTH * grown)
        * SEASON[day.month - 1]
        * WEEK[day.weekday()]
        * (HOLIDAY if holiday else 1)
    )


def _drawn(rng: random.Random, rate: float) -> int:
    """A count of independent arrivals at this rate (Poisson)."""
    limit, product, count = math.exp(-rate), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _moment(rng: random.Random, day: date) -> datetime:
    minutes = int(rng.triangular(8 * 60, 20 * 60, 10 * 60 + 30))
    start = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    return (start + timedelta(minutes=minutes)).astimezone(UTC)
