"""`xiaobao law impact`: the three layers, two books, wrong questions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.impact import change
from tests.law import library
from xiaobao.site.cli import main

pytestmark = pytest.mark.django_db


def ask(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert main(["law", "impact", *words, "--json"]) == code
    said = capsys.readouterr()
    return json.loads(said.out) if code == 0 else said.err


def test_two_versions_of_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library.take(change.write(tmp_path))
    told = ask(capsys, "L11@2007-01-01", "L11@2025-01-01")
    assert (told["text"]["amended"], told["text"]["moved"]) == (1, 1)
    assert [one["key"] for one in told["leaning"] if one["kind"] == "rule"] == ["PI-016"]
    assert told["behaviour"]["different"] == len(told["behaviour"]["decisions"]) > 0
    assert ask(capsys, "L11@2007-01-01", "L11@2025-01-01", "--open")["opened"] > 0


def test_two_days_of_the_book(capsys: pytest.CaptureFixture[str]) -> None:
    told = ask(capsys, "2025-12-31", "2026-01-01")
    assert (told["rules"], told["alike"], told["behaviour"]["different"]) == (["PI-017"], ["PI-017"], 0)
    assert "MKT-013" in ask(capsys, "2026-09-29", "2026-09-30")["rules"]


def test_the_lines_are_chinese_and_count_the_tests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library.take(change.write(tmp_path))
    capsys.readouterr()
    assert main(["law", "impact", "L11@2007-01-01", "L11@2025-01-01"]) == 0
    said = capsys.readouterr().out
    assert "修改 1 条" in said.splitlines()[0]
    assert not re.search(r"amended|moved|same|gone|test_", said)
    assert re.search(r"依据：测试 \d+ 项（PI-016）", said)


def test_now_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("- {rule: CMP-003, since: 2020-06-01, set: {length: 10}}\n", "utf-8")
    assert "规则库现有的全部版本" in ask(capsys, "now", str(draft))["now"]
    assert main(["law", "impact", "now", str(draft)]) == 0
    assert capsys.readouterr().out.startswith("now：规则库现有的全部版本")


def test_a_proposal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("- {rule: CMP-003, since: 2020-06-01, set: {length: 10}}\n", "utf-8")
    told = ask(capsys, "now", str(draft))
    assert told["rules"] == ["CMP-003"]
    assert (
        told["behaviour"]["decisions"][0]["new"]["value"] < told["behaviour"]["decisions"][0]["old"]["value"]
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("L11@2007-01-01", "L04@2026-01-01"), "同一部法规"),
        (("L11@2007-01-01", "now"), "同一部法规"),
        (("2026-02-30", "now"), "不是日期"),
        (("now", "nowhere.yaml"), "没有文件"),
        (("now", "2026-01-01", "--open"), "--open 只用于"),
        (("2026-01-01", "2025-12-31"), "新旧写反了：应先写旧的，再写新的，即 2025-12-31 2026-01-01"),
        (("draft.yaml", "now"), "新旧写反了"),
    ],
)
def test_wrong_questions_are_refused_in_words(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in ask(capsys, *words, code=2)


def test_a_broken_proposal_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text("- {rule: CMP-003", "utf-8")
    assert "不是有效的 YAML" in ask(capsys, "now", str(draft), code=2)
