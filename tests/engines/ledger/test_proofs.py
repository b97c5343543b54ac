"""Proofs hold for the truth and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xiaobao.engines.ledger import (
    consistency_holds,
    consistency_proof,
    inclusion_holds,
    inclusion_proof,
    root_of,
)

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70, unique=True)


@given(LEAVES, st.data())
def test_every_leaf_is_proven_to_be_inside(leaves: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, number)
    assert inclusion_holds(leaves[number], number, len(leaves), proof, root_of(leaves))


@given(LEAVES, st.data())
def test_a_leaf_is_not_proven_at_another_place(leaves: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(0, len(leaves) - 1))
    assume(number != other)
    proof = inclusion_proof(leaves, number)
    assert not inclusion_holds(leaves[number], other, len(leaves), proof, root_of(leaves))


@given(LEAVES, st.data())
def test_every_beginning_is_proven_to_be_the_beginning(leaves: list[bytes], data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, len(leaves)))
    heads = (earlier, root_of(leaves[:earlier])), (len(leaves), root_of(leaves))
    assert consistency_holds(*heads, consistency_proof(leaves, earlier))


@given(LEAVES, st.data())
def test_a_rewritten_beginning_is_not_proven(leaves: list[bytes], data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, len(leaves)))
    bad = data.draw(st.integers(0, earlier - 1))
    rewritten = [*leaves[:bad], b"\xff" * 31 + b"\x01", *leaves[bad + 1 :]]
    assume(rewritten != leaves)
    heads = (earlier, root_of(leaves[:earlier])), (len(leaves), root_of(rewritten))
    assert not consistency_holds(*heads, consistency_proof(rewritten, earlier))


@given(LEAVES, st.data())
def test_a_proof_with_one_hash_changed_does_not_hold(leaves: list[bytes], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(leaves) - 1))
    proof = inclusion_proof(leaves, number)
    assume(proof)
    place = data.draw(st.integers(0, len(proof) - 1))
    proof[place] = bytes([proof[place][0] ^ 1]) + proof[place][1:]
    assert not inclusion_holds(leaves[number], number, len(leaves), proof, root_of(leaves))


def test_proofs_of_what_is_not_there_are_refused() -> None:
    leaves = [bytes([n]) * 32 for n in range(5)]
    for wrong in (-1, 5):
        with pytest.raises(IndexError):
            inclusion_proof(leaves, wrong)
    for wrong in (0, 6):
        with pytest.raises(IndexError):
            consistency_proof(leaves, wrong)


def test_proofs_that_are_too_short_or_too_long_do_not_hold() -> None:
    leaves = [bytes([n]) * 32 for n in range(5)]
    proof = inclusion_proof(leaves, 2)
    assert not inclusion_holds(leaves[2], 2, 5, proof[:-1], root_of(leaves))
    assert not inclusion_holds(leaves[2], 2, 5, [*proof, leaves[0]], root_of(leaves))
    heads = (3, root_of(leaves[:3])), (5, root_of(leaves))
    assert not consistency_holds(*heads, [])
    assert not consistency_holds(*heads, [*consistency_proof(leaves, 3), leaves[0]])
    assert not consistency_holds(heads[1], heads[0], [])
