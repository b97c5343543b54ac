"""When the demo bank's complaints arrive."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from xiaobao.demo import arrivals

PRESENT = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_the_year_has_as_many_arrivals_as_asked() -> None:
    moments = arrivals.arrivals_of_year(random.Random(1), 2020, 410)
    assert len(moments) == 410
    assert moments == sorted(moments)
    assert {moment.year for moment in moments} == {2020}


@pytest.mark.parametrize("seed", range(5))
def test_no_month_of_the_last_twelve_stands_out(seed: int) -> None:
    moments = arrivals.arrivals_until(random.Random(seed), PRESENT)
    months = Counter((moment.year, moment.month) for moment in moments)
    whole = [months[month] for month in sorted(months)[1:-1]]
    assert len(whole) == 11
    assert max(whole) < 3.5 * min(whole)
    assert 290 < len(moments) < 420
    assert max(moments) < PRESENT


def test_the_bank_grows_and_rests_on_holidays() -> None:
    monday = date(2026, 11, 9)
    assert arrivals.rate_of(monday, 1) > 1.2 * arrivals.rate_of(monday, 0)
    assert arrivals.rate_of(date(2026, 11, 14), 0) < arrivals.rate_of(monday, 0) / 2
    assert arrivals.rate_of(date(2026, 10, 5), 0) < arrivals.rate_of(date(2026, 10, 12), 0) / 2


def test_a_share_thins_the_year_out() -> None:
    whole, tenth = (len(arrivals.arrivals_until(random.Random(1), PRESENT, share)) for share in (1, 0.1))
    assert tenth < whole / 5
