"""Who stands for the groups found so far, and which texts join them: many texts at a time, in arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.neardup.shingles import MOST, Shingles, runs

_TELLING = 16  # the rarest shingles of a text lead to the heads it may join
_ANYWAY, _SAYING = 4, 0.5  # of these, all but the first few must weigh so much
_TOGETHER = 2  # a head met through fewer of them is not compared
_TRIES = 4  # at most so many heads are compared with one text
_CROWD = 4  # heads remembered behind one shingle
_UNLIKE = 0.7  # a member less alike than this to its head stands for the group beside it
_STAND = 3  # so many stand for a group at most, the head among them
_ROUNDS = 12
_PAIRS = 20_000  # compared at a time
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Judgement:
    """How shingles count: `weight` in likeness, `rank` (20 bits, smaller is rarer) in the search for heads."""

    weight: NDArray[np.float32]
    rank: NDArray[np.int32]
    alike: float


class Heads:
    """The groups; `group` holds for every text that was read its head, -1 for the others."""

    def __init__(self, read: Shingles, judgement: Judgement) -> None:
        texts = len(read.starts) - 1
        self._read, self._by = read, judgement
        self._behind = np.full((read.size, _CROWD), -1, dtype=np.int32)
        self._first = np.zeros(read.size, dtype=np.int32)
        self._standing = np.zeros(texts, dtype=np.int8)
        self._new = np.zeros(texts, dtype=bool)
        self.group = np.full(texts, -1, dtype=np.int32)

    def join(self, first: int, last: int) -> None:
        """Give the texts from first to last their groups.

        Round after round: who is like somebody that stands for a group joins; of the others those that share
        little with any earlier text still waiting become heads.
        """
        owners, row = self._telling(first, last)
        waiting = np.ones(last - first, dtype=bool)
        for at in range(_ROUNDS):
            texts, near, likeness = self._nearest(first, owners, row, only_new=at > 0)
            self._new[:] = False
            self._take(first, (texts, near, likeness), owners, row)
            waiting[texts - first] = False
            kept = waiting[owners]
            owners, row = owners[kept], row[kept]
            new = waiting.copy() if at == _ROUNDS - 1 else self._elected(waiting, owners, row)
            self._remember(first, new, owners, row)
            waiting &= ~new
            if not waiting.any():
                return
            kept = waiting[owners]
            owners, row = owners[kept], row[kept]

    def _telling(self, first: int, last: int) -> tuple[Ints, Ints]:
        """Of every text (counted from first) its rarest shingles, without those no other text has."""
        starts = self._read.starts[first : last + 1]
        row = self._read.row[starts[0] : starts[-1]]
        rank = self._by.rank[row]
        owners = np.repeat(np.arange(last - first, dtype=np.uint64), np.diff(starts))
        keys = (owners << np.uint64(MOST + 20)) | (rank.astype(np.uint64) << np.uint64(MOST)) | row
        keys = np.sort(keys[rank > 1])
        owners = keys >> np.uint64(MOST + 20)
        begins = np.searchsorted(owners, np.arange(last - first + 1, dtype=np.uint64))
        telling = (keys & np.uint64((1 << MOST) - 1)).astype(np.int64)
        at = np.arange(len(keys)) - np.repeat(begins[:-1], np.diff(begins))
        chosen = (at < _ANYWAY) | ((at < _TELLING) & (self._by.weight[telling] >= _SAYING))
        return owners[chosen].astype(np.int64), telling[chosen]

    def _nearest(
        self, first: int, owners: Ints, row: Ints, *, only_new: bool
    ) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """Texts that are alike to somebody who stands for a group: the text, the nearest such one, how alike."""
        found = self._behind[row]
        at, slot = np.nonzero((found >= 0) & self._new[found] if only_new else found >= 0)
        met, times = runs(_keys(owners[at], found[at, slot]))
        many = np.bincount(owners, minlength=1)
        texts = (met >> _HALF).astype(np.int64)
        kept = times >= np.minimum(_TOGETHER, many[texts])
        met, times, texts = met[kept], times[kept], texts[kept]
        order = np.lexsort((met, -times, texts))
        texts, others = texts[order], (met[order] & _LOW).astype(np.int64)
        begins = np.searchsorted(texts, texts)
        tried = np.arange(len(texts)) - begins < _TRIES
        texts, others = texts[tried] + first, others[tried]
        likeness = likenesses(self._read, self._by.weight, texts, others)
        alike = likeness >= self._by.alike
        texts, others, likeness = texts[alike], others[alike], likeness[alike]
        order = np.lexsort((others, -likeness, texts))
        texts, others, likeness = texts[order], others[order], likeness[order]
        best = np.concatenate([[True], texts[1:] != texts[:-1]]) if len(texts) else np.zeros(0, dtype=bool)
        return texts[best], others[best], likeness[best]

    def _take(
        self, first: int, found: tuple[Ints, Ints, NDArray[np.float64]], owners: Ints, row: Ints
    ) -> None:
        """Texts join the groups of those they are alike to; the first ones unlike them stand beside the head."""
        texts, near, likeness = found
        heads = self.group[near]
        self.group[texts] = heads
        unlike = likeness < _UNLIKE
        texts, heads = texts[unlike], heads[unlike]
        order = np.lexsort((texts, heads))
        texts, heads = texts[order], heads[order]
        rank = np.arange(len(heads)) - np.searchsorted(heads, heads)
        chosen = self._standing[heads] + rank < _STAND
        np.add.at(self._standing, heads[chosen], 1)
        stands = np.zeros(int(owners.max(initial=-1)) + 1, dtype=bool)
        stands[texts[chosen] - first] = True
        kept = stands[owners]
        self._put(owners[kept] + first, row[kept])

    def _elected(self, waiting: NDArray[np.bool_], owners: Ints, row: Ints) -> NDArray[np.bool_]:
        """Those still waiting that share fewer than two telling shingles with one earlier text that waits too."""
        self._first[row[::-1]] = owners[::-1]
        earlier = self._first[row]
        is_other = earlier < owners
        met, times = runs(_keys(owners[is_other], earlier[is_other]))
        many = np.bincount(owners, minlength=len(waiting))
        texts = (met >> _HALF).astype(np.int64)
        elected = waiting.copy()
        elected[texts[times >= np.minimum(_TOGETHER, many[texts])]] = False
        return elected

    def _remember(self, first: int, new: NDArray[np.bool_], owners: Ints, row: Ints) -> None:
        texts = np.flatnonzero(new) + first
        self.group[texts] = texts
        self._standing[texts] = 1
        kept = new[owners]
        self._put(owners[kept] + first, row[kept])

    def _put(self, texts: Ints, row: Ints) -> None:
        """Texts behind their shingles, the earlier first, as long as there is room."""
        order = np.lexsort((texts, row))
        texts, row = texts[order], row[order]
        slot = (self._behind[row] >= 0).sum(axis=1) + np.arange(len(row)) - np.searchsorted(row, row)
        fits = slot < _CROWD
        self._behind[row[fits], slot[fits]] = texts[fits]
        self._new[texts] = True


def likenesses(read: Shingles, weight: NDArray[np.float32], texts: Ints, others: Ints) -> NDArray[np.float64]:
    """Weighted Jaccard of every text with the other beside it."""
    return np.concatenate(
        [
            _likenesses(read, weight, texts[at : at + _PAIRS], others[at : at + _PAIRS])
            for at in range(0, max(1, len(texts)), _PAIRS)
        ]
    )


def _likenesses(
    read: Shingles, weight: NDArray[np.float32], texts: Ints, others: Ints
) -> NDArray[np.float64]:
    pairs = len(texts)
    keys = np.concatenate([_of(read, texts), _of(read, others)])
    keys.sort(kind="stable")  # two rows in order: they are only merged
    weighs = weight[keys & _LOW]
    pair = (keys >> _HALF).astype(np.int64)
    total = np.bincount(pair, weights=weighs, minlength=pairs)
    twice = np.flatnonzero(keys[1:] == keys[:-1])
    shared = np.bincount(pair[twice], weights=weighs[twice], minlength=pairs)
    likeness: NDArray[np.float64] = shared / np.maximum(total - shared, 1e-9)
    return likeness


def _of(read: Shingles, texts: Ints) -> Keys:
    """The shingles of the texts, each under the place of its text among them."""
    lengths = read.starts[texts + 1] - read.starts[texts]
    ends = np.cumsum(lengths)
    pair = np.repeat(np.arange(len(texts)), lengths)
    at = np.arange(int(lengths.sum())) + np.repeat(read.starts[texts] - ends + lengths, lengths)
    return _keys(pair, read.row[at])


def _keys(high: NDArray[np.integer], low: NDArray[np.integer]) -> Keys:
    return (high.astype(np.uint64) << _HALF) | low.astype(np.uint64)
