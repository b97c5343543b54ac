"""Large files by columns: the same findings at the same places, in bounded blocks; hostile ones refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.engines.pii import Span
from xiaobao.engines.pii.files import UnreadableFileError, scan_file, scan_numbers, scan_numbers_stream, text

MOBILE, CARD, IDENTITY = "13800001234", "6225880137654324", "330106198507123410"
_ROWS = st.sampled_from(
    [MOBILE, f"卡{CARD}", IDENTITY, "文字", "", "330106198507\n123410", "密码：", "３３０１"]
)


def places(found: object) -> list[tuple[int, str]]:
    return [(piece.offset + span.start, span.text) for piece, span in found]  # type: ignore[attr-defined]


@given(st.lists(_ROWS, max_size=40), st.integers(1, 60), st.sampled_from(["utf-8", "gb18030", "utf-8-sig"]))
def test_large_blocks_are_the_text_and_part_no_number(rows: list[str], size: int, encoding: str) -> None:
    whole = "文\n" + "\n".join(rows)
    blocks = [*text.large_blocks(io.BytesIO(whole.encode(encoding)), size)]
    assert "".join(blocks) == whole
    assert not any(block.endswith(("330106198507\n", "密码：\n")) for block in blocks[:-1])


@pytest.mark.parametrize("size", [40, 2 * 1024 * 1024])
def test_numbers_alone_are_those_of_the_whole_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = tmp_path / "in.log"
    path.write_text("".join(f"第{n}笔 卡{CARD}，a@b.cn\n{MOBILE}\n330106198507\n123410\n" for n in range(50)))
    monkeypatch.setattr(text.large_blocks, "__defaults__", (size,))
    wanted = [place for place in places(scan_file(path)) if "@" not in place[1]]
    assert places(scan_numbers(path)) == wanted
    assert len(wanted) == 150


def test_a_table_keeps_its_columns_names(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"姓名,订单号,手机\n王小明,{CARD},{MOBILE}\n")
    found: list[Span] = [span for _, span in scan_numbers(path)]
    assert [(span.kind.value, span.text) for span in found] == [("MOBILE", MOBILE)]


def test_a_line_of_eleven_megabytes_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match="10 MB"):
        list(scan_numbers_stream(io.BytesIO(b"1" * 11 * 1024 * 1024)))
    with pytest.raises(UnreadableFileError, match="10 MB"):
        list(scan_numbers_stream(io.BytesIO(b"a\n" + b"1" * 13 * 1024 * 1024)))


def test_the_line_with_foreign_bytes_is_named() -> None:
    with pytest.raises(UnreadableFileError, match="第 3 行不是 utf-8"):
        list(scan_numbers_stream(io.BytesIO("文\n字\n".encode() + b"\xff\n")))


@pytest.mark.parametrize("read", [lambda s: list(text.lines(s)), lambda s: list(text.large_blocks(s))])
def test_half_a_letter_at_the_end_is_never_lost_silently(read: object) -> None:
    with pytest.raises(UnreadableFileError):
        read(io.BytesIO("文\n字".encode()[:-1]))  # type: ignore[operator]
