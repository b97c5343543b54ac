"""Where a name may begin: few places of a text, so that the model reads little of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from xiaobao.engines.pii.learned.letters import SURNAME_LETTERS, TRANSLITERATING
from xiaobao.engines.pii.tables import COMPOUND_SURNAMES

LEFT, RIGHT = 1, 4  # letters read before and after where a name may begin
_OFTEN, _RARELY = 2, 0.1
_SECOND = "(?=[一-鿿])"
_ANY_PAIR = re.compile(f".{_SECOND}", re.DOTALL)
Names = list[tuple[int, int]]


@dataclass(slots=True)
class Counts:
    """Pairs of letters in labelled texts: how often one begins a name, how often it stands outside all names."""

    begins: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, names: Names, sign: int = 1) -> None:
        """Count a labelled text, or with -1 take it out again."""
        starts = {start for start, _ in names}
        inside = {at for start, end in names for at in range(start, end)}
        for at in range(len(text) - 1):
            if at in starts:
                self.begins[text[at : at + 2]] += sign
            elif at not in inside:
                self.outside[text[at : at + 2]] += sign

    def is_usual(self, pair: str) -> bool:
        """Whether the pair begins a name often enough, whatever its letters."""
        begins = self.begins[pair]
        return begins > 0 and begins >= _RARELY * self.outside[pair]

    def is_never(self, pair: str) -> bool:
        """Whether the pair is an everyday one that begins no name: 方面, 高校."""
        outside = self.outside[pair]
        return outside >= _OFTEN and self.begins[pair] < _RARELY * outside

    def windows(self, text: str) -> list[tuple[int, int]]:
        """What of the text is to be read, by these counts."""
        return windows(text, _ANY_PAIR, self.is_usual, self.is_never)


@dataclass(frozen=True, slots=True)
class Places:
    """What was learned of the pairs: those that begin names, and those that do not though their letters could."""

    usual: frozenset[str]
    never: frozenset[str]
    pairs: re.Pattern[str]

    def windows(self, text: str) -> list[tuple[int, int]]:
        """What of the text is to be read."""
        return windows(text, self.pairs, self.usual.__contains__, self.never.__contains__)


def places_of(counts: Counts) -> Places:
    """The counts boiled down to what is asked of them."""
    pairs = counts.begins.keys() | counts.outside.keys()
    return places(
        frozenset(filter(counts.is_usual, pairs)),
        frozenset(pair for pair in pairs if _could_begin(pair) and counts.is_never(pair)),
    )


def places(usual: frozenset[str], never: frozenset[str]) -> Places:
    """Places by their two sets of pairs."""
    first = SURNAME_LETTERS | TRANSLITERATING | {pair[0] for pair in (*COMPOUND_SURNAMES, *usual)}
    letters = "".join(re.escape(letter) for letter in sorted(first))
    return Places(usual, never, re.compile(f"[{letters}]{_SECOND}"))


def windows(
    text: str, pairs: re.Pattern[str], is_usual: Callable[[str], bool], is_never: Callable[[str], bool]
) -> list[tuple[int, int]]:
    """Stretches around the places where a name may begin, those that touch made one."""
    found: list[tuple[int, int]] = []
    for at in _begins(text, pairs, is_usual, is_never):
        start, end = max(0, at - LEFT), min(len(text), at + RIGHT)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _begins(
    text: str, pairs: re.Pattern[str], is_usual: Callable[[str], bool], is_never: Callable[[str], bool]
) -> Iterator[int]:
    for found in pairs.finditer(text):
        at = found.start()
        pair = text[at : at + 2]
        # No pair is both usual and never.
        if not is_never(pair) and (_could_begin(pair) or is_usual(pair)):
            yield at


def _could_begin(pair: str) -> bool:
    first, second = pair[0], pair[1]
    return (
        first in SURNAME_LETTERS
        or pair in COMPOUND_SURNAMES
        or (first in TRANSLITERATING and second in TRANSLITERATING)
    )
