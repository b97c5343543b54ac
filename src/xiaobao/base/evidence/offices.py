"""DOCX and XLSX: zip packages, measured before a byte is unpacked, then read part by part."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from xiaobao.base.evidence.limits import LIMITS
from xiaobao.base.evidence.scanning import look
from xiaobao.kernel.errors import InvalidInput

_MAIN = {
    "docx": ("word/document.xml", b"wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", b"spreadsheetml.sheet.main+xml"),
}
_MACRO = re.compile(r"vbaproject|vbadata|macrosheets|activex|oleobject|(^|/)embeddings/", re.IGNORECASE)
_NESTED = (
    b"PK\x03\x04",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"MZ",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)
_ACTIVE = re.compile(rb"\bDDE(AUTO)?\b|<(\w+:)?ddeLink\b|macroEnabled", re.IGNORECASE)
_OUTSIDE = re.compile(
    rb"<Relationship\b(?=[^>]*TargetMode\s*=\s*[\"']External)(?![^>]*Type\s*=\s*[\"'][^\"']*/hyperlink[\"'])[^>]*>",
    re.IGNORECASE,
)
_HEADER, _END, _SLACK = 30, 22, 8 * 1024


def check(data: bytes, key: str) -> None:
    """Raises: InvalidInput `evidence.torn`, `.bomb`, `.package`, `.macro`, `.nested`, `.virus`, `.mismatch`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _measure(parts)
            _lie_side_by_side(parts, package, data)
            for part in parts:
                _look_at(part.filename, package.read(part))
            _is_what_it_says(package, key)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        raise InvalidInput("evidence.torn", field="file", what="文档", detail=type(error).__name__) from None


def _measure(parts: list[zipfile.ZipInfo]) -> None:
    """Number, sizes and names as the directory gives them; reading later stops at what it gives."""
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    bloated = unpacked > LIMITS.ratio_from_bytes and unpacked > LIMITS.ratio * max(packed, 1)
    if len(parts) > LIMITS.parts or unpacked > LIMITS.unpacked_bytes or bloated:
        raise InvalidInput("evidence.bomb", field="file")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names) or not all(_is_plain(part) for part in parts):
        raise _odd("内部目录异常")


def _is_plain(part: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(part.filename)
    kind = stat.S_IFMT(part.external_attr >> 16)
    return (
        kind in (0, stat.S_IFREG, stat.S_IFDIR)
        and part.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        and not part.flag_bits & 0x1
        and not path.is_absolute()
        and ".." not in path.parts
        and "\\" not in part.filename
        and ":" not in part.filename
    )


def _lie_side_by_side(parts: list[zipfile.ZipInfo], package: zipfile.ZipFile, data: bytes) -> None:
    """No part overlaps another (bombs do), and nothing hides before, between or after them."""
    at = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        gap = part.header_offset - at
        if not 0 <= gap <= (_SLACK if at else 0):
            raise _odd("内部数据重叠或夹带其他数据")
        at = part.header_offset + _HEADER + len(part.filename.encode()) + part.compress_size
    start = package.start_dir
    if not 0 <= start - at <= _SLACK or data[-_END : -_END + 4] != b"PK\x05\x06":
        raise _odd("前后夹带其他数据")


def _look_at(name: str, content: bytes) -> None:
    if _MACRO.search(name):
        raise InvalidInput("evidence.macro", field="file")
    if content.startswith(_NESTED):
        raise InvalidInput("evidence.nested", field="file")
    if found := look(content):
        raise InvalidInput("evidence.virus", field="file", found=found)
    if name.endswith((".xml", ".rels")):
        _look_at_xml(name, content)


def _look_at_xml(name: str, content: bytes) -> None:
    if b"\x00" in content[:200]:
        # UTF-16: bring it to the form the patterns are written for.
        content = content.decode("utf-16", "replace").encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _odd("含有外部实体声明")
    if _ACTIVE.search(content):
        raise InvalidInput("evidence.macro", field="file")
    if name.endswith(".rels") and _OUTSIDE.search(content):
        raise InvalidInput("evidence.outside", field="file")


def _is_what_it_says(package: zipfile.ZipFile, key: str) -> None:
    main, content_type = _MAIN[key]
    names = set(package.namelist())
    if "[Content_Types].xml" not in names or main not in names:
        raise InvalidInput("evidence.mismatch", field="file", extension=key.upper(), found="压缩包")
    if content_type not in package.read("[Content_Types].xml"):
        raise InvalidInput("evidence.mismatch", field="file", extension=key.upper(), found="其他类型的文档")


def _odd(what: str) -> InvalidInput:
    return InvalidInput("evidence.package", field="file", what=what)
