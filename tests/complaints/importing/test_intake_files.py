"""Files on disk: whole, in a known encoding, or refused with a way out before anything is written."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from xiaobao.duties.complaints.domain.intake_formats import LINE_TOO_LONG
from xiaobao.duties.complaints.services.intake_files import lines_of, look_through
from xiaobao.kernel.errors import InvalidInput

TEXT = "留言编号,留言详情\n1,投诉事项：㐀𠀀\n"


def file(folder: Path, body: bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030")]
)
@pytest.mark.parametrize("packed", [False, True])
def test_both_encodings_are_read_plain_or_packed(
    tmp_path: Path, encoding: str, found: str, packed: bool
) -> None:
    body = TEXT.encode(encoding)
    looked = look_through(file(tmp_path, gzip.compress(body) if packed else body))
    assert (looked.encoding, looked.compressed) == (found, packed)
    assert [line for _, line in lines_of(looked)] == TEXT.splitlines(keepends=True)


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (b"", "empty", "空文件"),
        (TEXT.encode("utf-16"), "kind", "UTF-16"),
        (TEXT.encode("utf-16-le"), "encoding", "既不是 UTF-8 也不是 GB18030"),
        (b"a,b\n1,\xff\xff\n", "encoding", "第2行起"),
        (b"PK\x03\x04rest", "kind", "xlsx 或 zip"),
        (b"%PDF-1.7", "kind", "PDF"),
        (gzip.compress(TEXT.encode(), mtime=0)[:-9], "torn", "没有写入任何内容"),
        (gzip.compress(TEXT.encode() * 900, mtime=0)[:60] + b"xx", "torn", "重新下载或导出"),
        (b"\x1f\x8b\x08\x00 no gzip at all", "torn", "不完整或已损坏"),
    ],
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, body: bytes, code: str, words: str) -> None:
    if code == "encoding" and words.startswith("既"):
        body = b"\xff" + body
    with pytest.raises(InvalidInput) as caught:
        look_through(file(tmp_path, body))
    assert caught.value.code == f"intake.file.{code}"
    assert words in caught.value.say


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, words in (
        (tmp_path / "absent.csv", "没有文件"),
        (tmp_path, "是文件夹"),
        (tmp_path / "pipe", "不是普通文件"),
    ):
        with pytest.raises(InvalidInput, match=words):
            look_through(path)


def test_the_bad_line_is_named_far_into_a_file(tmp_path: Path) -> None:
    body = "1,投诉\n".encode() * 200_000 + b"\xff\xff\n"
    with pytest.raises(InvalidInput, match="第200001行起"):
        look_through(file(tmp_path, body))


def test_a_line_over_a_megabyte_is_not_held(tmp_path: Path) -> None:
    body = b"a,b\n" + b"x" * 3_000_000 + b"\n1,2\n"
    looked = look_through(file(tmp_path, body))
    assert list(lines_of(looked)) == [(1, "a,b\n"), (2, LINE_TOO_LONG), (3, "1,2\n")]


def test_progress_runs_from_low_to_one(tmp_path: Path) -> None:
    looked = look_through(file(tmp_path, b"1,2\n" * 100_000))
    heard: list[float] = []
    for _ in lines_of(looked, heard.append):
        pass
    assert heard == sorted(heard)
    assert 0 < heard[0] < heard[-1] == 1.0
