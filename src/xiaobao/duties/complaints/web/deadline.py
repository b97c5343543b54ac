"""A deadline as the screen says it: kind, words, small print and how much of the time is used."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from xiaobao.duties.complaints.domain.rows import Dossier, Row
from xiaobao.duties.complaints.domain.values import DueSource

HOT, SOON = 1, 3


class Deadline(NamedTuple):
    """`kind` is a class of the style sheet: late, hot, soon, ok, pause or done."""

    kind: str
    words: str
    small: str
    percent: float
    icon: str

    @property
    def ring(self) -> tuple[str, str]:
        """The two lines inside a ring: 逾期 / 2 天, or 5 / 天."""
        number = self.words.removeprefix("逾期 ").removeprefix("剩 ").removesuffix(" 天")
        if self.kind == "late":
            return "逾期", f"{number} 天"
        if self.kind == "pause":
            return "暂停", "计时"
        return ("今天", "到期") if number == "今天到期" else (number, "天")


def deadline_of(row: Row) -> Deadline:
    """The deadline of one line; whole days, as the law counts them."""
    return _deadline(row, row.days_left)


def deadline_of_case(case: Dossier, today: date) -> Deadline:
    """The deadline of the complaint's own page."""
    return _deadline(case, (case.due_on - today).days)


def _deadline(row: Row | Dossier, days_left: int) -> Deadline:
    if row.nothing_due:
        return _ended(row)
    small = f"{_day(row.due_on)} 到期"
    if row.due_source is not DueSource.LEGAL:
        small = f"{_day(row.due_on)} · {row.due_source.label}"
    used = _used(row, days_left)
    if row.is_paused:
        return Deadline("pause", "计时暂停", small, used, "pause")
    if days_left < 0:
        return Deadline("late", f"逾期 {-days_left} 天", small, 100, "warn")
    words = "今天到期" if days_left == 0 else f"剩 {days_left} 天"
    kind = "hot" if days_left <= HOT else ("soon" if days_left <= SOON else "ok")
    return Deadline(kind, words, small, used, "clock")


@lru_cache(maxsize=2048)
def _day(day: date) -> str:
    return f"{day:%m-%d}"


def _ended(row: Row | Dossier) -> Deadline:
    """Nothing is due any more: how it ended, or that the answer arrived and only closing is left."""
    small = f"到期日 {_day(row.due_on)}"
    if row.was_late is None:
        return Deadline("done", "已答复送达" if row.is_told else row.stage.label, small, 100, "done")
    what = "答复" if row.is_told else "办结"
    kind, when = ("end", "逾期") if row.was_late else ("done", "按期")
    return Deadline(kind, f"{when}{what}", small, 100, "done")


def _used(row: Row | Dossier, days_left: int) -> float:
    """Share of the days from receipt to the due day that is gone, 0-100."""
    span = max((row.due_on - row.received_on).days, 1)
    return round(min(max((span - days_left) / span * 100, 0), 100), 1)
