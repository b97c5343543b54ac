"""What every detector shares: the text as folded, and the words around a finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple, Protocol

from xiaobao.engines.pii.values import Confidence, Kind, Span

BEFORE, AFTER = 18, 8
_STOPS = re.compile(r"[。；;！!？?\n]")


@dataclass(frozen=True, slots=True)
class Options:
    """What a bank tells the engine about itself.

    `public_phones`: its own published numbers; `public_places`: names whose addresses are
    public (the bank's outlets); `staff_titles`: whether 张经理 is a name to be masked.
    """

    public_phones: frozenset[str] = frozenset()
    public_places: tuple[str, ...] = (
        "银行",
        "支行",
        "分行",
        "营业部",
        "营业厅",
        "网点",
        "信用社",
        "法院",
        "派出所",
        "监管局",
    )
    staff_titles: bool = False
    columns: tuple[str, ...] = field(default=())


class Reading(NamedTuple):
    """A text under examination: as it was written, as folded, and what the reader knows."""

    text: str
    folded: str
    options: Options

    def before(self, start: int, width: int = BEFORE) -> str:
        """Up to `width` folded characters of the same sentence before `start`."""
        window = self.folded[start - width if start > width else 0 : start]
        return _STOPS.split(window)[-1] if _STOPS.search(window) else window

    def after(self, end: int, width: int = AFTER) -> str:
        """Up to `width` folded characters of the same sentence after `end`."""
        window = self.folded[end : end + width]
        found = _STOPS.search(window)
        return window[: found.start()] if found else window

    def span(self, start: int, end: int, kind: Kind, confidence: Confidence, why: str) -> Span:
        """A finding with the original's characters."""
        return Span(start, end, kind, confidence, self.text[start:end], why)


class Detector(Protocol):
    """Finds one kind, or a few akin kinds, in a reading."""

    def find(self, reading: Reading) -> Iterator[Span]:
        """Findings in the order of the text; they may overlap those of other detectors."""
        ...


def mentions(window: str, words: tuple[str, ...]) -> str:
    """The first of `words` that stands in the window, or ''."""
    found = any_of(words).search(window) if words else None
    return found.group() if found else ""


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that finds the first of the words."""
    return re.compile("|".join(map(re.escape, words)))
