"""AES-256-GCM, and SM4-GCM for sites that must use the national algorithm."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_TAG = 16


class AesGcm:
    """AES with a 256-bit key in Galois/Counter mode."""

    name = "AES-256-GCM"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, context: bytes) -> bytes:
        """Ciphertext with its tag."""
        return AESGCM(key).encrypt(nonce, plain, context)

    def open(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        """The plain bytes; raises cryptography's InvalidTag when anything was changed."""
        return AESGCM(key).decrypt(nonce, sealed, context)


class Sm4Gcm:
    """SM4 (GB/T 32907) with a 128-bit key, the first half of the derived one."""

    name = "SM4-GCM"

    def seal(self, key: bytes, nonce: bytes, plain: bytes, context: bytes) -> bytes:
        """Ciphertext with its tag."""
        work = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce)).encryptor()
        work.authenticate_additional_data(context)
        return work.update(plain) + work.finalize() + work.tag

    def open(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        """The plain bytes; raises cryptography's InvalidTag when anything was changed."""
        work = Cipher(algorithms.SM4(key[:16]), modes.GCM(nonce, sealed[-_TAG:])).decryptor()
        work.authenticate_additional_data(context)
        return work.update(sealed[:-_TAG]) + work.finalize()
