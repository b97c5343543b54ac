"""JSON lines (and one JSON document): values edited where they stand, the key is their context."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from xiaobao.engines.pii.files.text import LINE_BYTES, lines
from xiaobao.engines.pii.files.values import Change, Edit, Piece, UnreadableFileError, edited

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\]|\\.)*")(?P<key>\s*:)?|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)'
)
_SHORTEST_NUMBER = 7


def pieces(path: Path) -> Iterator[Piece]:
    """Every key and every value that could hold something."""
    for place, line, _ in _documents(path):
        for piece, _, _ in _values(line, place):
            yield piece


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The file with its values edited; blanks, order and numbers that are not touched stay as they were."""
    out = None
    try:
        for place, line, encoding in _documents(source):
            out = out or target.open("w", encoding=encoding, newline="")
            out.write(edited(line, _edits(line, place, change)))
    finally:
        if out:
            out.close()


def _edits(line: str, place: str, change: Change) -> Iterator[Edit]:
    for piece, start, end in _values(line, place):
        edits = change(piece)
        if edits:
            yield Edit(start, end, _quoted(edited(piece.text, edits)))


def _quoted(text: str) -> str:
    """As a JSON string; half a character, which a file cannot hold, stays the escape that it was."""
    return json.dumps(text, ensure_ascii=any("\ud800" <= sign <= "\udfff" for sign in text))


def _values(line: str, place: str) -> Iterator[tuple[Piece, int, int]]:
    """Keys stand alone, values stand under the last key before them."""
    label = ""
    for token in _TOKEN.finditer(line):
        if token.group("number"):
            if len(token.group()) >= _SHORTEST_NUMBER:
                yield Piece(token.group(), label, f"{place}{label}"), *token.span()
            continue
        text = str(json.loads(token.group("text"), strict=False))
        if token.group("key"):
            label = text
            yield Piece(text, "", f"{place}键名"), *token.span("text")
        elif text.strip():
            yield Piece(text, label, f"{place}{label}"), *token.span("text")


def _documents(path: Path) -> Iterator[tuple[str, str, str]]:
    """Place, text and encoding of each document. Raises: UnreadableFileError."""
    if path.suffix.lower() == ".json":
        yield from _whole(path)
        return
    with path.open("rb") as stream:
        for number, (line, encoding) in enumerate(lines(stream), 1):
            if line.strip():
                _parse(line, f"第 {number} 行")
            yield f"第{number}行 ", line, encoding


def _whole(path: Path) -> Iterator[tuple[str, str, str]]:
    if path.stat().st_size > LINE_BYTES:
        raise UnreadableFileError("单个 JSON 超过 10 MB，请改为一行一条的 jsonl")
    with path.open("rb") as stream:
        read = list(lines(stream))
    text = "".join(line for line, _ in read)
    _parse(text, "文件")
    yield "", text, read[0][1]


def _parse(text: str, where: str) -> None:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise UnreadableFileError(f"{where}不是完整的 JSON，已停止；请修好后再试") from None
