"""`xiaobao topics` as a person types it, and the shared acceptance cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engines.topics.test_learning import samples
from xiaobao.site.cli import main
from xiaobao.site.commands.topics import answer_case


def test_one_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "信用卡年费又扣了", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["primary"], answer["secondary"], answer["abstain"]) == ("银行卡", "年费争议", False)
    assert main(["topics", "我要投诉"]) == 0
    assert "请人工阅读" in capsys.readouterr().out


def test_train_then_ask_the_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ["text,label", *(f"{text},{label}" for text, label in samples(300))]
    (tmp_path / "closed.csv").write_text("\n".join(lines), "utf-8")
    model = str(tmp_path / "m.npz")
    assert main(["topics", "--train", str(tmp_path / "closed.csv"), "--out", model, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["classes"] == 3
    assert main(["topics", "房贷利率没降利息重定价", "--model", model, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["secondary"] == "利率争议"


def test_the_weekly_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "judged.csv"
    path.write_text("date,topic\n2026-03-02,收费\n2026-03-03,\n", "utf-8")
    assert main(["topics", "--drift", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["abstained"] == 0.5


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (["--train"], "words\n年费\n", "缺少列：text"),
        (["--drift"], "date,topic\n昨天,收费\n", "日期应为"),
        (["--cases"], '{"input": "x"}', "案例第 1 行"),
        (["--model"], "nothing", "不是本程序的模型文件"),
    ],
)
def test_bad_files_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], content: str, said: str
) -> None:
    path = tmp_path / "bad"
    path.write_text(content, "utf-8")
    extra = ["--out", str(tmp_path / "m")] if arguments == ["--train"] else []
    assert main(["topics", *arguments, str(path), *extra]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.real
def test_the_acceptance_cases(shared: Path) -> None:
    for line in (shared / "data/textcases/classify.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        answer = answer_case(case)
        assert {name: answer[name] for name in case["expect"]} == case["expect"], case["id"]
        assert set(case.get("flags", [])) <= set(answer["flags"]), case["id"]
