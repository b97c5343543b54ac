"""Reads the yearly calendar files; the only module of the calendar that touches the disk.

Plain `os` calls: the console command must start fast.
"""

from __future__ import annotations

import os

from xiaobao.rules.notices import Notice, parse

FOLDER = os.path.join(os.path.dirname(__file__), "calendars")


def recorded(folder: str | os.PathLike[str] = FOLDER) -> tuple[Notice, ...]:
    """All notices in the folder's `YEAR.csv` files, oldest first."""
    names = sorted(name for name in os.listdir(folder) if name[:4].isdigit() and name.endswith(".csv"))
    found = [notice for name in names for notice in load(os.path.join(folder, name))]
    return tuple(sorted(found, key=lambda notice: notice.published_on))


def load(file: str | os.PathLike[str]) -> list[Notice]:
    """The notices of one yearly file. Raises: InvalidInput `calendar.file` naming file and line."""
    name = os.path.basename(file)
    with open(file, encoding="utf-8") as opened:
        return parse(opened.read(), year=int(name[:4]), name=name)
