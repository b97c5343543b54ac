"""What a file is, told by its first bytes. No database."""

from __future__ import annotations

import pytest

from tests.factories import files
from xiaobao.base.evidence.formats import ALLOWED, FORMATS, label_of, sniff


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (files.picture(), "jpeg"),
        (files.picture("PNG"), "png"),
        (files.picture("GIF"), "gif"),
        (files.picture("WEBP"), "webp"),
        (files.picture("BMP"), "bmp"),
        (files.pdf(), "pdf"),
        (files.package(), "zip"),
        (files.EXECUTABLE, "executable"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x34", "executable"),
        (b"PK\x05\x06" + bytes(18), "archive"),
        (b"  \n<HTML>", "script"),
        (b"@ECHO OFF\r\n", "script"),
        ("客户来电".encode(), "text"),
        ("客户来电".encode("gb18030"), "text"),
        (b"BM is how this note begins", "text"),
        (b"RIFF\x00\x00\x00\x00WAVE", ""),
        (bytes(100), ""),
        (b"ftypheic\x00\x00", ""),
    ],
)
def test_sniff(head: bytes, what: str) -> None:
    assert sniff(head[:4096]) == what


def test_content_is_called_by_a_name() -> None:
    assert label_of("", b"RIFF\x24\x00\x00\x00WAVEfmt ") == "WAV"
    assert label_of("", bytes(3)) == "无法识别的内容"
    assert label_of("png", b"") == "PNG"


def test_every_accepted_extension_is_named_to_people() -> None:
    named = ALLOWED.replace("JPG", "JPG JPEG")
    assert [ext for form in FORMATS for ext in form.extensions if ext.upper() not in named] == []
