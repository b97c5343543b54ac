"""Files of other systems on disk: looked through once before anything is written, then read line by line.

Memory stays flat: no more than one line (at most 1 MB) is held.
"""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from xiaobao.duties.complaints.domain.intake_formats import LINE_TOO_LONG
from xiaobao.kernel.errors import InvalidInput

CHUNK = 1 << 20
MAX_LINE_BYTES = 1 << 20
MAX_BYTES = 4 << 30
TELL_EVERY = 64
_NO_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "这是 xlsx 或 zip 文件，请在电子表格中另存为“CSV UTF-8”"),
    (b"\xd0\xcf\x11\xe0", "这是 xls 文件，请在电子表格中另存为“CSV UTF-8”"),
    (b"%PDF", "这是 PDF 文件，请从来源系统导出 CSV"),
    (b"\xff\xfe", "编码是 UTF-16，请另存为 UTF-8 或 GB18030"),
    (b"\xfe\xff", "编码是 UTF-16，请另存为 UTF-8 或 GB18030"),
)


@dataclass(frozen=True, slots=True)
class IntakeFile:
    """A file that was looked through: whole, in a known encoding."""

    path: Path
    size: int
    encoding: str
    compressed: bool


def look_through(path: Path) -> IntakeFile:
    """The file, read once from end to end without keeping it.

    Raises: InvalidInput `intake.file.*` when it is not there, no file, no text, torn, too large,
    empty, or neither UTF-8 nor GB18030.
    """
    size = _size_of(path)
    head = _head_of(path)
    compressed = head.startswith(b"\x1f\x8b")
    for magic, way_out in _NO_TEXT:
        if head.startswith(magic):
            raise _refused("kind", f"“{path.name}”不是 CSV 文本：{way_out}")
    return IntakeFile(path, size, _encoding_of(path, compressed), compressed)


def lines_of(file: IntakeFile, progress: Callable[[float], None] | None = None) -> Iterator[tuple[int, str]]:
    """Numbered lines with their breaks; `LINE_TOO_LONG` in place of a line over 1 MB.

    `progress` hears the part read so far, 0 to 1.
    """
    with file.path.open("rb") as raw, _unpacked(raw, file.compressed) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(MAX_LINE_BYTES + 1), b""), 1):
            if len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
                _drop_rest(stream)
                yield number, LINE_TOO_LONG
            else:
                yield number, line.decode("utf-8-sig" if _first_utf8(file, number) else file.encoding)
            if progress is not None and number % TELL_EVERY == 0:
                progress(raw.tell() / file.size)
    if progress is not None:
        progress(1.0)


def _first_utf8(file: IntakeFile, number: int) -> bool:
    return number == 1 and file.encoding == "utf-8"


def _drop_rest(stream: IO[bytes]) -> None:
    while (rest := stream.readline(CHUNK)) and not rest.endswith(b"\n"):
        pass


def _size_of(path: Path) -> int:
    if not path.exists():
        raise _refused("missing", f"没有文件“{path}”，请核对路径")
    if path.is_dir():
        raise _refused("folder", f"“{path}”是文件夹，请给出其中的 CSV 文件")
    if not path.is_file():
        raise _refused("kind", f"“{path}”不是普通文件")
    if path.stat().st_size == 0:
        raise _refused("empty", f"“{path.name}”是空文件，没有表头也没有数据")
    return path.stat().st_size


def _head_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(8)
    except OSError as error:
        raise _refused("unreadable", f"“{path}”打不开：{error.strerror}") from error


@contextmanager
def _unpacked(raw: IO[bytes], compressed: bool) -> Iterator[IO[bytes]]:
    if not compressed:
        yield raw
        return
    with gzip.GzipFile(fileobj=raw) as stream:
        yield cast(IO[bytes], stream)


def _encoding_of(path: Path, compressed: bool) -> str:
    try:
        with path.open("rb") as raw, _unpacked(raw, compressed) as stream:
            return _decodable(stream, path.name)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _refused(
            "torn", f"“{path.name}”的压缩数据不完整或已损坏，没有写入任何内容，请重新下载或导出"
        ) from error


def _decodable(stream: IO[bytes], name: str) -> str:
    open_ones = {code: codecs.getincrementaldecoder(code)() for code in ("utf-8", "gb18030")}
    line, seen, bad_line = 1, 0, 0
    while chunk := stream.read(CHUNK):
        for code in tuple(open_ones):
            bad = _bad_byte(open_ones[code], chunk, final=False)
            if bad is not None:
                del open_ones[code]
                bad_line = line + chunk.count(b"\n", 0, bad) if code == "utf-8" else bad_line
        if not open_ones:
            break
        line, seen = line + chunk.count(b"\n"), seen + len(chunk)
        if seen > MAX_BYTES:
            raise _refused("large", f"“{name}”展开后超过 4 GB，请分成几个文件")
    good = [code for code in open_ones if _bad_byte(open_ones[code], b"", final=True) is None]
    if not good:
        raise _refused(
            "encoding",
            f"“{name}”第{bad_line or line}行起既不是 UTF-8 也不是 GB18030 编码，"
            "没有写入任何内容，请在来源系统改用 UTF-8 导出",
        )
    return good[0]


def _bad_byte(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> int | None:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _refused(what: str, say: str) -> InvalidInput:
    return InvalidInput(f"intake.file.{what}", field="FILE", say=say)
