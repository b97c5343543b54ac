"""Evidence of the demo bank, made here from nothing: a Word note, a PDF statement, a screenshot.

Each is a real file that the evidence room looks through like any other.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FIRST_LINE, _LINE_STEP = 780, 24
_SCREEN = (360, 640)
_PAPER, _INK, _BAR, _RED = (250, 250, 248), (40, 44, 52), (24, 82, 140), (176, 42, 48)


def word_note(lines: Sequence[str]) -> bytes:
    """A .docx with one paragraph a line."""
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELS),
            ("word/document.xml", document),
        ):
            package.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def statement(lines: Sequence[str]) -> bytes:
    """A one-page .pdf; its Chinese is set in the reader's own song face, so that no font is carried."""
    shown = b"".join(
        b"1 0 0 1 60 %d Tm <%s> Tj\n"
        % (_FIRST_LINE - _LINE_STEP * number, line.encode("utf-16-be").hex().encode())
        for number, line in enumerate(lines)
    )
    page = b"BT /F1 12 Tf\n" + shown + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(page), page),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    )
    return _assembled(objects)


def _assembled(objects: Sequence[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def screenshot(rows: Sequence[tuple[str, str]]) -> bytes:
    """A .png like a phone's list of transactions: time on the left, sum on the right."""
    image = Image.new("RGB", _SCREEN, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SCREEN[0], 56), fill=_BAR)
    draw.text((16, 22), "DEMO BANK", fill=_PAPER)
    for number, (left, right) in enumerate(rows):
        top = 80 + number * 56
        draw.line((16, top + 48, _SCREEN[0] - 16, top + 48), fill=(220, 220, 216))
        draw.text((16, top + 16), left, fill=_INK)
        draw.text((_SCREEN[0] - 120, top + 16), right, fill=_RED if right.startswith("-") else _INK)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
