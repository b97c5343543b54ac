"""What every detector shares: the text as folded, and the words around a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import NamedTuple, Protocol

from xiaobao.engines.pii.values import Confidence, Kind, Span

BEFORE, AFTER = 18, 8
STOPS = "。；;！!？?\n"
_STOPS = re.compile(f"[{STOPS}]")


@dataclass(frozen=True, slots=True)
class Options:
    """What a bank tells the engine about itself.

    `public_phones`: its own published numbers; `public_places`: names whose addresses are
    public (the bank's outlets); `staff_titles`: whether 张经理 is a name to be masked; `further`:
    detectors that read beside ours wherever all kinds are looked for, such as trained names.
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
    further: tuple[Detector, ...] = ()


class Reading(NamedTuple):
    """A text under examination: as it was written, as folded, what the reader knows, and how sure it must be."""

    text: str
    folded: str
    options: Options
    floor: Confidence = Confidence.LOW

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
        return made((start, end, kind, confidence, self.text[start:end], why))


# A span from its six fields, in their order; for the loops that a large text runs through.
made: Callable[[tuple[int, int, Kind, Confidence, str, str]], Span] = partial(tuple.__new__, Span)

# A reading from its four fields likewise: one is made for every text, however short.
read: Callable[[tuple[str, str, Options, Confidence]], Reading] = partial(tuple.__new__, Reading)


class Detector(Protocol):
    """Finds one kind, or a few akin kinds, in a reading.

    `reads_signs` is false where the width of everyday punctuation makes no difference.
    """

    reads_signs: bool

    def find(self, reading: Reading) -> Iterable[Span]:
        """Findings in the order of the text; they may overlap those of other detectors.

        Who finds with low confidence minds the reading's floor.
        """
        ...


def mentions(window: str, words: tuple[str, ...]) -> str:
    """The first of `words` that stands in the window, or ''."""
    found = any_of(words).search(window) if words else None
    return found.group() if found else ""


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The pattern that finds the first of the words."""
    return re.compile("|".join(map(re.escape, words)))
