"""Reversible tokens: the same person gets the same token within one purpose, and only a key opens it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from xiaobao.engines.pii.fold import fold
from xiaobao.engines.pii.values import Kind

_LETTERS = bytes.maketrans(b"234567", b"yzwxvu")


class UnknownKeyError(KeyError):
    """The token was sealed with a key that this ring does not hold."""


class Cipher(Protocol):
    """Authenticated encryption: AES-256-GCM or SM4-GCM."""

    def seal(self, key: bytes, nonce: bytes, plain: bytes, context: bytes) -> bytes:
        """Ciphertext with its tag."""
        ...

    def open(self, key: bytes, nonce: bytes, sealed: bytes, context: bytes) -> bytes:
        """The plain bytes; raises when a bit was changed."""
        ...


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Master keys by id: `current` seals, the others still open (rotation); `index` makes the
    tokens' letters and stays, or the same person would get another token after a rotation.
    """

    keys: Mapping[str, bytes]
    current: str
    index: str

    def derived(self, key_id: str, label: str) -> bytes:
        """A 32-byte key for one use, derived from the master key (HMAC-SHA256).

        Raises: UnknownKeyError.
        """
        if key_id not in self.keys:
            raise UnknownKeyError(key_id)
        return hmac.digest(self.keys[key_id], label.encode(), hashlib.sha256)


@dataclass(slots=True)
class TokenVault:
    """Gives tokens and opens them again. `entries` is what a store keeps: token -> sealed text.

    A token is made of letters alone, so that no detector takes it for a number.
    """

    ring: KeyRing
    purpose: str
    cipher: Cipher
    new_bytes: Callable[[int], bytes]
    entries: dict[str, str] = field(default_factory=dict)

    def token(self, kind: Kind, text: str) -> str:
        """The token of a value: `[MOBILE:qkzmhwvyaubtcdxe]`, equal for equal values."""
        plain = _canonical(text)
        digest = hmac.digest(
            self.ring.derived(self.ring.index, f"token:{self.purpose}"),
            f"{kind.value}\0{plain}".encode(),
            hashlib.sha256,
        )
        letters = base64.b32encode(digest[:10]).lower().translate(_LETTERS).decode()
        token = f"[{kind.value}:{letters}]"
        if token not in self.entries:
            self.entries[token] = self._seal(self.ring.current, token, text)
        return token

    def reveal(self, token: str) -> str:
        """The value behind a token. Raises: KeyError for an unknown token, UnknownKeyError."""
        key_id, nonce, sealed = self.entries[token].split(".")
        plain = self.cipher.open(self._data_key(key_id), _bytes(nonce), _bytes(sealed), token.encode())
        return plain.decode()

    def rotate(self, ring: KeyRing) -> None:
        """Seal every entry anew with the ring's current key. Tokens keep their letters."""
        for token in self.entries:
            plain = self.reveal(token)
            self.entries[token] = TokenVault(ring, self.purpose, self.cipher, self.new_bytes)._seal(
                ring.current, token, plain
            )
        self.ring = ring

    def _seal(self, key_id: str, token: str, text: str) -> str:
        nonce = self.new_bytes(12)
        sealed = self.cipher.seal(self._data_key(key_id), nonce, text.encode(), token.encode())
        return f"{key_id}.{_text(nonce)}.{_text(sealed)}"

    def _data_key(self, key_id: str) -> bytes:
        return self.ring.derived(key_id, f"data:{self.purpose}")


def _canonical(text: str) -> str:
    return "".join(char for char in fold(text).upper() if char.isalnum() or char in "@._")


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text)
