"""Where the bytes lie: under MEDIA_ROOT, in folders and names of our own making."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from xiaobao.kernel import ports


def root() -> Path:
    """The folder of all files."""
    return Path(settings.MEDIA_ROOT)


def incoming() -> Path:
    """A path for a file being looked at, in a folder swept when work on it was cut off."""
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{ports.new_id()}{os.getpid():x}"


def keep(data: bytes, extension: str) -> str:
    """Relative path `ab/cd/<id>.<extension>` of the bytes, now on the disk for good."""
    while True:
        name = ports.new_id()
        relative = f"{name[:2]}/{name[2:4]}/{name}.{extension}"
        path = root() / relative
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return relative


def remove(relative: str) -> None:
    """Take the bytes away; nothing happens when they are gone."""
    (root() / relative).unlink(missing_ok=True)


def kept_before(moment: float) -> Iterator[str]:
    """Relative paths of files last written before `moment` (seconds since 1970), work cut off included."""
    for path in root().rglob("*"):
        if path.is_file() and path.stat().st_mtime < moment:
            yield str(path.relative_to(root()))


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
