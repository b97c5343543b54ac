"""Files into blocks of text. What must not be opened is refused with a sentence."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import BinaryIO

from xiaobao.engines.textscan.documents import Document
from xiaobao.engines.textscan.files.text import blocks_of
from xiaobao.engines.textscan.files.values import FILE_BYTES, UnreadableError

__all__ = ["UnreadableError", "formats", "read", "read_stdin"]

_FORMATS = {
    ".txt": "text",
    ".md": "text",
    ".docx": "word",
    ".pdf": "pages",
    ".html": "web",
    ".htm": "web",
    ".png": "pictures",
    ".jpg": "pictures",
    ".jpeg": "pictures",
    ".bmp": "pictures",
    ".webp": "pictures",
}


def formats() -> tuple[str, ...]:
    """The extensions that can be read."""
    return tuple(_FORMATS)


def read(path: Path) -> Document:
    """The document in a file. Raises: UnreadableError, OSError."""
    name = _FORMATS.get(path.suffix.lower())
    if name is None:
        raise UnreadableError(f"不认识的文件类型“{path.suffix}”，可用：{'、'.join(_FORMATS)}")
    if path.stat().st_size > FILE_BYTES:
        raise UnreadableError(f"文件超过 {FILE_BYTES // 1024 // 1024} MB，请拆分后再试")
    reader = importlib.import_module(f"xiaobao.engines.textscan.files.{name}")
    return Document(tuple(reader.blocks(path)), path.name)


def read_stdin(stream: BinaryIO | None = None) -> Document:
    """The plain text on standard input. Raises: UnreadableError."""
    content = (stream or sys.stdin.buffer).read(FILE_BYTES + 1)
    return Document(tuple(blocks_of(content)), "-")
