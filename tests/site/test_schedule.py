"""Scheduled work: each reports, one that fails stops no other, every room's work is there."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError

from xiaobao.site import schedule

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)


def counts(now: datetime) -> Mapping[str, Any]:
    return {"done": 3, "at": now.isoformat()}


def fails(now: datetime) -> Mapping[str, Any]:
    raise ValueError("本项有误")


def away(now: datetime) -> Mapping[str, Any]:
    raise OperationalError("connection refused")


def test_each_work_reports_its_counts_and_seconds() -> None:
    report = schedule.run_all(NOW, {"a": counts})
    assert report["a"].pop("seconds") >= 0
    assert report == {"a": {"done": 3, "at": NOW.isoformat()}}


def test_one_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    report = schedule.run_all(NOW, {"a": fails, "b": counts})
    assert report["a"]["error"] == "ValueError: 本项有误"
    assert report["b"]["done"] == 3
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_database_that_is_away_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        report = schedule.run_all(NOW, {"a": away})
    assert report["a"]["error"].startswith("OperationalError")
    assert [bool(record.exc_info) for record in caplog.records] == [False]


@pytest.mark.django_db
def test_every_work_runs_on_an_empty_database_twice() -> None:
    for _ in range(2):
        report = schedule.run_all(NOW)
        assert {name for name, result in report.items() if "error" in result} == set()
    assert len(report) >= 8
