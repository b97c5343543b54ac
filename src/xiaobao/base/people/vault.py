"""Personal data at rest: sealed with AES-256-GCM under a named key, found again by a blind index.

A sealed text names its key: `v1:<key id>:<base64 of nonce and ciphertext>`. Keys live in one file
of the var folder, readable by its owner alone; the last key seals, every key opens. The blind
index has a key of its own, so that rotating the sealing key does not break look-ups.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from functools import cache
from pathlib import Path
from typing import TypedDict

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotConfigured

VERSION = "v1"
NONCE_BYTES = 12
KEY_BYTES = 32


class Keys(TypedDict):
    """The key file: sealing keys by id (the last one seals) and the key of the blind index."""

    seal: dict[str, str]
    index: str


def seal(text: str) -> str:
    """The text sealed under the newest key; '' stays ''. Two seals of one text differ."""
    if not text:
        return ""
    key_id, key = _newest(_keys())
    nonce = _nonce(key, text)
    box = AESGCM(key).encrypt(nonce, text.encode(), f"{VERSION}:{key_id}".encode())
    return f"{VERSION}:{key_id}:{base64.b64encode(nonce + box).decode()}"


def open_sealed(sealed: str) -> str:
    """The clear text. Raises: NotConfigured `people.vault.unreadable` for a lost key or altered data."""
    if not sealed:
        return ""
    version, _, rest = sealed.partition(":")
    key_id, _, body = rest.partition(":")
    key = _keys()["seal"].get(key_id)
    if version != VERSION or key is None:
        raise NotConfigured("people.vault.unreadable", key_id=key_id)
    try:
        raw = base64.b64decode(body, validate=True)
        box = AESGCM(bytes.fromhex(key))
        return box.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{VERSION}:{key_id}".encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise NotConfigured("people.vault.unreadable", key_id=key_id) from error


def blind_index(text: str) -> str:
    """64 hexadecimal digits that are equal for equal texts and tell nothing without the key; '' for ''."""
    if not text:
        return ""
    return hmac.new(bytes.fromhex(_keys()["index"]), text.encode(), hashlib.sha256).hexdigest()


def key_id_of(sealed: str) -> str:
    """Id of the key a text is sealed under."""
    return sealed.split(":", 2)[1] if sealed else ""


def reseal(sealed: str) -> str:
    """The same text under the newest key; unchanged when it is there already."""
    if not sealed or key_id_of(sealed) == _newest(_keys())[0]:
        return sealed
    return seal(open_sealed(sealed))


def current_prefix() -> str:
    """How every text sealed under the newest key begins."""
    return f"{VERSION}:{_newest(_keys())[0]}:"


def rotate() -> str:
    """Id of a new sealing key; what was sealed before stays readable, `reseal` moves it over."""
    keys = _read(key_file())
    key_id = f"k{len(keys['seal']) + 1}"
    keys["seal"][key_id] = _new_key()
    _write(key_file(), keys)
    forget()
    return key_id


def key_file() -> Path:
    """Where the keys live. It must be backed up apart from the database."""
    return Path(settings.VAR) / "vault_keys.json"


def forget() -> None:
    """Read the key file again at the next use."""
    _keys.cache_clear()


@cache
def _keys() -> Keys:
    return _read(key_file())


def _read(path: Path) -> Keys:
    if not path.exists():
        _create(path)
    found: Keys = json.loads(path.read_text(encoding="ascii"))
    return found


def _create(path: Path) -> None:
    """The first key; when two processes start at once, the first to write wins."""
    fresh: Keys = {"seal": {"k1": _new_key()}, "index": _new_key()}
    draft = _draft(path, fresh)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _write(path: Path, keys: Keys) -> None:
    _draft(path, keys).replace(path)


def _draft(path: Path, keys: Keys) -> Path:
    draft = path.with_name(f".{path.name}.{ports.new_id()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _nonce(key: bytes, text: str) -> bytes:
    """A nonce that repeats only for the same text, even where a simulated run repeats its randomness."""
    own = hmac.new(key, b"nonce", hashlib.sha256).digest()
    return hmac.new(own, ports.new_bytes(KEY_BYTES) + text.encode(), hashlib.sha256).digest()[:NONCE_BYTES]


def _new_key() -> str:
    """A key from the operating system, never from a run's repeatable source."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES).hex()


def _newest(keys: Keys) -> tuple[str, bytes]:
    key_id = next(reversed(keys["seal"]))
    return key_id, bytes.fromhex(keys["seal"][key_id])
