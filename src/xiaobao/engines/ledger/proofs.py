"""Checking proofs without the leaves: what a holder of a signed head can do alone."""

from __future__ import annotations

from collections.abc import Sequence

from xiaobao.engines.ledger.hashing import node_hash


def inclusion_holds(leaf: bytes, number: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `leaf` is number `number` (from 0) of the tree of `size` leaves with this root."""
    if not 0 <= number < size:
        return False
    place, last, node = number, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            node = node_hash(step, node)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            node = node_hash(node, step)
        place, last = place >> 1, last >> 1
    return last == 0 and node == root


def consistency_holds(earlier: tuple[int, bytes], later: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether the earlier (size, root) is the beginning of the later one."""
    (small, small_root), (size, root) = earlier, later
    if not 0 < small <= size:
        return False
    if small == size:
        return not proof and small_root == root
    steps = [small_root, *proof] if small & (small - 1) == 0 else list(proof)
    return bool(steps) and _both_roots(small, size, steps) == (small_root, root)


def _both_roots(small: int, size: int, steps: list[bytes]) -> tuple[bytes, bytes] | None:
    place, last = small - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None
