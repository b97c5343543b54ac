"""Many texts at once: which say the same. A text joins the one it is most like, never a chain of neighbours."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.neardup.shingles import MOST, Shingles, counts, shingles, weights

ALIKE = 0.42
_TELLING = 16  # the rarest shingles of a text lead to the heads it may join
_TOGETHER = 2  # a head met through fewer of them is not compared
_TRIES = 6  # at most so many heads are compared with one text
_CROWD = 4  # heads remembered behind one shingle
_UNLIKE = 0.7  # a member less alike than this to its head stands for the group beside it
_STAND = 3  # so many stand for a group at most
_KEPT = 20_000  # heads whose shingles stay at hand
_CHUNK = 50_000


def group(texts: Sequence[str], *, alike: float = ALIKE) -> list[int]:
    """For each text the number of its group's head, the first text that said it (its own when alone).

    A text joins a head when the weight of the shingles they share is at least `alike` of the weight
    of all they have (weighted Jaccard); a shingle weighs by how few of the texts have it, so a
    common form letter does not join two matters.
    """
    if not texts:
        return []
    read = shingles(texts)
    often = counts(read)
    index = _Heads(read, weights(often, len(texts)), alike)
    heads: list[int] = []
    for first in range(0, len(texts), _CHUNK):
        last = min(first + _CHUNK, len(texts))
        heads.extend(
            index.join(text, row) for text, row in enumerate(_telling(read, often, first, last), first)
        )
    return heads


def _telling(read: Shingles, often: NDArray[np.int32], first: int, last: int) -> list[list[int]]:
    """Of every text from first to last its rarest shingles, without those no other text has."""
    row = read.row[read.starts[first] : read.starts[last]]
    owners = np.repeat(np.arange(last - first, dtype=np.uint64), np.diff(read.starts[first : last + 1]))
    many = np.minimum(often[row], (1 << 20) - 1).astype(np.uint64)
    keys = (owners << np.uint64(MOST + 20)) | (many << np.uint64(MOST)) | row
    keys = np.sort(keys[many > 1])
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    owners = keys >> np.uint64(MOST + 20)
    starts = np.searchsorted(owners, np.arange(last - first + 1, dtype=np.uint64))
    chosen = (keys & np.uint64((1 << MOST) - 1)).tolist()
    ends = np.minimum(starts[1:], starts[:-1] + _TELLING).tolist()
    return [chosen[start:end] for start, end in zip(starts[:-1].tolist(), ends, strict=True)]


class _Heads:
    """Who stands for the groups found so far: the head, and the first members unlike it."""

    def __init__(self, read: Shingles, weight: NDArray[np.float32], alike: float) -> None:
        self._read, self._alike = read, alike
        self._weight = array("f", weight.tobytes())
        self._behind = array("i", [-1]) * (len(weight) * _CROWD)
        self._held: dict[int, tuple[set[int], float]] = {}
        self._group: dict[int, int] = {}
        self._standing: dict[int, int] = {}

    def join(self, text: int, telling: list[int]) -> int:
        """The head of the group the text joins; itself, remembered as a new head, when none is alike."""
        nearest, likeness = self._nearest(text, self._met(telling))
        head = self._group.get(nearest, nearest)
        standing = self._standing.get(head, 0) if head != text else 0
        if head == text or (likeness < _UNLIKE and standing < _STAND):
            self._remember(text, telling)
            self._group[text] = head
            self._standing[head] = standing + 1
        return head

    def _met(self, telling: list[int]) -> list[int]:
        """Heads behind the shingles, those met most often first; the earlier of two met equally."""
        behind, met = self._behind, dict[int, int]()
        for shingle in telling:
            slot = shingle * _CROWD
            while (head := behind[slot]) >= 0:
                met[head] = met.get(head, 0) + 1
                slot += 1
                if not slot % _CROWD:
                    break
        least = min(_TOGETHER, len(telling))
        often = [head for head, times in met.items() if times >= least]
        if len(often) > 1:
            often.sort(key=lambda head: (-met[head], head))
        return often[:_TRIES]

    def _remember(self, text: int, telling: list[int]) -> None:
        behind = self._behind
        for shingle in telling:
            for slot in range(shingle * _CROWD, shingle * _CROWD + _CROWD):
                if behind[slot] < 0:
                    behind[slot] = text
                    break

    def _nearest(self, text: int, standing: list[int]) -> tuple[int, float]:
        """Who is most alike among those that stand for groups, and how much; the text itself when nobody is."""
        if not standing:
            return text, 1.0
        own, own_weight = self._hold(text)
        best, score = text, self._alike
        for other in standing:
            held, held_weight = self._held.get(other) or self._keep(other)
            shared = self._sum(own & held)
            likeness = shared / (own_weight + held_weight - shared)
            if likeness > score or (likeness == score and best == text):
                best, score = other, likeness
        return best, score

    def _keep(self, head: int) -> tuple[set[int], float]:
        if len(self._held) >= _KEPT:
            self._held.clear()
        self._held[head] = held = self._hold(head)
        return held

    def _hold(self, text: int) -> tuple[set[int], float]:
        held = self._read.of(text)
        return held, self._sum(held)

    def _sum(self, held: set[int]) -> float:
        return sum(map(self._weight.__getitem__, held))
