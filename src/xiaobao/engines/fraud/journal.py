"""The journal on disk: append-only segments, a checksum a record, one sync for a group.

Record: length (4 bytes), CRC-32 of what follows (4), kind (1), payload. A record that was
torn by a crash ends the journal: it was never acknowledged, so cutting it off loses nothing.
"""

from __future__ import annotations

import fcntl
import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

_HEAD = struct.Struct("<II")
_KIND = struct.Struct("<B")
_NAME = "journal-{:08d}.xbj"
SEGMENT_BYTES = 64 * 2**20
MAX_RECORD = 2**20


class RecordKind(IntEnum):
    """What a record holds."""

    EVENT = 1
    SNOOZE = 2
    SETUP = 3
    LIFT = 4


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place between two records."""

    segment: int
    offset: int


START = Position(1, 0)
_KINDS = frozenset(RecordKind)


@dataclass(frozen=True, slots=True)
class Record:
    """One record and the place after it."""

    kind: RecordKind
    payload: bytes
    after: Position


class JournalError(OSError):
    """The journal could not be written or read; the message says which file and what to do."""


class Journal:
    """Appends records and makes them durable in groups.

    `append` only buffers; nothing may be acknowledged before `sync` returned. A failed sync
    leaves the file as it was before the group, and the group unwritten.
    """

    def __init__(
        self,
        folder: Path,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        sure: Position = START,
        reached: Position = START,
    ) -> None:
        """`sure` is where the snapshot that is used begins, `reached` where any snapshot ever stood.

        Nothing before either can be torn. Raises: JournalError when the journal ends before `reached`.
        """
        self.folder = folder
        self._segment_bytes = segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        self._buffer: list[bytes] = []
        self.torn_bytes = self._cut_torn_tail(sure, max(sure, reached))
        self.position = _end(folder)
        self._file = self._open(self.position)
        sync_folder(folder)
        sync_folder(folder.parent)

    def append(self, kind: RecordKind, payload: bytes) -> None:
        """Add a record to the group that the next `sync` writes.

        Raises: JournalError for a payload over 1 MiB.
        """
        self.extend(kind, (payload,))

    def extend(self, kind: RecordKind, payloads: Iterable[bytes]) -> None:
        """Add records of one kind. Raises: JournalError for a payload over 1 MiB; then none is added."""
        first, head, checksum, parts = _KIND.pack(kind), _HEAD.pack, zlib.crc32, list[bytes]()
        begun = checksum(first)
        for payload in payloads:
            size = len(payload)
            if size > MAX_RECORD:
                raise JournalError(f"单条记录 {size} 字节，超过上限 {MAX_RECORD}")
            parts += (head(size + 1, checksum(payload, begun)), first, payload)
        self._buffer += parts

    @property
    def pending(self) -> int:
        """Records waiting for the next sync."""
        return len(self._buffer) // 3

    def sync(self) -> Position:
        """Write the group and wait until the disk has it; the place after it.

        Raises: JournalError when the disk is full or away; then nothing of the group is kept.
        """
        group, self._buffer = b"".join(self._buffer), []
        if not group:
            return self.position
        try:
            os.lseek(self._file, self.position.offset, os.SEEK_SET)  # whatever a failed group left behind
            _write_all(self._file, group)
            os.fdatasync(self._file)
        except OSError as failed:
            with suppress(OSError):  # a disk that refuses this too: the next group is written over it
                os.ftruncate(self._file, self.position.offset)
            raise JournalError(
                f"日志写入失败：{failed.strerror}；本组事件未受理，请检查磁盘 {self.folder}"
            ) from failed
        self.position = Position(self.position.segment, self.position.offset + len(group))
        if self.position.offset >= self._segment_bytes:
            self._roll()
        return self.position

    def close(self) -> None:
        """Sync what waits and let the file go."""
        self.sync()
        os.close(self._file)

    def _roll(self) -> None:
        following = Position(self.position.segment + 1, 0)
        try:
            fresh = self._open(following)
            sync_folder(self.folder)
        except OSError:  # no room for a new file: the segment grows until there is
            return
        os.close(self._file)
        self._file, self.position = fresh, following

    def _open(self, position: Position) -> int:
        path = self.folder / _NAME.format(position.segment)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.lseek(handle, position.offset, os.SEEK_SET)
        return handle

    def _cut_torn_tail(self, sure: Position, reached: Position) -> int:
        """What was torn stands aside in a file of its own: it was never acknowledged, yet may be looked at."""
        end = _end(self.folder)
        path = self.folder / _NAME.format(end.segment)
        good = min(sure.offset, end.offset) if sure.segment == end.segment else 0
        for record in _read(path, end.segment, good) if end.offset else ():
            good = record.after.offset
        if Position(end.segment, good) < reached:
            raise JournalError(
                f"日志 {self.folder} 比快照短或在其之前损坏，已受理的事件不全，请从备份恢复后再启动"
            )
        torn = end.offset - good
        if torn:
            with path.open("rb") as file:
                file.seek(good)
                path.with_name(f"{path.stem}-{good}.torn").write_bytes(file.read())
            os.truncate(path, good)
        return torn


def claim(folder: Path) -> int:
    """Make this process the folder's one writer until it ends; the handle that says so.

    Raises: JournalError when another process has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "writer.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise JournalError(f"{folder} 正由另一个进程写入，请先停止它，或另选数据目录") from None
    return handle


def replay(folder: Path, start: Position) -> Iterator[Record]:
    """Records after `start`, in order.

    Raises: JournalError when a segment before the last one is damaged or missing: that is not
    a torn tail, and going on would lose acknowledged events silently.
    """
    segments = [number for number in _segments(folder) if number >= start.segment]
    for place, number in enumerate(segments):
        if number != start.segment + place:
            raise JournalError(f"日志缺少第 {start.segment + place} 段，请从备份恢复后再启动")
        path = folder / _NAME.format(number)
        end = start.offset if number == start.segment else 0
        for record in _read(path, number, end):
            end = record.after.offset
            yield record
        if end != path.stat().st_size and number != segments[-1]:
            raise JournalError(f"日志 {path.name} 在第 {end} 字节处损坏，请从备份恢复后再启动")


def _read(path: Path, segment: int, offset: int) -> Iterator[Record]:
    with path.open("rb") as file:
        file.seek(offset)
        while len(head := file.read(_HEAD.size)) == _HEAD.size:
            size, check = _HEAD.unpack(head)
            body = file.read(size) if 0 < size <= MAX_RECORD + 1 else b""
            if len(body) != size or not body or zlib.crc32(body) != check:
                return
            offset += _HEAD.size + size
            if body[0] not in _KINDS:
                raise JournalError(
                    f"日志 {path.name} 含有本版本不认识的记录，由更新的版本写成，请用该版本启动"
                )
            yield Record(RecordKind(body[0]), body[1:], Position(segment, offset))


def segments_of(folder: Path) -> list[tuple[int, Path]]:
    """Number and file of each segment, in order."""
    return [(number, folder / _NAME.format(number)) for number in _segments(folder)]


def _segments(folder: Path) -> list[int]:
    return sorted(int(path.stem.split("-")[1]) for path in folder.glob("journal-*.xbj"))


def _end(folder: Path) -> Position:
    segments = _segments(folder)
    if not segments:
        return START
    return Position(segments[-1], (folder / _NAME.format(segments[-1])).stat().st_size)


def _write_all(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
