"""Sentences or blocks of a text; an overlong one is read in pieces, so that no text costs more than its length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

LONG = 640  # characters; what is longer is cut at a comma, or where there is none at this length
_CUT = re.compile(r"[，,、：:？?。；;！!](?!.*[，,、：:？?。；;！!])", re.DOTALL)


class Stretch(NamedTuple):
    """A sentence or a block in the folded text."""

    start: int
    end: int


class Piece(NamedTuple):
    """What is read at once: matches begin before `end` and may reach until `stop`, into the next piece of the sentence."""

    start: int
    end: int
    stop: int


class Stretches:
    """Sentences or blocks in order, the overlong ones in pieces."""

    def __init__(self, text: str, wholes: Iterable[Stretch]) -> None:
        self.pieces: list[Piece] = []
        self._goes_on: set[int] = set()  # pieces whose sentence goes on in the next piece
        for whole in wholes:
            if whole.end - whole.start <= LONG:
                self.pieces.append(Piece(whole.start, whole.end, whole.end))
                continue
            edges = [whole.start, *_edges(text, whole)]
            for at, (start, end) in enumerate(pairwise(edges)):
                stop = edges[min(at + 2, len(edges) - 1)]
                if stop > end:
                    self._goes_on.add(len(self.pieces))
                self.pieces.append(Piece(start, end, stop))
        self._starts = [piece.start for piece in self.pieces]

    def number(self, at: int) -> int:
        """The number of the piece that holds a place."""
        return max(0, bisect_right(self._starts, at) - 1)

    def around(self, number: int) -> Stretch:
        """The whole sentence; of an overlong one the piece and its neighbours."""
        first = number - 1 if number - 1 in self._goes_on else number
        return Stretch(self.pieces[first].start, self.pieces[number].stop)

    def holding(self, places: Iterable[int]) -> set[int]:
        """The numbers of the pieces in which a match that holds one of these places can begin."""
        numbers = {self.number(place) for place in places}
        if self._goes_on:
            numbers |= {number - 1 for number in numbers if number - 1 in self._goes_on}
        return numbers


def _edges(text: str, whole: Stretch) -> Iterator[int]:
    at = whole.start
    while whole.end - at > LONG:
        comma = _CUT.search(text, at + LONG // 2, at + LONG)
        at = comma.end() if comma else at + LONG
        yield at
    yield whole.end
