"""Files: every format gives pieces of text and takes edits back; the output is read again."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from xiaobao.engines.pii.detectors.base import Detector, Options
from xiaobao.engines.pii.detectors.numbers import NumberDetector
from xiaobao.engines.pii.files.text import large_blocks, stream_pieces
from xiaobao.engines.pii.files.values import Edit, Piece, Report, UnreadableFileError
from xiaobao.engines.pii.labelled import scan_value
from xiaobao.engines.pii.masking import LeftoverError, Masker
from xiaobao.engines.pii.values import Confidence, Kind, Span

__all__ = [
    "Piece",
    "Report",
    "UnreadableFileError",
    "formats",
    "mask_file",
    "scan_file",
    "scan_numbers",
    "scan_numbers_stream",
    "scan_stream",
]

_FORMATS = {
    ".txt": "text",
    ".log": "text",
    ".md": "text",
    ".csv": "table",
    ".tsv": "table",
    ".jsonl": "records",
    ".ndjson": "records",
    ".json": "records",
    ".xlsx": "sheets",
    ".docx": "documents",
    ".parquet": "columnar",
    ".pdf": "pages",
}
_DEFAULT = Options()
_NUMBERS: tuple[Detector, ...] = (NumberDetector(),)
_NUMBER_KINDS = (Kind.ID, Kind.CARD, Kind.MOBILE)


def formats() -> tuple[str, ...]:
    """The extensions that can be read."""
    return tuple(_FORMATS)


def scan_file(path: Path, options: Options = _DEFAULT) -> Iterator[tuple[Piece, Span]]:
    """Findings with the piece they stand in, in the order of the file. Raises: UnreadableFileError."""
    for piece in _format(path).pieces(path):
        for span in scan_value(piece.text, piece.label, options=options):
            yield piece, span


def scan_stream(stream: BinaryIO, options: Options = _DEFAULT) -> Iterator[tuple[Piece, Span]]:
    """Findings in a stream of plain text, read in constant memory. Raises: UnreadableFileError."""
    for piece in stream_pieces(stream):
        for span in scan_value(piece.text, options=options):
            yield piece, span


def scan_numbers(path: Path, options: Options = _DEFAULT) -> Iterator[tuple[Piece, Span]]:
    """Identity numbers, cards and mobiles alone; plain text by columns of digits, much faster.

    The findings are those of the `NumberDetector` in `scan_file`. Raises: UnreadableFileError.
    """
    format_ = _format(path)
    if format_.__name__.endswith(".text"):
        with path.open("rb") as stream:
            yield from scan_numbers_stream(stream, options)
        return
    for piece in format_.pieces(path):
        for span in scan_value(piece.text, piece.label, options=options, detectors=_NUMBERS):
            if span.kind in _NUMBER_KINDS:
                yield piece, span


def scan_numbers_stream(stream: BinaryIO, options: Options = _DEFAULT) -> Iterator[tuple[Piece, Span]]:
    """The same in a stream of plain text. Needs numpy (extra `text`). Raises: UnreadableFileError."""
    try:
        from xiaobao.engines.pii import batch
    except ImportError:
        raise UnreadableFileError("只找号码（--numbers）需要另装：pip install 'xiaobao[text]'") from None
    offset = 0
    for block in large_blocks(stream):
        piece = Piece(block, offset=offset)
        for span in batch.scan_numbers(block, options=options):
            yield piece, span
        offset += len(block)


def mask_file(source: Path, target: Path, masker: Masker) -> Report:
    """What was masked; `target` appears only when the finished output, read again, is clean.

    Raises: UnreadableFileError, LeftoverError.
    """
    if source.resolve() == target.resolve():
        raise UnreadableFileError("输出不能覆盖原文件，请另给一个文件名")
    format_, report = _format(source), Report()
    part = target.with_name(f".{target.stem}.part{source.suffix}")

    def change(piece: Piece) -> list[Edit]:
        edits = []
        for span in scan_value(piece.text, piece.label, options=masker.options):
            action = masker.action(span)
            report.add(piece, span, action)
            edits.append(Edit(span.start, span.end, masker.shown(span, action)))
        return edits

    try:
        part.touch(mode=0o600)
        format_.rewrite(source, part, change)
        _check(format_, part, masker)
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
    return report


def _check(format_: Any, path: Path, masker: Masker) -> None:
    """Read the output again. Raises: LeftoverError."""
    for piece in format_.pieces(path):
        found = scan_value(piece.text, piece.label, options=masker.options, at_least=Confidence.HIGH)
        left = masker.leftovers(found)
        if left:
            raise LeftoverError(left)


def _format(path: Path) -> Any:
    """The module of a format. Raises: UnreadableFileError for an unknown one or a missing package."""
    name = _FORMATS.get(path.suffix.lower())
    if name is None:
        raise UnreadableFileError(f"不认识的文件类型“{path.suffix}”，可用：{'、'.join(_FORMATS)}")
    return importlib.import_module(f"xiaobao.engines.pii.files.{name}")
