"""The three hashes of RFC 9162, section 2.1; leaves carry a salt in front of the row."""

from __future__ import annotations

from hashlib import sha256


def leaf_hash(salt: bytes, body: bytes) -> bytes:
    """SHA-256(0x00 ‖ salt ‖ body)."""
    return sha256(b"\x00" + salt + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return sha256(b"\x01" + left + right).digest()


def empty_root() -> bytes:
    """Root of the tree without leaves: SHA-256 of nothing."""
    return sha256(b"").digest()
