"""Questions about ranges of places, answered for all ranges at once."""

from __future__ import annotations

import numpy as np

from xiaobao.engines.fraud.columns import Array, Column
from xiaobao.engines.fraud.windows import DefinitionError


def shifted(values: Array) -> Array:
    """Running totals with a zero before: total of a range is one difference. Whole numbers may wrap."""
    out = np.zeros(len(values) + 1, dtype=values.dtype)
    np.cumsum(values, out=out[1:])
    return out


def rank_words(column: Column) -> Column:
    """Words in their own order, so that the smallest place is the smallest word."""
    if column.words is None:
        return column
    words = column.words
    if {isinstance(word, str) for word in words} == {True, False}:
        raise DefinitionError("同一字段既有数又有文字，没有最大、最小可言；请统一该属性的类型")
    by_word = sorted(range(len(words)), key=words.__getitem__)
    rank = np.empty(len(by_word), dtype=np.int64)
    rank[by_word] = np.arange(len(by_word))
    return Column(rank[column.values], tuple(words[place] for place in by_word))


def extreme(column: Column, low: Array, high: Array, *, smallest: bool) -> Column:
    """Smallest or largest of `values[low:high]` for each range; missing for an empty one.

    A table of powers of two, one level in memory at a time: O(n log n) whatever the ranges.
    """
    pick = np.minimum if smallest else np.maximum
    size = np.maximum(high - low, 0)
    level_of = np.where(size > 0, np.frexp(np.maximum(size, 1).astype(np.float64))[1] - 1, -1)
    found = np.zeros(len(low), dtype=column.values.dtype)
    level = column.values
    for depth in range(int(level_of.max(initial=-1)) + 1):
        here = level_of == depth
        found[here] = pick(level[low[here]], level[high[here] - (1 << depth)])
        level = pick(level[: -(1 << depth)], level[1 << depth :]) if len(level) > 1 << depth else level
    if column.words is not None:
        return Column(np.where(size > 0, found, -1), column.words)
    return Column(np.where(size > 0, found, np.nan))


def count_distinct(values: Array, low: Array, high: Array) -> Array:
    """How many different values stand in `values[low:high]`, for each range.

    A value counts at its first place in the range: where the same value stood before lies left
    of the range. Counting those is a walk down the bits of "stood before" (a wavelet matrix).
    """
    size = len(values)
    if not size:
        return np.zeros(len(low), dtype=np.int64)
    order = np.argsort(values, kind="stable")
    before = np.zeros(size, dtype=np.int64)
    same = values[order[1:]] == values[order[:-1]]
    before[order[1:][same]] = order[:-1][same] + 1  # 0: never before
    return _count_at_most(before, low, np.maximum(high, low), low)


def _count_at_most(values: Array, low: Array, high: Array, bound: Array) -> Array:
    """How many of `values[low:high]` are at most `bound`; values and bounds lie in 0..len(values)."""
    below = bound + 1
    bits = len(values).bit_length() + 1
    low, high = low.copy(), high.copy()
    count = np.zeros(len(low), dtype=np.int64)
    for bit in reversed(range(bits)):
        ones = (values >> bit & 1).astype(bool)
        zeros_before = shifted((~ones).astype(np.int64))
        zeros = int(zeros_before[-1])
        low_zero, high_zero = zeros_before[low], zeros_before[high]
        right = (below >> bit & 1).astype(bool)
        count += np.where(right, high_zero - low_zero, 0)
        low = np.where(right, zeros + low - low_zero, low_zero)
        high = np.where(right, zeros + high - high_zero, high_zero)
        values = np.concatenate((values[~ones], values[ones]))
    return count
