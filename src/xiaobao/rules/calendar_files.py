"""Reads the yearly calendar files; the only module of the calendar that touches the disk."""

from __future__ import annotations

from pathlib import Path

from xiaobao.rules.notices import Notice, parse

FOLDER = Path(__file__).with_name("calendars")


def recorded(folder: Path = FOLDER) -> tuple[Notice, ...]:
    """All notices in the folder's `YEAR.csv` files, oldest first."""
    found = [notice for file in sorted(folder.glob("[0-9]*.csv")) for notice in load(file)]
    return tuple(sorted(found, key=lambda notice: notice.published_on))


def load(file: Path) -> list[Notice]:
    """The notices of one yearly file. Raises: InvalidInput `calendar.file` naming file and line."""
    return parse(file.read_text("utf-8"), year=int(file.stem[:4]), name=file.name)
