"""Physical lines into CSV records, without ever losing the rest of a file to one bad quote.

A record is gathered until its quotation marks pair. If they do not pair within
`MAX_LINES` lines or `MAX_CHARS` characters, the first line is reported and reading goes on
with the line after it, so one torn row costs one row.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_LINES = 500
MAX_CHARS = 1_000_000
LINE_TOO_LONG = "\0too-long"

csv.field_size_limit(4 * MAX_CHARS)


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the number of its first line in the file (1 is the header)."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be split into cells: why, and its first characters."""

    line: int
    code: str
    excerpt: str


class _Source:
    """Numbered lines that can be handed back to be read again."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._lines = iter(lines)
        self._again: deque[tuple[int, str]] = deque()

    def take(self) -> tuple[int, str] | None:
        """The next line with its number, or None at the end."""
        return self._again.popleft() if self._again else next(self._lines, None)

    def give_back(self, lines: list[tuple[int, str]]) -> None:
        """Put these lines in front of the others."""
        self._again.extendleft(reversed(lines))


def read_records(lines: Iterable[tuple[int, str]], width: int = 0) -> Iterator[Record | BadRecord]:
    """Records in the file's order; blank lines are passed over.

    `lines` yields (line number, text with its line break); a text equal to
    `LINE_TOO_LONG` stands for a line that the reader refused to hold. `width` is the
    number of cells every record must have, 0 for any.
    """
    source = _Source(lines)
    while (first := source.take()) is not None:
        if first[1] == LINE_TOO_LONG:
            yield BadRecord(first[0], "line_too_long", "")
        elif first[1].strip(" \t\r\n"):
            yield _record(first, source, width)


def _record(first: tuple[int, str], source: _Source, width: int) -> Record | BadRecord:
    gathered = _gather(first, source)
    text = "".join(line for _, line in gathered)
    if text.count('"') % 2:
        source.give_back(gathered[1:])
        return BadRecord(first[0], "quotes_open", first[1][:80])
    cells = _split(text)
    if cells is not None and (not width or len(cells) == width):
        return Record(first[0], cells)
    source.give_back(gathered[1:])
    if cells is None:
        return BadRecord(first[0], "quotes_torn", first[1][:80])
    return BadRecord(first[0], f"width:{len(cells)}:{width}", first[1][:80])


def _gather(first: tuple[int, str], source: _Source) -> list[tuple[int, str]]:
    gathered, quotes, size = [first], first[1].count('"'), len(first[1])
    while quotes % 2 and len(gathered) < MAX_LINES and size < MAX_CHARS:
        more = source.take()
        if more is None:
            break
        gathered.append(more)
        if more[1] == LINE_TOO_LONG:
            break
        quotes += more[1].count('"')
        size += len(more[1])
    return gathered


def _split(text: str) -> tuple[str, ...] | None:
    try:
        rows = list(csv.reader(io.StringIO(text, newline="\n"), strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
