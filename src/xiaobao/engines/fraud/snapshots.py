"""Snapshots of the engine's state: written beside, synced, then renamed into place."""

from __future__ import annotations

import os
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines.fraud.journal import START, Position, sync_folder

_HEAD = struct.Struct("<8sIIQ")
_MAGIC = b"XBSNAP01"
KEEP = 2


@dataclass(frozen=True, slots=True)
class Snapshot:
    """State bytes and the journal position they include."""

    position: Position
    state: bytes | memoryview


def save(folder: Path, snapshot: Snapshot) -> Path:
    """Write the snapshot durably; older ones beyond two are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for half in folder.glob("*.part"):  # a writer that was killed; there is one at a time
        half.unlink()
    position = snapshot.position
    path = folder / f"snapshot-{position.segment:08d}-{position.offset:012d}.xbs"
    beside = path.with_suffix(".part")
    head = _HEAD.pack(_MAGIC, zlib.crc32(snapshot.state), position.segment, position.offset)
    with beside.open("wb") as file:
        file.write(head)
        file.write(snapshot.state)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(folder)  # before anything older goes
    for old in sorted(folder.glob("snapshot-*.xbs"))[:-KEEP]:
        old.unlink()
    return path


def newest(folder: Path) -> Snapshot | None:
    """The newest snapshot whose checksum holds; None when there is none."""
    return _first(sorted(folder.glob("snapshot-*.xbs"), reverse=True))


def oldest(folder: Path) -> Snapshot | None:
    """The oldest snapshot whose checksum holds; None when there is none."""
    return _first(sorted(folder.glob("snapshot-*.xbs")))


def _first(paths: list[Path]) -> Snapshot | None:
    return next((found for path in paths if (found := _load(path))), None)


def reached(folder: Path) -> Position:
    """How far the journal was when the newest snapshot was written, whole or not: its name says so."""
    names = [path.stem.split("-")[1:] for path in folder.glob("snapshot-*.xbs")]
    return max((Position(int(segment), int(offset)) for segment, offset in names), default=START)


def whole(folder: Path) -> list[tuple[Position, float]]:
    """Position and time of writing of every snapshot whose checksum holds."""
    found = ((_load(path), path.stat().st_mtime) for path in sorted(folder.glob("snapshot-*.xbs")))
    return [(snapshot.position, written) for snapshot, written in found if snapshot]


def _load(path: Path) -> Snapshot | None:
    data = memoryview(path.read_bytes())
    if len(data) < _HEAD.size:
        return None
    magic, check, segment, offset = _HEAD.unpack(data[: _HEAD.size])
    state = data[_HEAD.size :]  # no copy: a state may be gigabytes
    if magic != _MAGIC or zlib.crc32(state) != check:
        return None
    return Snapshot(Position(segment, offset), state)
