"""One file from the outside: received within the limit, recognised, looked through, made harmless."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from xiaobao.base.evidence import formats, images, names, offices, pdfs, storage, texts
from xiaobao.base.evidence.formats import BY_EXTENSION, Family, Format
from xiaobao.base.evidence.limits import LIMITS, megabytes
from xiaobao.base.evidence.scanning import scanners
from xiaobao.kernel.errors import InvalidInput

_CHUNK = 64 * 1024
_REFUSED = {
    formats.EXECUTABLE: "evidence.executable",
    formats.ARCHIVE: "evidence.archive",
    formats.SCRIPT: "evidence.script",
    formats.OLD_OFFICE: "evidence.old_office",
}
_NAMED_ARCHIVE = {"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "jar", "apk", "cab", "iso"}


@dataclass(frozen=True, slots=True)
class Accepted:
    """A harmless file: what to keep, and the digest of what was handed in."""

    name: str
    extension: str
    media_type: str
    data: bytes
    source_sha256: str
    verdict: str

    @property
    def sha256(self) -> str:
        """Digest of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def accept(name: str, content: BinaryIO | bytes) -> Accepted:
    """The file, looked through; raises InvalidInput with a code of messages.py, or NotConfigured."""
    shown = names.plain_name(name)
    data = received(content)
    form = recognised(shown, data)
    path = storage.incoming()
    try:
        path.write_bytes(data)
        verdict = _scanned(path)
        kept = _looked_through(path, data, form)
    finally:
        path.unlink(missing_ok=True)
    extension = form.stored_as or form.extensions[0]
    if names.extension_of(shown) not in BY_EXTENSION or form.key in ("gif", "bmp"):
        shown = names.renamed(shown, extension)
    source = hashlib.sha256(data).hexdigest()
    return Accepted(shown, extension, form.media_type, kept, source, verdict)


def received(content: BinaryIO | bytes) -> bytes:
    """All bytes, or a refusal as soon as the limit is passed.

    Raises: InvalidInput `evidence.empty`, `evidence.too_large`.
    """
    if refusal := getattr(content, "refusal", None):  # thrown away on its way in
        raise refusal
    known = len(content) if isinstance(content, bytes) else getattr(content, "size", None)
    if known is not None and known > LIMITS.file_bytes:
        raise too_large(known)
    stream = io.BytesIO(content) if isinstance(content, bytes) else content
    parts, total = [], 0
    while part := stream.read(_CHUNK):
        total += len(part)
        if total > LIMITS.file_bytes:
            raise too_large(total)
        parts.append(part)
    if not total:
        raise InvalidInput("evidence.empty", field="file")
    return b"".join(parts)


def too_large(size: int, limit: int = LIMITS.file_bytes) -> InvalidInput:
    """The refusal of a file or request of `size` bytes."""
    return InvalidInput(
        "evidence.too_large", field="file", size=megabytes(size), limit=megabytes(limit), bytes=size
    )


def recognised(name: str, data: bytes) -> Format:
    """The accepted format that both the extension and the content say.

    Raises: InvalidInput, by what the content is where it is worse than a mismatch.
    """
    extension, head = names.extension_of(name), data[:4096]
    what = formats.sniff(head)
    if what in _REFUSED:
        raise InvalidInput(_REFUSED[what], field="file", name=name)
    form = BY_EXTENSION.get(extension)
    if form is None:
        code = "evidence.archive" if extension in _NAMED_ARCHIVE else "evidence.format"
        raise InvalidInput(code, field="file", extension=extension.upper() or "无", allowed=formats.ALLOWED)
    expected = {Family.OFFICE: "zip", Family.TEXT: "text"}.get(form.family, form.key)
    if what != expected:
        found = formats.label_of(what, head)
        raise InvalidInput("evidence.mismatch", field="file", extension=extension.upper(), found=found)
    return form


def _scanned(path: Path) -> str:
    used = []
    for scanner in scanners():
        if found := scanner.find(path):
            raise InvalidInput("evidence.virus", field="file", found=found)
        used.append(scanner.name)
    return f"未发现病毒（{'、'.join(used)}）"


def _looked_through(path: Path, data: bytes, form: Format) -> bytes:
    """The bytes to keep."""
    if form.family is Family.OFFICE:
        offices.check(data, form.key)
        return data
    if zipfile.is_zipfile(path):
        raise InvalidInput("evidence.polyglot", field="file")
    if form.family is Family.IMAGE:
        return images.rewritten(data, form)
    if form.family is Family.PDF:
        pdfs.check(path, data)
    else:
        texts.check(data)
    return data
