"""`xiaobao law …` on a folder of texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.groups import SHARED
from xiaobao.site import cli

TEXT = "# 测试办法\n\n第一条 甲。\n\n第二条 有下列情形：\n（一）乙；\n（二）丙。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "N00_测试办法.md").write_text(TEXT, "utf-8")
    return tmp_path


def test_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["law", "count", "--folder", str(folder), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["file"], found["articles"], found["paragraphs"], found["items"]) == (
        "N00_测试办法.md",
        2,
        2,
        2,
    )


def test_a_missing_article_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "N00_测试办法.md").write_text(TEXT.replace("第二条", "第三条"), "utf-8")
    assert cli.main(["law", "count", "--folder", str(folder)]) == 1
    assert "第2条缺" in capsys.readouterr().err


def test_shows_a_place(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["law", "show", "N00:2.1.2", "--folder", str(folder)]) == 0
    assert capsys.readouterr().out == "投诉办法第二条第一款第（二）项\n丙。\n"


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [("N00:9", 1, "没有投诉办法第九条"), ("P01:1", 1, "尚无原文"), ("第十八条", 2, "不是出处")],
)
def test_refuses_in_one_sentence(
    folder: Path, line: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["law", "show", line, "--folder", str(folder)]) == code
    assert said in capsys.readouterr().err


def test_a_folder_must_be_given(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("XIAOBAO_LAW", raising=False)
    assert cli.main(["law", "count"]) == 2
    assert "XIAOBAO_LAW" in capsys.readouterr().err


@pytest.mark.real
def test_reads_the_real_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["law", "show", "N00:18.1", "--folder", str(SHARED / "data/regulations"), "--json"]) == 0
    assert "15日内作出处理决定" in json.loads(capsys.readouterr().out)["text"]
