"""Files for the evidence room's tests: good ones and hostile ones, all made in memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
EXECUTABLE = b"MZ\x90\x00" + bytes(56) + b"\x80\0\0\0" + bytes(64) + b"PE\0\0" + bytes(400)
WORD_TYPES = (
    b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    b'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
SHEET_TYPES = WORD_TYPES.replace(b"wordprocessingml.document", b"spreadsheetml.sheet")


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """An image of a few colours."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def picture_with_place() -> bytes:
    """A JPEG lying on its side, that tells where it was taken and holds a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Phone of Wang"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif, comment=b"secret remark")


def flood(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of few bytes that announces billions of pixels."""
    head = struct.pack("!IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0"))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))


def pdf(**extra: Any) -> bytes:
    """A PDF of one page; `extra` goes into its root (`OpenAction=...`)."""
    made = pikepdf.new()
    made.add_blank_page()
    for key, value in extra.items():
        made.Root[f"/{key}"] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def action(kind: str, **more: Any) -> pikepdf.Dictionary:
    """An action of a PDF: `action("JavaScript", JS="...")`."""
    return pikepdf.Dictionary(
        {"/S": pikepdf.Name(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}}
    )


def acting_trailer() -> bytes:
    """A PDF whose trailer, which is no object of its own, holds an action."""
    made = pikepdf.new()
    made.add_blank_page()
    made.trailer["/Extra"] = action("Launch", F="calc.exe")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def pdf_with_attachment() -> bytes:
    """A PDF that carries another file."""
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["a.exe"] = EXECUTABLE
    out = io.BytesIO()
    made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked_pdf() -> bytes:
    """A PDF behind a password."""
    made = pikepdf.new()
    made.add_blank_page()
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


def package(parts: Mapping[str, bytes] | None = None, *, types: bytes = WORD_TYPES, **options: Any) -> bytes:
    """A small DOCX with more `parts` in it."""
    main = "xl/workbook.xml" if types is SHEET_TYPES else "word/document.xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", options.pop("compression", zipfile.ZIP_DEFLATED)) as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr(main, b"<document>text</document>")
        for name, content in (parts or {}).items():
            file.writestr(name, content)
    return out.getvalue()


def package_with_link() -> bytes:
    """A DOCX one part of which is a symbolic link."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", WORD_TYPES)
        file.writestr("word/document.xml", b"<document/>")
        link = zipfile.ZipInfo("word/link.xml")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        file.writestr(link, b"/etc/passwd")
    return out.getvalue()


def overlapping() -> bytes:
    """A DOCX whose directory names the same bytes twice under two names."""
    plain = package({"word/a.xml": b"<a/>" * 200})
    end = plain.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", plain[end + 16 : end + 20])[0]
    entry = plain[plain.rindex(b"PK\x01\x02") : end]
    twin = entry.replace(b"word/a.xml", b"word/b.xml")
    counts = struct.unpack("<HH", plain[end + 8 : end + 12])
    tail = struct.pack("<HHII", counts[0] + 1, counts[1] + 1, end - start + len(twin), start)
    return plain[:end] + twin + plain[end : end + 8] + tail + b"\0\0"


def bomb() -> bytes:
    """A DOCX of some kilobytes that unpacks to 60 MB."""
    return package({"word/media/a.xml": bytes(60 * 1024 * 1024)})


def many_parts() -> bytes:
    """A DOCX of thousands of parts."""
    return package({f"word/{i}.xml": b"<a/>" for i in range(2_500)})
