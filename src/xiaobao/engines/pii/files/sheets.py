"""Workbooks: cells edited in place, the first row of each sheet names the columns. Needs `pii-files`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xiaobao.engines.pii.files.archives import checked
from xiaobao.engines.pii.files.table import is_header
from xiaobao.engines.pii.files.values import Change, Piece, UnreadableFileError, edited


def pieces(path: Path) -> Iterator[Piece]:
    """Every cell and every comment that holds text or a whole number."""
    for _, piece in _cells(_opened(path)):
        yield piece


def rewrite(source: Path, target: Path, change: Change) -> None:
    """The workbook with its cells edited; formats and widths stay, an edited number becomes text."""
    book = _opened(source)
    for holder, piece in _cells(book):
        edits = change(piece)
        if edits:
            _put(holder, edited(piece.text, edits))
    with target.open("wb") as out:
        book.save(out)


def _put(holder: Any, text: str) -> None:
    if hasattr(holder, "author"):
        holder.text = text
    else:
        holder.value = text
        holder.hyperlink = None


def _opened(path: Path) -> Any:
    checked(path)
    try:
        import openpyxl
    except ImportError:
        raise UnreadableFileError("读 xlsx 需要另装：pip install 'xiaobao[pii-files]'") from None
    try:
        with path.open("rb") as stream:
            return openpyxl.load_workbook(stream)
    except (KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError) as error:
        raise UnreadableFileError(
            f"工作簿已损坏，请用办公软件打开另存后再试（{type(error).__name__}）"
        ) from None


def _cells(book: Any) -> Iterator[tuple[Any, Piece]]:
    for sheet in book.worksheets:
        labels: dict[int, str] = {}
        for number, row in enumerate(sheet.iter_rows(), 1):
            filled = [cell for cell in row if cell.value is not None]
            if number == 1 and is_header([str(cell.value) for cell in filled]):
                labels = {cell.column: str(cell.value).strip() for cell in filled}
                continue
            for cell in filled:
                yield from _cell(cell, labels.get(cell.column, ""), sheet.title)


def _cell(cell: Any, label: str, sheet: str) -> Iterator[tuple[Any, Piece]]:
    place = f"{sheet}!{cell.coordinate} {label}".strip()
    text = _text(cell.value)
    if text:
        yield cell, Piece(text, label, place)
    if cell.comment is not None:
        yield cell.comment, Piece(cell.comment.text, "", f"{place} 批注")


def _text(value: Any) -> str:
    """What a reader sees of a cell: text, or a whole number without its `.0`; nothing else is searched."""
    if isinstance(value, str):
        return value if value.strip() else ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if value == int(value) else ""
