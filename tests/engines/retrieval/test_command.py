"""`xiaobao retrieval` as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiaobao.site.cli import main

CORPUS = (
    '{"id": "q", "text": "短信须写明退订办法", "until": "2020-12-31"}\n\n{"id": "r", "text": "利率须年化"}\n'
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text(CORPUS, "utf-8")
    return path


def test_a_question_over_a_corpus(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval", "退订", "--corpus", str(corpus), "--json"]) == 0
    assert [hit["id"] for hit in json.loads(capsys.readouterr().out)] == ["q"]
    assert main(["retrieval", "退订", "--corpus", str(corpus), "--on", "2021-01-01"]) == 0
    assert capsys.readouterr().out == "没有相近的\n"


def test_cases_are_answered_one_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = tmp_path / "cases.jsonl"
    case = {"id": "c1", "corpus": [{"id": "r", "text": "利率须年化"}], "query": "年化利率"}
    cases.write_text(json.dumps(case, ensure_ascii=False) + "\n", "utf-8")
    assert main(["retrieval", "--cases", str(cases), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["top"] == ["r"]


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        ('{"text": 1}', ["退订", "--corpus"], "语料第 1 行"),
        ("not json", ["--cases"], "案例第 1 行"),
        ('{"id": "c"}', ["--cases"], "案例第 1 行"),
    ],
)
def test_a_bad_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, arguments: list[str], said: str
) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, "utf-8")
    assert main(["retrieval", *arguments, str(path)]) == 2
    assert said in capsys.readouterr().err


def test_nothing_asked_and_no_file_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retrieval"]) == 2
    assert main(["retrieval", "--cases", "/nowhere.jsonl"]) == 1
    assert "找不到" in capsys.readouterr().err
