"""Reads the yearly calendar files; the only module of the calendar that touches the disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calendar import Notice
from xiaobao.rules.values import Confidence

FOLDER = Path(__file__).with_name("calendars")


def recorded(folder: Path = FOLDER) -> tuple[Notice, ...]:
    """All notices in the folder's `YEAR.csv` files, oldest first."""
    found = [notice for file in sorted(folder.glob("[0-9]*.csv")) for notice in load(file)]
    return tuple(sorted(found, key=lambda notice: notice.published_on))


def load(file: Path) -> list[Notice]:
    """The notices of one yearly file. Raises: InvalidInput `calendar.file` naming file and line."""
    return parse(file.read_text("utf-8"), year=int(file.stem[:4]), name=file.name)


def parse(text: str, *, year: int, name: str = "") -> list[Notice]:
    """The notices written in `text`. Raises: InvalidInput `calendar.file` naming file and line."""
    heads: list[list[str]] = []
    days: list[list[tuple[date, bool, str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        cells = line.split(",")
        try:
            if cells[0] == "notice":
                date.fromisoformat(cells[1])
                Confidence(cells[3])
                heads.append(cells)
                days.append([])
            else:
                days[-1].append(_day(cells, year))
        except (ValueError, IndexError):
            raise InvalidInput(
                "calendar.file", file=name, line=number, say=f"日历文件{name}第{number}行无法识别：{line}"
            ) from None
    return [
        Notice(
            year, date.fromisoformat(head[1]), head[2], ",".join(head[4:]), Confidence(head[3]), tuple(own)
        )
        for head, own in zip(heads, days, strict=True)
    ]


def _day(cells: list[str], year: int) -> tuple[date, bool, str]:
    day = date.fromisoformat(cells[0])
    if cells[1] not in ("off", "work") or abs(day.year - year) > 1:
        raise ValueError
    return day, cells[1] == "off", cells[2]
