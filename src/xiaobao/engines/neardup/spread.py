"""What counts as a form letter's words, and what as the words of one matter that very many customers have.

Both are said by a tenth of all texts, in the same words. They are told apart by what else the texts say: beside a
form letter stands each customer's own matter, beside a mass complaint stand only names, places and slips of the pen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.neardup.heads import Heads, Ints, Judgement
from xiaobao.engines.neardup.shingles import Shingles, counts, picked

_FEW, _MANY = 0.01, 0.2  # shares of the texts between which a shingle turns from telling to form
_SMALL = 500  # fewer texts than this cannot tell what is form
_SAMPLE = 20_000  # so many texts show which shingles stand together
_LOOKED = 100_000  # so many of the texts with a block are looked at for what else they say
_LEAST = 20
_TOGETHER = 0.85  # shingles of one block are said together so often
_BLOCK = 4  # fewer shingles are a turn of phrase
_WHOLE = 0.6  # so much of a text is what most of those beside it say, when they have one matter
_RARE = 0.2  # so little of a text is its own
_RECURS = 0.4  # of the texts with a form letter more than this have a matter that others have too
_SAME = (
    0.55  # own words that are so much alike tell one matter; two texts that share an outlet's name are less
)
_OTHERS = 0.05  # texts outside the matters already found, without which a block is theirs
_CHUNK = 25_000
_RANKS = (1 << 20) - 1

Mask = NDArray[np.bool_]


def grouped(read: Shingles, alike: float) -> Ints:
    """For each text the first text of its group."""
    often, texts = counts(read), len(read.starts) - 1
    least = max(texts, _SMALL) * _FEW
    common = often >= least
    often[_matters(read, common)] = 2
    common &= often >= least
    weight = np.ones(read.size, dtype=np.float32)
    weight[common] = weights(often[common] / max(texts, _SMALL))
    return _grouped(read, Judgement(weight, np.minimum(often, _RANKS), alike))


def weights(share: NDArray[np.floating]) -> NDArray[np.float32]:
    """How much a shingle says: 1 when few texts have it, 0.05 when many.

    Between `_FEW` and `_MANY` the weight falls with the logarithm. All rare shingles weigh
    the same, so that one slip of the pen does not outweigh what a thousand customers share.
    """
    falling = np.log(_MANY / np.maximum(share, 1e-9)) / math.log(_MANY / _FEW)
    weight: NDArray[np.float32] = np.clip(falling, 0.05, 1).astype(np.float32)
    return weight


def _grouped(read: Shingles, judgement: Judgement) -> Ints:
    texts = len(read.starts) - 1
    heads = Heads(read, judgement)
    for first in range(0, texts, _CHUNK):
        heads.join(first, min(first + _CHUNK, texts))
    earliest = np.full(texts, texts, dtype=np.int64)
    np.minimum.at(earliest, heads.group, np.arange(texts))
    named: Ints = earliest[heads.group]
    return named


@dataclass(frozen=True, slots=True)
class _Block:
    """Shingles said together, and which texts of the sample say them."""

    places: Ints
    texts: Ints


def _matters(read: Shingles, common: Mask) -> Ints:
    """The common shingles that are the words of one matter."""
    texts = len(read.starts) - 1
    sample = picked(read, np.arange(0, texts, -(-texts // _SAMPLE)))
    owners = np.repeat(np.arange(len(sample.starts) - 1), np.diff(sample.starts))
    taken = np.zeros(len(sample.starts) - 1, dtype=bool)
    known = np.zeros(read.size, dtype=bool)
    found = [np.zeros(0, dtype=np.int64)]
    for block in sorted(_blocks(sample, owners, common), key=lambda one: len(one.texts)):
        rest = block.texts[~taken[block.texts]]
        if len(rest) >= max(_LEAST, _OTHERS * len(block.texts)):
            if not _says_one_thing(sample, owners, rest, common):
                continue
            if _recurring(read, common, known, block.places) > _RECURS:
                continue
        taken[block.texts] = True
        found.append(block.places)
        known[block.places] = True
    return np.concatenate(found)


def _blocks(read: Shingles, owners: Ints, common: Mask) -> Iterator[_Block]:
    """Common shingles that the same texts say."""
    kept = common[read.row]
    row, owners = read.row[kept].astype(np.int64), owners[kept]
    order = np.argsort(row, kind="stable")
    places, times = np.unique(row, return_counts=True)
    ends = np.cumsum(times)
    column = np.searchsorted(places, row)
    left = np.ones(len(places), dtype=bool)
    for at in np.argsort(-times, kind="stable"):
        if not left[at]:
            continue
        texts = owners[order[ends[at] - times[at] : ends[at]]]
        inside = np.zeros(len(read.starts) - 1, dtype=bool)
        inside[texts] = True
        beside = np.bincount(column[inside[owners]], minlength=len(places))
        block = left & (beside >= _TOGETHER * times) & (beside >= _TOGETHER * times[at])
        left &= ~block
        if block.sum() >= _BLOCK:
            yield _Block(places[block], texts)


def _says_one_thing(read: Shingles, owners: Ints, texts: Ints, common: Mask) -> bool:
    """Whether most of what these texts say is said by most of them, and little by few."""
    inside = np.zeros(len(read.starts) - 1, dtype=bool)
    inside[texts] = True
    kept = inside[owners]
    row, owners = read.row[kept], owners[kept]
    core = np.bincount(row, minlength=read.size) > _TOGETHER * 0.8 * len(texts)
    lengths = np.maximum(np.diff(read.starts), 1)
    whole = np.bincount(owners[core[row]], minlength=len(inside)) / lengths
    rare = np.bincount(owners[~common[row]], minlength=len(inside)) / lengths
    return bool(np.median(whole[texts]) >= _WHOLE and np.median(rare[texts]) <= _RARE)


def _recurring(read: Shingles, common: Mask, known: Mask, places: Ints) -> float:
    """Of the texts with these shingles, and none of a matter found before, the share whose own words others have."""
    block = np.zeros(read.size, dtype=bool)
    block[places] = True
    texts = _holding(read, block, _TOGETHER * len(places))
    texts = np.setdiff1d(texts, _holding(read, known, _BLOCK))[:_LOOKED]
    some = picked(read, texts)
    rank = np.minimum(counts(some), _RANKS)
    rank[common] = 1
    heads = _grouped(some, Judgement(np.where(common, np.float32(1e-6), np.float32(1)), rank, _SAME))
    return float((np.bincount(heads, minlength=len(texts))[heads] > 1).mean()) if len(texts) else 0.0


def _holding(read: Shingles, shingles: Mask, least: float) -> Ints:
    """The texts that have at least so many of the shingles."""
    at = np.flatnonzero(shingles[read.row])
    texts = np.searchsorted(read.starts, at, side="right") - 1
    found, times = np.unique(texts, return_counts=True)
    return found[times >= least]
