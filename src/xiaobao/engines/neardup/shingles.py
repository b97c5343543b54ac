"""Texts as numbers: letters folded, figures levelled, every two neighbours one shingle. Vectorised."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_EDGE = 2  # stands before each text, so that a text of one letter has a shingle too
_FIGURE = ord("0")
_FEW, _MANY = 0.01, 0.2  # shares of the texts between which a shingle turns from telling to form
_SMALL = 500  # fewer texts than this cannot tell what is form
_CHUNK = 50_000
_LEAST, MOST = 14, 23  # bits of the table of shingles: few texts, a small table


@dataclass(frozen=True, slots=True)
class Shingles:
    """All shingles of all texts in one row: text i owns `row[starts[i]:starts[i + 1]]`.

    A shingle is its place in a table of `size` places; two that share a place count as one.
    """

    row: NDArray[np.uint32]
    starts: NDArray[np.int64]
    size: int

    def of(self, text: int) -> set[int]:
        """The shingles of one text."""
        return set(self.row[self.starts[text] : self.starts[text + 1]].tolist())


def shingles(texts: Sequence[str]) -> Shingles:
    """Every text's shingles: letters and figures only, a run of figures is one figure."""
    letters = sum(map(len, texts))
    size = 1 << min(max(letters.bit_length(), _LEAST), MOST)
    row = np.empty(letters, dtype=np.uint32)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    end = 0
    for first in range(0, len(texts), _CHUNK):
        part = texts[first : first + _CHUNK]
        found, ends = _of_chunk(part)
        row[end : end + len(found)] = found & np.uint32(size - 1)
        starts[first + 1 : first + 1 + len(part)] = end + ends
        end += len(found)
    return Shingles(row[:end], starts, size)


def counts(read: Shingles) -> NDArray[np.int32]:
    """How often each place of the table occurs."""
    return np.bincount(read.row, minlength=read.size).astype(np.int32)


def weights(often: NDArray[np.int32], texts: int) -> NDArray[np.float32]:
    """How much a shingle says: 1 when few texts have it, 0.05 when many.

    Between `_FEW` and `_MANY` of the texts the weight falls with the logarithm. All rare shingles weigh
    the same, so that one slip of the pen does not outweigh what a thousand customers share.
    """
    share = (np.maximum(often, 1) / max(texts, _SMALL)).astype(np.float32)
    weight: NDArray[np.float32] = np.clip(np.log(_MANY / share) / math.log(_MANY / _FEW), 0.05, 1)
    return weight


def _of_chunk(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Shingles of some texts and where each text's end."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    joined = "".join(f"\x02{text}" for text in texts).encode("utf-32-le", "replace")
    letters = _table()[np.frombuffer(joined, dtype=np.uint32)]
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    kept = letters != 0
    kept[1:] &= (letters[1:] != _FIGURE) | (letters[:-1] != _FIGURE)
    letters, owners = letters[kept], owners[kept]
    is_whole = owners[:-1] == owners[1:]
    ends = np.searchsorted(owners[:-1][is_whole], np.arange(1, len(texts) + 1))
    return _mixed(letters)[is_whole], ends


def _mixed(letters: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = letters[:-1] * np.uint32(0x9E3779B1)
    mixed = (mixed << np.uint32(13)) | (mixed >> np.uint32(19))
    mixed ^= letters[1:] * np.uint32(0xC2B2AE3D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x2C1B3C6D)
    mixed ^= mixed >> np.uint32(12)
    return mixed


@cache
def _table() -> NDArray[np.uint32]:
    """For every code point the letter it is read as, 0 for what is not read."""
    table = np.zeros(0x110000, dtype=np.uint32)
    table[0x20000:0x32000] = np.arange(0x20000, 0x32000)  # the rarer hanzi
    table[0x3400:0xA000] = np.arange(0x3400, 0xA000)
    for code in (*range(0x20, 0x3400), *range(0xF900, 0xFFF0)):
        folded = unicodedata.normalize("NFKC", chr(code)).lower()
        if len(folded) == 1 and folded.isalnum():
            table[code] = _FIGURE if folded.isdigit() else ord(folded)
    table[_EDGE] = _EDGE
    return table
