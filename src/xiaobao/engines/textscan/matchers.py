"""The ways a rule can look at a text. Each is a value; `find` answers hits in the folded text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Protocol

from xiaobao.engines.textscan.anchors import Ways, ways
from xiaobao.engines.textscan.checks import CHECKS
from xiaobao.engines.textscan.disguise import spellings
from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.sealing import key, needles_under_seal
from xiaobao.engines.textscan.stretches import Stretch
from xiaobao.engines.textscan.values import Hit


class Matcher(Protocol):
    """What every way of looking offers."""

    @property
    def needles(self) -> Ways:
        """Words to be looked up beforehand in the folded text."""

    def find(self, reading: Reading) -> Iterator[Hit]:
        """Hits in the folded text, in order."""


@lru_cache(maxsize=2048)
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, compiled when it is first needed."""
    return re.compile(pattern)


@lru_cache(maxsize=1)
def _sealed() -> dict[str, Ways]:
    return needles_under_seal() or {}


@lru_cache(maxsize=2048)
def _ways(pattern: str) -> Ways:
    known = _sealed().get(key(pattern))
    return ways(pattern) if known is None else known


@dataclass(frozen=True)
class Words:
    """Words of a list; a hit that lies inside a match of `but` does not count."""

    words: tuple[str, ...]
    but: str = ""
    pinyin: bool = False

    @cached_property
    def spelled(self) -> tuple[str, ...]:
        """The words with their disguises in letters."""
        return tuple(
            dict.fromkeys(
                form for word in self.words for form in (spellings(word) if self.pinyin else (word,))
            )
        )

    @property
    def needles(self) -> Ways:
        """None: words have an automaton of their own."""
        return ()

    def find(self, reading: Reading) -> Iterator[Hit]:
        """The longest words from the left, without overlaps."""
        spots = sorted((start, -end) for word in self.spelled for start, end in reading.words.get(word, ()))
        last = -1
        for start, minus in spots:
            if start >= last and not _inside(reading, self.but, start, -minus):
                yield Hit(start, -minus)
                last = -minus


@dataclass(frozen=True)
class Pattern:
    """A regular expression, tried on one sentence (or block) at a time; group `hit` is the span where there is one."""

    pattern: str
    but: str = ""
    within: str = "sentence"

    @property
    def needles(self) -> Ways:
        """The words one of the ways needs."""
        return _ways(self.pattern)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """Every match in every sentence that can hold one."""
        last = 0
        for piece in reading.candidates(self.needles, self.within):
            for found in compiled(self.pattern).finditer(reading.text, max(piece.start, last), piece.stop):
                if found.start() >= piece.end:
                    break
                last = found.end()
                start, end = found.span("hit") if "hit" in found.re.groupindex else found.span()
                if end > start and not _inside(reading, self.but, start, end):
                    yield Hit(start, end)


def _inside(reading: Reading, but: str, start: int, end: int) -> bool:
    if not but:
        return False
    starts, furthest = reading.spans(compiled(but), reading.sentence(start))
    at = bisect_right(starts, start)
    return bool(at) and furthest[at - 1] >= end


@dataclass(frozen=True)
class Absence:
    """The piece must hold `needs`. With `when`, only a piece that says so; then the first such words are the span.

    `least` is the number of characters from which a text counts as the whole document and not as a passage of it.
    """

    needs: str
    when: str = ""
    unless: str = ""
    least: int = 0
    points: bool = False

    @property
    def needles(self) -> Ways:
        """Words of the trigger."""
        return _ways(self.when)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """One hit, or none."""
        if len(reading.text) < self.least or not reading.has(self.needles):
            return
        trigger = compiled(self.when).search(reading.text) if self.when else None
        if self.when and not trigger:
            return
        if self.unless and compiled(self.unless).search(reading.text):
            return
        if not compiled(self.needs).search(reading.text):
            yield Hit(*trigger.span()) if trigger and self.points else Hit(0, 0)


@dataclass(frozen=True)
class Proximity:
    """A claim needs its disclosure nearby: in the same sentence, block, blocks (the next too), or document."""

    claim: str
    needs: str
    within: str = "block"
    but: str = ""

    @property
    def needles(self) -> Ways:
        """Words of the claim."""
        return _ways(self.claim)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """Every claim that stands alone."""
        for hit in Pattern(self.claim, self.but).find(reading):
            if not self._is_disclosed(reading, reading.near(hit.start, self.within)):
                yield hit

    def _is_disclosed(self, reading: Reading, near: Stretch) -> bool:
        return reading.once(
            (self.needs, near),
            lambda: bool(compiled(self.needs).search(reading.text[near.start : near.end])),
        )


@dataclass(frozen=True)
class Pair:
    """A right of the one side needs a counter-right of the other in the same or the next block."""

    right: str
    counter: str
    but: str = ""

    @property
    def needles(self) -> Ways:
        """Words of the right."""
        return _ways(self.right)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """Every right that has no counter-right."""
        return Proximity(self.right, self.counter, "blocks", self.but).find(reading)


@dataclass(frozen=True)
class Numeric:
    """Arithmetic on the figures of the text; `check` names one of checks.CHECKS."""

    check: str
    needles: Ways = ()

    def find(self, reading: Reading) -> Iterator[Hit]:
        """What the arithmetic finds."""
        return CHECKS[self.check](reading)


@dataclass(frozen=True)
class Field(Numeric):
    """What no text tells, taken from the request's fields or the layout: font size, seconds on screen, endorser."""


@dataclass(frozen=True)
class Question:
    """Only a person can answer; asked when the text says `when` and does not say `unless`."""

    ask: str
    when: str = ""
    unless: str = ""

    @property
    def needles(self) -> Ways:
        """Words of the trigger."""
        return _ways(self.when)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """One hit when the question is to be asked."""
        if not reading.has(self.needles) or (self.when and not compiled(self.when).search(reading.text)):
            return
        if not (self.unless and compiled(self.unless).search(reading.text)):
            yield Hit(0, 0, self.ask)
