"""Texts as numbers: letters folded, figures levelled, every two neighbours one shingle. Vectorised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_EDGE = 2  # stands before each text, so that a text of one letter has a shingle too
_FIGURE = ord("0")
_CHUNK = 50_000
_LEAST, MOST = 14, 23  # bits of the table of shingles: few texts, a small table


@dataclass(frozen=True, slots=True)
class Shingles:
    """All shingles of all texts in one row: text i owns `row[starts[i]:starts[i + 1]]`.

    A shingle is its place in a table of `size` places; two that share a place count as one. A text
    has each of its shingles once, in the order of the table.
    """

    row: NDArray[np.uint32]
    starts: NDArray[np.int64]
    size: int


def shingles(texts: Sequence[str]) -> Shingles:
    """Every text's shingles: letters and figures only, a run of figures is one figure."""
    letters = sum(map(len, texts))
    size = 1 << min(max(letters.bit_length(), _LEAST), MOST)
    row = np.empty(letters, dtype=np.uint32)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    end = 0
    for first in range(0, len(texts), _CHUNK):
        part = texts[first : first + _CHUNK]
        found, ends = _of_chunk(part, size)
        row[end : end + len(found)] = found
        starts[first + 1 : first + 1 + len(part)] = end + ends
        end += len(found)
    return Shingles(row[:end], starts, size)


def counts(read: Shingles) -> NDArray[np.int32]:
    """How many texts have each place of the table."""
    return np.bincount(read.row, minlength=read.size).astype(np.int32)


def picked(read: Shingles, texts: NDArray[np.int64]) -> Shingles:
    """The shingles of some of the texts."""
    lengths = read.starts[texts + 1] - read.starts[texts]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    at = np.arange(starts[-1]) + np.repeat(read.starts[texts] - starts[:-1], lengths)
    return Shingles(read.row[at], starts, read.size)


def runs(keys: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The distinct keys in order, and how often each occurs."""
    keys = np.sort(keys)
    begins = (
        np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys.astype(int)
    )
    return keys[begins], np.diff(np.append(begins, len(keys)))


def _of_chunk(texts: Sequence[str], size: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Shingles of some texts and where each text's end."""
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    joined = "".join(f"\x02{text}" for text in texts).encode("utf-32-le", "replace")
    letters = _table()[np.frombuffer(joined, dtype=np.uint32)]
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    kept = letters != 0
    kept[1:] &= (letters[1:] != _FIGURE) | (letters[:-1] != _FIGURE)
    letters, owners = letters[kept], owners[kept]
    is_whole = owners[:-1] == owners[1:]
    places = (_mixed(letters)[is_whole] & np.uint32(size - 1)).astype(np.uint64)
    keys, _ = runs((owners[:-1][is_whole].astype(np.uint64) << np.uint64(MOST)) | places)
    ends = np.searchsorted(keys, np.arange(1, len(texts) + 1, dtype=np.uint64) << np.uint64(MOST))
    return (keys & np.uint64((1 << MOST) - 1)).astype(np.uint32), ends


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
