"""The command: answers, exit codes, refusals in Chinese, and what it never loads."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaobao.site.cli import main

CASE = {"id": "r-1", "material_type": "海报", "channel": "微信", "input": "零风险，保本保收益！"}


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["scan", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_file_that_is_blocked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("保本理财，产品有风险")
    code, out, _ = ran(capsys, str(path), "--material", "海报", "--channel", "微信")
    assert code == 1
    assert "[阻断] 监管要求/保本承诺 “保本”" in out
    assert "广告法第二十五条第一款第（一）项" in out


def test_a_file_that_may_go_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("便民服务：零钱兑换")
    code, out, _ = ran(capsys, str(path), "--json", "--material", "海报")
    assert code == 0
    assert json.loads(out)["findings"] == []


def test_standard_input_fields_and_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("基金上新，有风险".encode())))
    html, docx = tmp_path / "a.html", tmp_path / "a.docx"
    told = (
        "-",
        "--material",
        "海报",
        "--field",
        "endorser=专业人士",
        "--html",
        str(html),
        "--docx",
        str(docx),
    )
    code, out, _ = ran(capsys, *told)
    assert code == 1
    assert "推荐证明" in out
    assert html.stat().st_size
    assert docx.stat().st_size


def test_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(json.dumps(CASE, ensure_ascii=False) + "\n\n")
    code, out, _ = ran(capsys, "--cases", str(path), "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["id"] == "r-1"
    assert set(answer["findings"][0]) == {"angle", "topic", "span", "severity", "rule", "article"}
    assert {"零风险", "保本保收益"} <= {finding["span"] for finding in answer["findings"]}
    assert "绝对化用语" in answer["clear"]


def test_topics_and_rules(capsys: pytest.CaptureFixture[str]) -> None:
    _, topics, _ = ran(capsys, "--topics", "--json")
    _, rules, _ = ran(capsys, "--rules", "--json")
    named = {name for line in topics.splitlines() for name in json.loads(line)["rules"]}
    assert named == {json.loads(line)["rule"] for line in rules.splitlines()}
    assert "保本承诺" in ran(capsys, "--topics")[1]
    assert "RET-001" in ran(capsys, "--rules")[1]


def test_an_overlay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, overlay = tmp_path / "a.txt", tmp_path / "o.yaml"
    path.write_text("稳赚基金，有风险")
    overlay.write_text("change: [{rule: RET-002, severity: 阻断}]")
    assert ran(capsys, str(path), "--material", "海报")[0] == 0
    assert ran(capsys, str(path), "--material", "海报", "--overlay", str(overlay))[0] == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ([], 2, "请给出一个文件"),
        (["in.txt", "--cases", "in.txt"], 2, "请给出一个文件"),
        (["nowhere.txt"], 1, "找不到文件"),
        ([".", "--material", "海报"], 1, "不认识的文件类型"),
        (["in.exe"], 1, "不认识的文件类型"),
        (["in.txt", "--on", "昨天"], 2, "不是日期"),
        (["in.txt", "--field", "x"], 2, "名称=值"),
        (["--cases", "in.txt"], 2, "案例第 1 行"),
        (["--cases", "nowhere.jsonl"], 1, "找不到或不能读文件"),
        (["in.txt", "--overlay", "in.exe"], 2, "补充规则"),
    ],
)
def test_refusals(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.txt").write_text("文本")
    Path("in.exe").write_text("[]")
    got, _, err = ran(capsys, *words)
    assert (got, says in err) == (code, True), err


def test_starts_without_django_or_heavy_packages() -> None:
    heavy = "{'django', 'lxml', 'pypdfium2', 'yaml', 'numpy', 'PIL', 'hypothesis'}"
    code = f"import sys; from xiaobao.site.commands import scan; print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
