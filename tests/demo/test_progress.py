"""The line on stderr while the bank is built."""

from __future__ import annotations

import pytest

from xiaobao.demo.progress import Progress
from xiaobao.kernel import ports


def test_a_bar_grows_to_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    part = Progress(alive=True).step("投诉", 4)
    for _ in range(4):
        part()
    shown = capsys.readouterr()
    assert "25%" in shown.err
    assert "100%" in shown.err
    assert not shown.out


def test_more_parts_than_told_stay_at_a_hundred(capsys: pytest.CaptureFixture[str]) -> None:
    part = Progress(alive=True).step("投诉", 1)
    part()
    part()
    assert "200%" not in capsys.readouterr().err


def test_a_pipe_gets_one_line_a_step(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(alive=False)
    part = progress.step("投诉", 3)
    for _ in range(3):
        part()
    progress.done("投诉：3 笔")
    assert capsys.readouterr().err.count("\n") == 1


def test_a_pipe_hears_something_every_few_seconds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = iter(range(1000))
    monkeypatch.setattr(ports, "stopwatch", lambda: float(next(seconds)))
    part = Progress(alive=False).step("投诉", 20)
    for _ in range(20):
        part()
    told = capsys.readouterr().err.splitlines()
    assert 3 <= len(told) < 20
    assert told[0].strip().startswith("投诉 ")
