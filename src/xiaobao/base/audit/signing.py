"""The journal's key: Ed25519, in a file only its owner can read, made at first use."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotConfigured

KEY_FILE = "audit_key.pem"
FORMER_KEYS_FILE = "audit_former_keys.txt"
HEAD_FORMAT = "xiaobao-audit-head/1"


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs heads; `public_key` is 64 hexadecimal digits, `key_id` the first 16 of its SHA-256."""

    private_key: Ed25519PrivateKey
    public_key: str
    key_id: str

    def sign(self, text: str) -> str:
        """The signature, 128 hexadecimal digits."""
        return self.private_key.sign(text.encode()).hex()


def signer() -> Signer:
    """The installation's signer; makes the key file at first use.

    Raises: NotConfigured `audit.key_unreadable` when the file is there and cannot be used.
    """
    path = Path(settings.VAR) / KEY_FILE
    if not path.exists():
        _make_key(path)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError) as error:
        raise NotConfigured(
            "audit.key_unreadable", say=f"审计签名密钥 {path} 无法读取，请从备份恢复该文件并核对权限"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise NotConfigured("audit.key_unreadable", say=f"审计签名密钥 {path} 不是 Ed25519 密钥")
    public = key.public_key().public_bytes_raw()
    return Signer(key, public.hex(), key_id_of(public))


def key_id_of(public: bytes) -> str:
    """The first 16 hexadecimal digits of the public key's SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def trusted_keys() -> frozenset[str]:
    """The public keys this installation signs or has signed with (one a line in the former-keys file)."""
    former = Path(settings.VAR) / FORMER_KEYS_FILE
    lines = former.read_text(encoding="ascii").split() if former.exists() else []
    return frozenset([signer().public_key, *lines])


def head_text(size: int, root: str, at: str, key_id: str) -> str:
    """The text a head's signature covers."""
    return f"{HEAD_FORMAT}\n{size}\n{root}\n{at}\n{key_id}\n"


def signature_holds(public_key: str, text: str, signature: str) -> bool:
    """Whether the signature over the text was made with that key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _make_key(path: Path) -> None:
    """Write the whole file aside, then link it into place: of two processes one wins."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{KEY_FILE}.{ports.new_id()}")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
