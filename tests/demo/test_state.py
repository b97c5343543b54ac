"""The mark in the var folder, and that clearing away touches nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiaobao.demo import state


def test_a_folder_without_a_mark_has_no_demo_bank(tmp_path: Path) -> None:
    assert state.read(tmp_path) is None


def test_the_mark_comes_back_as_written(tmp_path: Path) -> None:
    mark = state.Mark("sqlite", 0.1, 2020)
    state.write(tmp_path, mark)
    assert state.read(tmp_path) == mark
    assert not mark.finished


def test_wipe_removes_the_demo_and_nothing_else(tmp_path: Path) -> None:
    for name in (*state.FILES, "secret_key", "mine.sqlite3"):
        (tmp_path / name).write_text("x")
    (tmp_path / "evidence/ab").mkdir(parents=True)
    (tmp_path / "backup").mkdir()
    state.wipe(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"secret_key", "mine.sqlite3", "backup"}


def test_wiping_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    state.wipe(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("", "sqlite"),
        ("postgresql://me:secret@db:5432/bank", "postgresql://db:5432/bank"),
        ("postgresql://me:p%40ss@db/bank", "postgresql://db/bank"),
        ("postgresql://db/bank", "postgresql://db/bank"),
    ],
)
def test_no_password_is_written_down(url: str, kept: str) -> None:
    assert state.without_password(url) == kept
