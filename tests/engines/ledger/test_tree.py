"""The tree against the recursive definition of RFC 9162, section 2.1.1."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.ledger import Tree, empty_root, leaf_hash, node_hash, root_of

LEAVES = st.lists(st.binary(min_size=32, max_size=32), max_size=70)


def naive_root(leaves: list[bytes]) -> bytes:
    """The definition, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:half]) + naive_root(leaves[half:])).digest()


def test_a_leaf_is_the_hash_of_a_zero_byte_the_salt_and_the_body() -> None:
    assert leaf_hash(b"salt", b"body") == hashlib.sha256(b"\x00saltbody").digest()
    assert node_hash(b"l", b"r") == hashlib.sha256(b"\x01lr").digest()


def test_known_roots_of_the_certificate_transparency_vectors() -> None:
    """The first leaves of the test vectors shipped with the RFC 6962 reference code (empty salt)."""
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31"]
    leaves = [leaf_hash(b"", data) for data in inputs]
    assert root_of(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of(leaves[:2]).hex() == "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
    assert root_of(leaves[:5]).hex() == "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"


@given(LEAVES)
def test_root_equals_the_recursive_definition(leaves: list[bytes]) -> None:
    assert root_of(leaves) == naive_root(leaves)


@given(LEAVES, st.integers(0, 70))
def test_growing_in_two_steps_gives_the_same_tree(leaves: list[bytes], cut: int) -> None:
    assert Tree().grown(leaves[:cut]).grown(leaves[cut:]) == Tree().grown(leaves)


@given(LEAVES)
def test_there_is_one_peak_for_every_set_bit_of_the_size(leaves: list[bytes]) -> None:
    tree = Tree().grown(leaves)
    assert (tree.size, len(tree.peaks)) == (len(leaves), len(leaves).bit_count())


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    assert Tree().root == empty_root() == hashlib.sha256(b"").digest()


def test_peaks_that_do_not_fit_the_size_are_refused() -> None:
    with pytest.raises(ValueError, match="one peak"):
        Tree(3, (b"only one",))
