"""Plain text: UTF-8 (with or without a mark) or GB 18030; each line a block, Markdown headings are titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from xiaobao.engines.textscan.documents import Block, BlockKind
from xiaobao.engines.textscan.files.values import CHARACTERS, FILE_BYTES, LINE_CHARACTERS, UnreadableError

_HEADING = re.compile(r"#{1,6}\s+\S")
_NOTE = re.compile(r"(?:\*{1,2}注|注[:：]|备注[:：]|\[\^\d+\]:|脚注)")


def blocks(path: Path) -> Iterator[Block]:
    """The lines of the file. Raises: UnreadableError."""
    return blocks_of(path.read_bytes())


def blocks_of(content: bytes) -> Iterator[Block]:
    """The lines of these bytes. Raises: UnreadableError for a binary file, one too large, or a line without end."""
    text = decoded(content)
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if len(line) > LINE_CHARACTERS:
            raise UnreadableError(f"有一行超过 {LINE_CHARACTERS} 字，不像给人读的材料，已拒绝")
        yield Block(line, kind_of(line))


def kind_of(line: str) -> BlockKind:
    """Title or footnote by its first signs, otherwise body."""
    if _HEADING.match(line):
        return BlockKind.TITLE
    return BlockKind.FOOTNOTE if _NOTE.match(line) else BlockKind.BODY


def decoded(content: bytes) -> str:
    """The text of these bytes. Raises: UnreadableError."""
    if len(content) > FILE_BYTES:
        raise UnreadableError(f"文件超过 {FILE_BYTES // 1024 // 1024} MB，请拆分后再试")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _tried(content, "utf-16")
    if b"\0" in content[:65536]:
        raise UnreadableError("这不是文本文件；可读的有 txt、docx、pdf、html 和图片")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _tried(content, "gb18030")
    if len(text) > CHARACTERS:
        raise UnreadableError(f"超过 {CHARACTERS} 字，请拆分后再试")
    return text


def _tried(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableError("文字编码无法识别，请另存为 UTF-8 后再试") from None
