"""A tree that only grows: its size and the roots of its complete subtrees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xiaobao.engines.ledger.hashing import empty_root, node_hash


@dataclass(frozen=True, slots=True)
class Tree:
    """`peaks` are the roots of the complete subtrees, widest first: one per set bit of `size`."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("a tree has one peak for every set bit of its size")

    @property
    def root(self) -> bytes:
        """The root of RFC 9162: peaks folded from the narrowest side."""
        if not self.peaks:
            return empty_root()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def grown(self, leaves: Iterable[bytes]) -> Tree:
        """The tree with these leaf hashes added on the right; this one stays as it is.

        >>> Tree().grown([b"a" * 32, b"b" * 32]).size
        2
        """
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            node, bits = leaf, size
            while bits & 1:
                node = node_hash(peaks.pop(), node)
                bits >>= 1
            peaks.append(node)
            size += 1
        return Tree(size, tuple(peaks))
