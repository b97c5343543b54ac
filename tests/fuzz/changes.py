"""How a seed becomes a strange file: pieces cut, doubled, swapped for hostile ones, also inside an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from hypothesis import strategies as st

from tests.fuzz.targets import Target

HOSTILE = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\n" * 50,
    b'"',
    b"{" * 3000,
    b"[" * 3000,
    b"9" * 5000,
    b"1 " * 3000,
    b"1e999",
    b"-0.0",
    b"NaN",
    b"null",
    b"\\ud800",
    b"\r",
    b"<w:p>" * 300,
    b"&x;",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"../../a",
    "一".encode() * 3000,
    "王".encode() * 2000,
    "１３８".encode() * 500,
    b"@" * 3000,
    b"a." * 2000,
    b"2026-99-99",
)
Change = tuple[int, int, bytes]
_NEW = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(HOSTILE),
    st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 200), _NEW), max_size=6)


def changed(target: Target, changes: list[Change], *, inside: bool) -> bytes:
    """The seed with the changes made, in the part of the archive that is read where asked."""
    seed = target.seed()
    return _inside(seed, target.inner, changes) if inside and target.inner else _put(seed, changes)


def _put(content: bytes, changes: list[Change]) -> bytes:
    for at, length, new in changes:
        place = at % (len(content) + 1)
        content = content[:place] + new + content[place + length :]
    return content


def _inside(archive: bytes, name: str, changes: list[Change]) -> bytes:
    return _rewritten(archive, lambda member, content: _put(content, changes) if member == name else content)


def _rewritten(archive: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            new.writestr(member.filename, change(member.filename, old.read(member)))
    return out.getvalue()
