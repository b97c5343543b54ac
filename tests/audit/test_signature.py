"""The verifier's own Ed25519 against RFC 8032's vectors and against the library that signs."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from xiaobao.base.audit.verifier import ORDER, signature_holds

# RFC 8032, section 7.1, TEST 1-3: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_published_vectors_hold(public: str, message: str, signature: str) -> None:
    assert signature_holds(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


@pytest.mark.parametrize("length", [0, 1, 32, 200])
def test_signatures_of_the_library_hold_and_altered_ones_do_not(length: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(length % 200, length % 200 + 32)))
    public, message = key.public_key().public_bytes_raw(), bytes(range(length))
    signature = key.sign(message)
    assert signature_holds(public, message, signature)
    for place in (0, 31, 32, 63):
        altered = bytearray(signature)
        altered[place] ^= 1
        assert not signature_holds(public, message, bytes(altered))
    assert not signature_holds(public, message + b"!", signature)


def test_a_scalar_that_is_not_reduced_is_refused() -> None:
    public, message, signature = (bytes.fromhex(part) for part in VECTORS[0])
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not signature_holds(public, message, signature[:32] + scalar.to_bytes(32, "little"))
