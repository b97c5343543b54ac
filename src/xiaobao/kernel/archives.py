"""Office files are zip archives of XML: what is looked at before anything is unpacked or parsed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

UNPACKED_BYTES = 256 * 1024 * 1024
MEMBERS = 5_000
RATIO = 200
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_OVERLAP = 32
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)


class UnsafeArchiveError(ValueError):
    """An archive that must not be opened; the Chinese message says why and what to do."""


def checked(path: Path) -> None:
    """Return when the archive may be opened: whole, of a bearable size, and no XML declares entities.

    Raises: UnsafeArchiveError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive.infolist())
            for member in archive.infolist():
                _read_through(archive, member)
    except (UnsafeArchiveError, FileNotFoundError, PermissionError, IsADirectoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError):
        # A torn directory sends the reader to places that are none: OSError, ValueError, struct.error.
        raise UnsafeArchiveError("文件已损坏、加密或不是 Office 文件，请用办公软件打开另存后再试") from None


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    if len(members) > MEMBERS or unpacked > UNPACKED_BYTES:
        raise UnsafeArchiveError(
            f"解压后将有 {unpacked // 1024 // 1024} MB、{len(members)} 个部件，疑为压缩炸弹，已拒绝"
        )
    for member in members:
        if member.file_size > _SMALL and member.file_size > RATIO * max(1, member.compress_size):
            raise UnsafeArchiveError(f"部件 {member.filename} 的压缩比异常，疑为压缩炸弹，已拒绝")


def _read_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Every byte once: checksums are proven, and entity declarations are refused."""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            window = tail + chunk
            if is_xml and any(word in window for word in _DECLARATIONS):
                raise UnsafeArchiveError(f"部件 {member.filename} 声明了 XML 实体，疑为实体炸弹，已拒绝")
            tail = window[-_OVERLAP:]
