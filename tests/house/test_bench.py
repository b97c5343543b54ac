"""The benchmark's own arithmetic: what it counts, and that copies never look like given numbers."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

import pytest

from bench import __main__ as command
from bench.multiply import _value
from bench.pages import METHOD
from bench.processes import cpu_seconds
from bench.sizes import sizes
from bench.table import Row
from bench.texts import RARE, expected, texts
from xiaobao.duties.complaints.models import Complaint


def test_cpu_of_a_process_grows_with_its_work_and_not_with_its_sleep() -> None:
    before = cpu_seconds([os.getpid()])
    time.sleep(0.2)
    rested = cpu_seconds([os.getpid()])
    spent = time.process_time()
    while time.process_time() - spent < 0.15:
        sum(range(10_000))
    assert rested - before < 0.1
    assert cpu_seconds([os.getpid()]) - rested >= 0.1


def test_words_are_counted_as_they_stand_in_the_texts() -> None:
    found = expected(3_000)
    assert found[RARE] == 3
    assert found["违约金"] == sum("违约金" in one.title + one.facts for one in texts(3_000))


def test_a_copys_number_holds_a_letter_no_given_number_has() -> None:
    field = Complaint._meta.get_field("no")
    assert "|| 'k' ||" in _value(field, Complaint, Complaint)


def test_the_bars_sizes_are_the_issues() -> None:
    whole, quick = sizes(quick=False), sizes(quick=True)
    assert (whole.small, whole.large, whole.journal, whole.clocks) == (50_000, 1_000_000, 1_000_000, 200_000)
    assert quick.small * 10 == whole.small
    assert "2 workers" in METHOD


def test_a_figure_at_its_bar_keeps_it_and_one_without_a_bar_is_never_missed() -> None:
    assert Row("x", 10, "ms", 10).passed
    assert not Row("x", 10.01, "ms", 10).passed
    assert Row("x", 1e9, "ms").passed


def test_a_part_called_by_hand_prints_its_rows_and_one_called_by_the_run_writes_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "_measured", lambda options: [Row("one SMS", 2.5, "ms", 10)])
    file = tmp_path / "rows.json"
    assert command._part(argparse.Namespace(json=None)) == 0
    assert "one SMS" in capsys.readouterr().out
    assert command._part(argparse.Namespace(json=file)) == 0
    assert [row["value"] for row in json.loads(file.read_text())] == [2.5]
