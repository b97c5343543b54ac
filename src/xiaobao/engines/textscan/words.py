"""Word lists in one pass, disguises included: 保*本, 保 本, 葆本, １００％, bao本.

The automaton holds the words and, beside them, the signs of a disguise. Only where such a sign was met is the
neighbourhood folded and read again, so a clean text costs what the bare automaton costs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from xiaobao.engines.textscan.folding import HANZI, TABLE, View

Match = tuple[int, int, int]

_SIGNS = (
    " \t\u00a0\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0f*·•・∙_~|^`+-—–=#&.…/\\'丶丨"
    + "".join(map(chr, range(0x2600, 0x27C0)))
    + "".join(map(chr, range(0x1F000, 0x1FB00)))
)
_PAIRS = ("”“", "’‘", "」「", "』『", "】【", ")(", "）（")
_HANZI = re.compile(f"[{HANZI}]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class Automaton(Protocol):
    """What the word list needs of an automaton."""

    def find_matches_as_indexes(self, haystack: str, overlapping: bool = False) -> list[Match]:
        """All matches as (word, start, end)."""


class _Fallback:
    """The same answers from `re`, for machines without ahocorasick_rs."""

    def __init__(self, words: Sequence[str]) -> None:
        self._at: dict[str, int] = {}
        for at, word in enumerate(words):
            self._at.setdefault(word, at)
        self._sizes = sorted({len(word) for word in words})
        longest = "|".join(map(re.escape, sorted(self._at, key=len, reverse=True)))
        self._first = re.compile(f"(?=({longest}))") if words else None

    def find_matches_as_indexes(self, haystack: str, overlapping: bool = True) -> list[Match]:
        found = []
        for match in self._first.finditer(haystack) if self._first else ():
            for size in self._sizes:
                word = haystack[match.start() : match.start() + size]
                if len(word) == size and word in self._at:
                    found.append((self._at[word], match.start(), match.start() + size))
        return found


def matches(searcher: Automaton, text: str) -> list[Match]:
    """All matches, overlapping ones too; half a surrogate pair, which no automaton takes, matches nothing."""
    try:
        return searcher.find_matches_as_indexes(text, overlapping=True)
    except UnicodeEncodeError:
        return searcher.find_matches_as_indexes(_HALF_PAIR.sub("\ufffd", text), overlapping=True)


def automaton(words: Sequence[str]) -> Automaton:
    """The quickest automaton that is installed."""
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        return _Fallback(words)
    made: Any = AhoCorasick(list(words), store_patterns=False)
    return made  # type: ignore[no-any-return]


class WordList:
    """Finds words of a list in a text, overlapping ones too, in the coordinates of the text as it was written."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        folded = [word.translate(TABLE) for word in self.words]
        self._inner = automaton(folded)
        signs = [*_SIGNS, *_PAIRS, *map(chr, TABLE)]
        self._limit = len(folded)
        self._outer = automaton([*folded, *signs])
        self._reach = 2 * max(map(len, folded), default=0) + 8

    def find(self, text: str, hidden: Iterable[int] = ()) -> list[Match]:
        """(index of the word, start, end); the spans are of `text`. `hidden`: places to be folded for other reasons (View.hidden)."""
        found = matches(self._outer, text)
        limit = self._limit
        if not hidden and (not found or max(found)[0] < limit):
            return found
        marks = [start for at, start, _ in found if at >= limit and _matters(text, start)]
        marks = sorted({*marks, *hidden}) if hidden else marks
        found = [match for match in found if match[0] < limit]
        return found if not marks else sorted({*found, *self._again(text, marks)}, key=_by_place)

    def _again(self, text: str, marks: list[int]) -> Iterable[Match]:
        """Matches inside the folded neighbourhoods of the signs."""
        for begin, stop in _merged(marks, self._reach, len(text)):
            view = View(text[begin:stop])
            for at, start, end in matches(self._inner, view.text):
                left, right = view.origin(start, end)
                yield at, begin + left, begin + right


def _by_place(match: Match) -> tuple[int, int, int]:
    return match[1], match[2], match[0]


def _matters(text: str, at: int) -> bool:
    """A sign counts as a disguise beside a hanzi; a folded letter always."""
    if ord(text[at]) in TABLE or text[at : at + 2] in _PAIRS:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(_HANZI.match(before) or _HANZI.match(after))


def _merged(marks: list[int], reach: int, size: int) -> Iterable[tuple[int, int]]:
    begin, stop = -1, -1
    for mark in marks:
        left, right = max(0, mark - reach), min(size, mark + reach + 1)
        if left <= stop:
            stop = right
            continue
        if stop >= 0:
            yield begin, stop
        begin, stop = left, right
    if stop >= 0:
        yield begin, stop
