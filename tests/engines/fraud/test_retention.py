"""Old journal segments go; never one that a recovery needs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engines.fraud.test_durability import SETTINGS, lines, stream
from xiaobao.engines.fraud.background import Background
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.events import Event
from xiaobao.engines.fraud.journal import JournalError
from xiaobao.engines.fraud.retention import DAY_SECONDS
from xiaobao.site.cli import main

EVENTS = stream(400)


def opened(folder: Path) -> Desk:
    return Desk(Engine(SETTINGS), folder, segment_bytes=2_000)


def fed(desk: Desk, events: list[Event]) -> Desk:
    for at in range(0, len(events), 8):
        desk.decide_group(lines(events[at : at + 8]))
    return desk


def aged(folder: Path, days: float) -> list[Path]:
    """Every segment made that much older; the segments."""
    found = sorted((folder / "journal").glob("*.xbj"))
    for path in found:
        written = path.stat().st_mtime - days * DAY_SECONDS
        os.utime(path, (written, written))
    return found


def bank(folder: Path) -> Desk:
    """Two snapshots with segments before, between and after them, all forty days old."""
    desk = fed(opened(folder), EVENTS[:160])
    desk.snapshot()
    fed(desk, EVENTS[160:240]).snapshot()
    fed(desk, EVENTS[240:320])
    aged(folder, 40)
    return desk


def test_what_both_snapshots_include_goes_and_recovery_is_the_same(tmp_path: Path) -> None:
    desk = bank(tmp_path)
    before = len(list((tmp_path / "journal").glob("*.xbj")))
    found = desk.prune(30)
    assert 0 < found.segments < before
    assert len(list((tmp_path / "journal").glob("*.xbj"))) == before - found.segments
    desk.close()
    again = opened(tmp_path)
    assert again.state_hash() == desk.state_hash()
    whole = fed(opened(tmp_path / "whole"), EVENTS)
    assert fed(again, EVENTS[320:]).state_hash() == whole.state_hash()


def test_the_older_snapshot_is_enough_after_pruning(tmp_path: Path) -> None:
    desk = bank(tmp_path)
    desk.prune(30)
    desk.close()
    newest = max((tmp_path / "snapshots").glob("*.xbs"))
    newest.write_bytes(b"torn")
    assert opened(tmp_path).state_hash() == desk.state_hash()


@pytest.mark.parametrize("damage", ["torn", "absent"])
def test_without_two_whole_snapshots_everything_stays(tmp_path: Path, damage: str) -> None:
    desk = bank(tmp_path)
    first = min((tmp_path / "snapshots").glob("*.xbs"))
    if damage == "torn":
        first.write_bytes(first.read_bytes()[:-1])
    else:
        first.unlink()
    found = desk.prune(1)
    assert (found.segments, found.bytes) == (0, 0)
    assert "不足 2 份" in found.say


def test_young_segments_stay(tmp_path: Path) -> None:
    assert bank(tmp_path).prune(41).segments == 0


def test_a_pruned_journal_without_its_snapshots_says_so(tmp_path: Path) -> None:
    desk = bank(tmp_path)
    desk.prune(30)
    desk.close()
    for path in (tmp_path / "snapshots").glob("*.xbs"):
        path.unlink()
    with pytest.raises(JournalError, match="缺少第 1 段"):
        opened(tmp_path)


def test_the_server_prunes_after_a_snapshot(tmp_path: Path) -> None:
    desk = bank(tmp_path)
    before = len(list((tmp_path / "journal").glob("*.xbj")))
    clock = iter([0.0, 100.0, 100.0])
    background = Background(60, lambda: next(clock), days=30)
    background.step(desk)
    background.wait()
    assert (background.done, background.failed) == (1, 0)
    assert len(list((tmp_path / "journal").glob("*.xbj"))) < before
    desk.close()
    assert opened(tmp_path).state_hash() == desk.state_hash()


def test_the_command_says_what_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bank(tmp_path).close()
    assert main(["fraud", "prune", "--data", str(tmp_path), "--journal-days", "30"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("已删除 ")
    assert "段起为恢复所需" in said
    assert main(["fraud", "prune", "--data", str(tmp_path), "--journal-days", "0.5"]) != 0
    assert main(["fraud", "prune", "--data", str(tmp_path / "none"), "--journal-days", "30"]) != 0
