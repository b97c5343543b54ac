"""A workbook that keeps memory flat and never carries a formula, a link or clear personal data it was not given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import xlsxwriter

from xiaobao.kernel import ports

CELL_LIMIT = 32_767
CUT = "……（超过单元格上限，已截断）"
_RISKY = frozenset("=+-@\t\r\n|%＝＋－＠")
_HEADER_LIMIT = 255


def defused(text: str) -> str:
    """The text as a cell may carry it: a leading formula sign gets an apostrophe in front.

    Cells are written as strings, so no program evaluates them; the apostrophe keeps that true
    when somebody saves the sheet as CSV. Full-width signs count, Chinese Excel takes them too.

    >>> defused("=1+1"), defused("＝1"), defused("-3"), defused("王敏")
    ("'=1+1", "'＝1", "'-3", '王敏')
    """
    if text[:1] in _RISKY or text.lstrip(" \u3000")[:1] in _RISKY:
        text = "'" + text
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - len(CUT)] + CUT


@dataclass(frozen=True, slots=True)
class Column:
    """Heading and width in characters."""

    heading: str
    width: int = 16


class Sheet:
    """A workbook being written from top to bottom, one sheet after the other; `with` closes the file."""

    def __init__(
        self, target: Path | BinaryIO, *, name: str, columns: Sequence[Column], note: str, at: datetime
    ) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)
        self._book.set_properties({"title": name, "comments": note, "created": at.replace(tzinfo=None)})
        self.turn(name, columns, note)

    def __enter__(self) -> Sheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._book.close()

    def turn(self, name: str, columns: Sequence[Column], note: str) -> None:
        """Go on with a further sheet of the book; the one before is finished."""
        self._sheet = self._book.add_worksheet(name[:31])
        self._watermark(note)
        self._headings(columns, note)

    def write(self, cells: Iterable[str | float]) -> None:
        """One row: texts as defused strings, numbers as numbers."""
        for place, cell in enumerate(cells):
            if isinstance(cell, int | float):
                self._sheet.write_number(self._next, place, cell)
            elif cell:
                self._sheet.write_string(self._next, place, defused(cell))
        self._next += 1

    def _watermark(self, note: str) -> None:
        plain = note.replace("&", "&&")[: _HEADER_LIMIT - 20]
        self._sheet.set_header(f"&C{plain}")
        self._sheet.set_footer(f"&C{plain}  &P/&N")
        self._sheet.set_landscape()
        self._sheet.repeat_rows(1)
        self._sheet.freeze_panes(2, 0)

    def _headings(self, columns: Sequence[Column], note: str) -> None:
        for place, column in enumerate(columns):
            self._sheet.set_column(place, place, column.width)
        self._sheet.write_string(0, 0, defused(note), self._book.add_format({"italic": True}))
        bold = self._book.add_format({"bold": True, "bottom": 1})
        for place, column in enumerate(columns):
            self._sheet.write_string(1, place, column.heading, bold)
        self._next = 2


def shown_at(moment: datetime) -> str:
    """`2026-01-10 09:30` on Shanghai's clock."""
    return ports.local(moment).strftime("%Y-%m-%d %H:%M")
