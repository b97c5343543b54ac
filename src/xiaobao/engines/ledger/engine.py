"""Roots and proofs computed from leaf hashes (RFC 9162, sections 2.1.3 and 2.1.4)."""

from __future__ import annotations

from collections.abc import Sequence

from xiaobao.engines.ledger.hashing import empty_root, leaf_hash, node_hash
from xiaobao.engines.ledger.values import Tree

__all__ = ["consistency_proof", "empty_root", "inclusion_proof", "leaf_hash", "node_hash", "root_of"]


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Root over these leaf hashes, in this order."""
    return Tree().grown(leaves).root


def inclusion_proof(leaves: Sequence[bytes], number: int) -> list[bytes]:
    """Hashes that lead from leaf `number` (from 0) to the root, lowest first.

    Raises: IndexError when there is no such leaf.
    """
    if not 0 <= number < len(leaves):
        raise IndexError(number)
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if number < half:
        return [*inclusion_proof(leaves[:half], number), root_of(leaves[half:])]
    return [*inclusion_proof(leaves[half:], number - half), root_of(leaves[:half])]


def consistency_proof(leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """Hashes that show that the first `earlier` leaves are still the beginning of the tree.

    Raises: IndexError unless 0 < earlier <= number of leaves.
    """
    if not 0 < earlier <= len(leaves):
        raise IndexError(earlier)
    return _subproof(leaves, earlier, whole=True)


def _subproof(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = _split(len(leaves))
    if earlier <= half:
        return [*_subproof(leaves[:half], earlier, whole=whole), root_of(leaves[half:])]
    return [*_subproof(leaves[half:], earlier - half, whole=False), root_of(leaves[:half])]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
