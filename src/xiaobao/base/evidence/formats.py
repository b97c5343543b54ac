"""What a file is, told from its bytes; what it may be, told by a short list."""

from __future__ import annotations

from dataclasses import dataclass

import puremagic

from xiaobao.kernel.terms import Term


class Family(Term):
    """How a format is looked through."""

    IMAGE = "image", "图片"
    PDF = "pdf", "PDF 文档"
    OFFICE = "office", "Office 文档"
    TEXT = "text", "文本"


@dataclass(frozen=True, slots=True)
class Format:
    """An accepted format; `stored_as` is what an image is written as after re-encoding."""

    key: str
    family: Family
    media_type: str
    extensions: tuple[str, ...]
    stored_as: str = ""


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (
    Format("jpeg", Family.IMAGE, "image/jpeg", ("jpg", "jpeg"), "jpg"),
    Format("png", Family.IMAGE, "image/png", ("png",), "png"),
    Format("webp", Family.IMAGE, "image/webp", ("webp",), "webp"),
    Format("gif", Family.IMAGE, "image/png", ("gif",), "png"),
    Format("bmp", Family.IMAGE, "image/png", ("bmp",), "png"),
    Format("pdf", Family.PDF, "application/pdf", ("pdf",)),
    Format("docx", Family.OFFICE, _WORD, ("docx",)),
    Format("xlsx", Family.OFFICE, _SHEET, ("xlsx",)),
    Format("txt", Family.TEXT, "text/plain", ("txt",)),
)
BY_EXTENSION = {extension: one for one in FORMATS for extension in one.extensions}
ALLOWED = "JPG、PNG、WEBP、GIF、BMP 图片，PDF，DOCX、XLSX，TXT"

EXECUTABLE, ARCHIVE, SCRIPT, OLD_OFFICE = "executable", "archive", "script", "old_office"
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", ARCHIVE),
    (b"PK\x07\x08", ARCHIVE),
    (b"MZ", EXECUTABLE),
    (b"\x7fELF", EXECUTABLE),
    (b"\xca\xfe\xba\xbe", EXECUTABLE),
    (b"\xfe\xed\xfa", EXECUTABLE),
    (b"\xcf\xfa\xed\xfe", EXECUTABLE),
    (b"\xce\xfa\xed\xfe", EXECUTABLE),
    (b"dex\n", EXECUTABLE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"\x28\xb5\x2f\xfd", ARCHIVE),
    (b"MSCF", ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
)
_SCRIPTS = (b"#!", b"<!doctype", b"<html", b"<script", b"<?php", b"<svg", b"<?xml", b"@echo off", b"{\\rtf")


def sniff(head: bytes) -> str:
    """What the first bytes say: a format's key, `zip`, one of the refused families, or `text`, or ''.

    >>> sniff(b"MZ" + bytes(60)), sniff("投诉经过".encode())
    ('executable', 'text')
    """
    for start, what in _STARTS:
        if head.startswith(start):
            return what
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return "bmp"
    return _text_or_nothing(head)


def _text_or_nothing(head: bytes) -> str:
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith(_SCRIPTS):
        return SCRIPT
    return "" if set(head) & _BINARY else "text"


# Control bytes that no text has; tab, line feed, form feed and carriage return may occur.
_BINARY = frozenset(range(32)) - {9, 10, 12, 13}

_LABELS = {
    EXECUTABLE: "可执行程序",
    ARCHIVE: "压缩包",
    SCRIPT: "网页或脚本",
    OLD_OFFICE: "旧版 Office 文档",
    "zip": "压缩包或 Office 文档",
    "text": "文本",
}


def label_of(what: str, head: bytes) -> str:
    """What the content is, as people call it; for a refusal's sentence.

    >>> label_of("executable", b"MZ")
    '可执行程序'
    """
    if what in _LABELS:
        return _LABELS[what]
    if what:
        return what.upper()
    try:
        guess = puremagic.from_string(head).lstrip(".").upper()
    except (puremagic.PureError, ValueError):
        guess = ""
    return guess or "无法识别的内容"
