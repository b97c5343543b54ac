"""CSV row by row: the column's name is the context of each cell; delimiter, quotes and line ends stay."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines.pii.files.text import LINE_BYTES, lines
from xiaobao.engines.pii.files.values import Change, Piece, UnreadableFileError, edited
from xiaobao.engines.pii.labelled import scan_value

_DELIMITERS = ",\t;|"
_LONG_NUMBER = re.compile(r"[0-9]{5,}|@")


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the file writes its rows."""

    encoding: str
    delimiter: str
    line_end: str


def pieces(path: Path) -> Iterator[Piece]:
    """Every cell that is not empty."""
    labels: list[str] = []
    for number, row in enumerate(_rows(path, _layout(path)), 1):
        if number == 1 and is_header(row):
            labels = row
            continue
        yield from (piece for _, piece in _cells(row, labels, number))


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The table with its cells edited. Raises: UnreadableFileError."""
    layout = _layout(source)
    labels: list[str] = []
    with target.open("w", encoding=layout.encoding, newline="") as out:
        writer = csv.writer(out, delimiter=layout.delimiter, lineterminator=layout.line_end)
        for number, row in enumerate(_rows(source, layout), 1):
            if number == 1 and is_header(row):
                labels = row
            else:
                for place, piece in _cells(row, labels, number):
                    row[place] = edited(piece.text, change(piece))
            writer.writerow(row)


def is_header(row: list[str]) -> bool:
    """Whether the first row names the columns: filled, short, and nothing personal in it."""
    return bool(row) and all(
        cell.strip() and len(cell) <= 30 and not _LONG_NUMBER.search(cell) and not scan_value(cell)
        for cell in row
    )


def _cells(row: list[str], labels: list[str], number: int) -> Iterator[tuple[int, Piece]]:
    for place, cell in enumerate(row):
        if cell.strip():
            label = labels[place] if place < len(labels) else ""
            yield place, Piece(cell, label.strip(), f"第{number}行第{place + 1}列{label}")


def _layout(path: Path) -> _Layout:
    with path.open("rb") as stream:
        first, encoding = next(lines(stream), ("", "utf-8"))
    delimiter = max(_DELIMITERS, key=first.count)
    return _Layout(encoding, delimiter, "\r\n" if first.endswith("\r\n") else "\n")


def _rows(path: Path, layout: _Layout) -> Iterator[list[str]]:
    """Raises: UnreadableFileError for a cell above 10 MB or a quote that never closes."""
    csv.field_size_limit(LINE_BYTES)
    with path.open("rb") as stream:
        reader = csv.reader((line for line, _ in lines(stream)), delimiter=layout.delimiter, strict=True)
        try:
            yield from reader
        except csv.Error as error:
            raise UnreadableFileError(
                f"第 {reader.line_num} 行附近不是完整的 CSV（引号未闭合或单元格过大）：{error}"
            ) from None
