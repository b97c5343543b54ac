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
