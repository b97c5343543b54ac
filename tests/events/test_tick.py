"""The schedule: every room's work, each on its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.audit.journal import START
from xiaobao.site.schedule import run_all, works


def test_one_failing_work_is_reported_and_stops_no_other() -> None:
    ran = []

    def broken(now: datetime) -> dict[str, Any]:
        raise RuntimeError("full disk")

    def sound(now: datetime) -> dict[str, Any]:
        ran.append(now)
        return {"done": 3}

    report = run_all(START, {"broken": broken, "sound": sound})
    assert (report["broken"]["error"], report["sound"]["done"], ran) == (
        "RuntimeError: full disk",
        3,
        [START],
    )


@pytest.mark.django_db
def test_the_whole_schedule_runs_on_an_empty_bank_and_again() -> None:
    for _ in range(2):
        report = run_all(START)
        assert set(report) == set(works())
        assert [name for name, result in report.items() if "error" in result] == []
