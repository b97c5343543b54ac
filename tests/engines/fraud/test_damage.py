"""Disks that rot, files that vanish, disks that refuse twice: nothing acknowledged is ever skipped in silence."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.engines.fraud.test_durability import SETTINGS, lines, run, stream
from xiaobao.engines.fraud.desk import Desk
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.journal import Journal, JournalError, Position, RecordKind, replay


def spoil(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    path.write_bytes(data)


def segment(folder: Path) -> Path:
    return max((folder / "journal").glob("*.xbj"))


def test_damage_before_the_snapshot_loses_no_event_after_it(tmp_path: Path) -> None:
    events = stream(40)
    desk = run(tmp_path, events[:20])
    desk.snapshot()
    desk.close()
    spoil(segment(tmp_path), 60)
    again = Desk(Engine(SETTINGS), tmp_path)
    again.decide_group(lines(events[20:]))
    again.close()
    third = Desk(Engine(SETTINGS), tmp_path)
    assert third.recovery.records == 20
    assert all(third.engine.knows(event.event_id) for event in events)


def test_damage_behind_an_older_snapshot_stops_the_start(tmp_path: Path) -> None:
    events = stream(40)
    desk = run(tmp_path, events[:10])
    desk.snapshot()
    between = desk.journal.position.offset
    desk.decide_group(lines(events[10:30]))
    newest = desk.snapshot()
    desk.decide_group(lines(events[30:]))
    desk.close()
    spoil(newest, 200)
    spoil(segment(tmp_path), between + 20)
    size = segment(tmp_path).stat().st_size
    with pytest.raises(JournalError, match="备份"):
        Desk(Engine(SETTINGS), tmp_path)
    assert segment(tmp_path).stat().st_size == size


def test_what_is_cut_off_stands_aside(tmp_path: Path) -> None:
    run(tmp_path, stream(20)).close()
    path = segment(tmp_path)
    path.write_bytes(path.read_bytes()[:-7])
    again = Desk(Engine(SETTINGS), tmp_path)
    (aside,) = (tmp_path / "journal").glob("*.torn")
    assert aside.stat().st_size == again.recovery.torn_bytes > 0


@pytest.mark.parametrize("how", ["gone", "short"])
def test_a_journal_that_ends_before_the_snapshot_stops_the_start(tmp_path: Path, how: str) -> None:
    desk = run(tmp_path, stream(20))
    desk.snapshot()
    desk.close()
    path = segment(tmp_path)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(JournalError, match="备份"):
        Desk(Engine(SETTINGS), tmp_path)


def test_a_disk_that_also_refuses_to_cut_leaves_no_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(tmp_path)
    journal.append(RecordKind.EVENT, b"first")
    journal.sync()
    real = os.write

    def half(handle: int, data: bytes) -> int:
        real(handle, bytes(data)[:9])
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    def refuse(handle: int, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        patch.setattr(os, "ftruncate", refuse)
        journal.append(RecordKind.EVENT, b"lost")
        with pytest.raises(JournalError, match="未受理"):
            journal.sync()
    journal.append(RecordKind.EVENT, b"second")
    journal.sync()
    assert [record.payload for record in replay(tmp_path, Position(1, 0))] == [b"first", b"second"]


def test_a_record_of_a_later_version_is_named(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.append(RecordKind.EVENT, b"one")
    journal.append(99, b"from the future")  # type: ignore[arg-type]
    journal.sync()
    with pytest.raises(JournalError, match="版本"):
        list(replay(tmp_path, Position(1, 0)))


def test_half_written_snapshots_do_not_pile_up(tmp_path: Path) -> None:
    desk = run(tmp_path, stream(5))
    folder = tmp_path / "snapshots"
    folder.mkdir()
    (folder / "snapshot-00000001-000000000123.part").write_bytes(b"x" * 1000)
    desk.snapshot()
    assert [path.suffix for path in folder.iterdir()] == [".xbs"]


def test_files_are_durable_with_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    desk = run(tmp_path, stream(3))
    assert str(tmp_path / "journal") in synced
    synced.clear()
    desk.snapshot()
    assert synced[-1] == str(tmp_path / "snapshots")
