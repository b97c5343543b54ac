"""Archives that must not be opened are told before anything is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from xiaobao.kernel import archives
from xiaobao.kernel.archives import UnsafeArchiveError, checked


def archive(path: Path, name: str = "a.xml", content: str = "<a/>") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(name, content)
    return path


def test_a_whole_archive_may_be_opened(tmp_path: Path) -> None:
    checked(archive(tmp_path / "a.docx"))


@pytest.mark.parametrize("content", ["<!DOCTYPE a>", "<a/><!ENTITY b 'c'>"])
def test_entities_are_refused_in_xml_and_not_elsewhere(tmp_path: Path, content: str) -> None:
    checked(archive(tmp_path / "b.docx", "a.txt", content))
    with pytest.raises(UnsafeArchiveError, match="实体"):
        checked(archive(tmp_path / "a.docx", "a.xml", content))


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    with pytest.raises(UnsafeArchiveError, match="压缩比"):
        checked(archive(tmp_path / "a.docx", "a.bin", "0" * 3_000_000))


@pytest.mark.parametrize(("limit", "value"), [("UNPACKED_BYTES", 3), ("MEMBERS", 0)])
def test_an_archive_that_grows_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(archives, limit, value)
    with pytest.raises(UnsafeArchiveError, match="压缩炸弹"):
        checked(archive(tmp_path / "a.docx"))


def test_a_directory_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.docx")
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x05\x06")
    content[at + 16 : at + 20] = b"\xff\xff\xff\xff"
    path.write_bytes(bytes(content))
    with pytest.raises(UnsafeArchiveError, match="已损坏"):
        checked(path)


def test_a_missing_file_is_not_called_broken(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        checked(tmp_path / "none.docx")
