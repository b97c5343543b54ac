"""How dates and moments are written."""

from __future__ import annotations

from datetime import datetime

import pytest

from xiaobao.kernel import ports
from xiaobao.site import formats


@pytest.mark.parametrize(
    ("hour", "day", "words"),
    [(0, 23, "2026-11-22 24:00"), (9, 23, "2026-11-23 09:00"), (0, 1, "2026-10-31 24:00")],
)
def test_a_deadline_at_midnight_belongs_to_the_day_it_ends(hour: int, day: int, words: str) -> None:
    assert formats.deadline(datetime(2026, 11, day, hour, tzinfo=ports.SHANGHAI)) == words


def test_no_deadline_is_a_dash() -> None:
    assert formats.deadline(None) == "—"
