"""The State Council's holiday notices as values, and how they are written down."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Confidence


class DayEntry(NamedTuple):
    """What a notice says of one day."""

    is_off: bool
    name: str
    notice: str


class Notice(NamedTuple):
    """One notice of the State Council: the year it is about and the days it declares."""

    year: int
    published_on: date
    number: str
    title: str
    confidence: Confidence
    days: tuple[tuple[date, bool, str], ...]

    @property
    def name(self) -> str:
        """Number where it is checked, else the title."""
        return self.number or self.title


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
