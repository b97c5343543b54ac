"""Plain text in constant memory: encodings, bounded lines, and blocks cut where nothing is split."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from xiaobao.engines.pii.files.values import Change, Piece, UnreadableFileError, edited

LINE_BYTES = 10 * 1024 * 1024
BLOCK_CHARS = 64 * 1024
LARGE_BLOCK_BYTES = 2 * 1024 * 1024
_HEAD = 64 * 1024
# The longest number that a line end may run through is a bank card.
_LONGEST_NUMBER = 19
_TRAILING = re.compile(r"[0-9０-９]*[ \-\r\n]*\Z")
_LEADING = re.compile(r"[0-9０-９]*")
_OPEN_ENDS = ":：=\"'（("


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first bytes: UTF-8, UTF-16 with a mark, else GB18030.

    Raises: UnreadableFileError when the bytes are not text.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise UnreadableFileError("这不是文本文件（含有空字节），请按原格式的扩展名保存后再试")
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def lines(stream: BinaryIO) -> Iterator[tuple[str, str]]:
    """Each line with its end, and the encoding of the whole.

    Raises: UnreadableFileError for a line above 10 MB or bytes outside the encoding.
    """
    first = stream.readline(LINE_BYTES + 1)
    encoding = encoding_of(first[:_HEAD])
    if encoding == "utf-16":
        raise UnreadableFileError("暂不读取 UTF-16 文本，请另存为 UTF-8 后再试")
    decoder = codecs.getincrementaldecoder(encoding)()
    number, raw = 1, first
    while raw:
        if len(raw) > LINE_BYTES:
            raise UnreadableFileError(f"第 {number} 行超过 10 MB，为免占满内存已拒绝，请先分行")
        try:
            yield decoder.decode(raw), encoding
        except UnicodeDecodeError:
            raise UnreadableFileError(f"第 {number} 行不是 {encoding} 编码，请另存为 UTF-8 后再试") from None
        number, raw = number + 1, stream.readline(LINE_BYTES + 1)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise UnreadableFileError(f"文件末尾缺半个字，不是完整的 {encoding} 文本，请重新导出后再试") from None


def blocks(stream: BinaryIO, size: int = BLOCK_CHARS) -> Iterator[tuple[str, str]]:
    """Whole lines joined to about `size` characters; no number and no cue is parted from its rest."""
    held: list[str] = []
    length, encoding = 0, "utf-8"
    for line, encoding in lines(stream):
        if length >= size and _may_cut("".join(held[-2:]), line):
            yield "".join(held), encoding
            held, length = [], 0
        elif length > LINE_BYTES:
            raise UnreadableFileError("超过 10 MB 的文字找不到可以分开的地方，已拒绝")
        held.append(line)
        length += len(line)
    if held:
        yield "".join(held), encoding


def _may_cut(before: str, after: str) -> bool:
    """Whether no number, and no word that announces a value, reaches over this line end."""
    stem = before.rstrip()
    if not stem or stem[-1] in _OPEN_ENDS:
        return False
    trailing, leading = _TRAILING.search(before), _LEADING.match(after.lstrip(" "))
    left = sum(char.isdigit() for char in trailing.group()) if trailing else 0
    right = len(leading.group()) if leading else 0
    return not left or not right or left + right > _LONGEST_NUMBER


def large_blocks(stream: BinaryIO, size: int = LARGE_BLOCK_BYTES) -> Iterator[str]:
    """The same text in blocks of about `size` bytes, decoded at once: the fast way where nothing is rewritten.

    Raises: UnreadableFileError as `lines` does.
    """
    first = stream.readline(LINE_BYTES + 1)
    encoding = encoding_of(first[:_HEAD])
    if encoding == "utf-16":
        raise UnreadableFileError("暂不读取 UTF-16 文本，请另存为 UTF-8 后再试")
    decoder, number = codecs.getincrementaldecoder(encoding)(), 1
    for raw, is_last in _whole_lines(stream, first, size, encoding):
        try:
            yield decoder.decode(raw, final=is_last)
        except UnicodeDecodeError as error:
            number += raw[: error.start].count(b"\n")
            raise UnreadableFileError(f"第 {number} 行不是 {encoding} 编码，请另存为 UTF-8 后再试") from None
        number += raw.count(b"\n")


def _whole_lines(stream: BinaryIO, first: bytes, size: int, encoding: str) -> Iterator[tuple[bytes, bool]]:
    """Bytes up to a line end over which no number and no cue reaches, and whether they are the last."""
    held = _bounded(first)
    while held:
        raw = held + stream.read(max(1, size - len(held)))
        raw += _bounded(stream.readline(LINE_BYTES + 1)) if not raw.endswith(b"\n") else b""
        limit = len(raw) + LINE_BYTES
        held = _bounded(stream.readline(LINE_BYTES + 1))
        while held and not _may_cut(_last_lines(raw, encoding), held.decode(encoding, "replace")):
            raw += held
            if len(raw) > limit:
                raise UnreadableFileError("超过 10 MB 的文字找不到可以分开的地方，已拒绝")
            held = _bounded(stream.readline(LINE_BYTES + 1))
        yield raw, not held


def _last_lines(raw: bytes, encoding: str) -> str:
    """The last two lines."""
    end_before = raw.rfind(b"\n", 0, len(raw) - 1)
    return raw[raw.rfind(b"\n", 0, max(0, end_before)) + 1 :].decode(encoding, "replace")


def _bounded(line: bytes) -> bytes:
    if len(line) > LINE_BYTES:
        raise UnreadableFileError("有一行超过 10 MB，为免占满内存已拒绝，请先分行")
    return line


def stream_pieces(stream: BinaryIO) -> Iterator[Piece]:
    """The blocks of a stream, each with the characters before it."""
    offset = 0
    for block, _ in blocks(stream):
        yield Piece(block, offset=offset)
        offset += len(block)


def pieces(path: Path) -> Iterator[Piece]:
    """The blocks of a file."""
    with path.open("rb") as stream:
        yield from stream_pieces(stream)


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The file with every block's edits made; encoding and line ends stay."""
    offset = 0
    with source.open("rb") as stream, target.open("wb") as out:
        encoder = None
        for block, encoding in blocks(stream):
            encoder = encoder or codecs.getincrementalencoder(encoding)()
            out.write(encoder.encode(edited(block, change(Piece(block, offset=offset)))))
            offset += len(block)
