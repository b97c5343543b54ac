"""A Merkle tree over salted rows (RFC 9162 shape): roots, growth from peaks, proofs."""

from __future__ import annotations

from xiaobao.engines.ledger.engine import (
    consistency_proof,
    empty_root,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
)
from xiaobao.engines.ledger.proofs import consistency_holds, inclusion_holds
from xiaobao.engines.ledger.values import Tree

__all__ = [
    "Tree",
    "consistency_holds",
    "consistency_proof",
    "empty_root",
    "inclusion_holds",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root_of",
]
