"""`xiaobao pii` on the command line: answers, refusals, exit codes."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from xiaobao.site.cli import main

TEXT = "客户王小明身份证330106198507123410"


def test_scan_answers_one_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.txt"
    path.write_text(TEXT)
    assert main(["pii", "scan", str(path), "--json"]) == 0
    name, number = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(name) == ["start", "end", "type", "class", "confidence", "text", "why"]
    assert (number["type"], number["class"], number["confidence"], number["start"]) == ("ID", "C2", "high", 8)


def test_scan_reads_stdin_and_shows_eyes_no_value(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert main(["pii", "scan", "-"]) == 0
    shown = capsys.readouterr().out
    assert "330106198507123410" not in shown
    assert "共 2 处" in shown


def test_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"id": "a", "input": "李女士"}) + "\n")
    assert main(["pii", "scan", "--cases", str(path), "--json"]) == 0
    span = {"type": "NAME", "text": "李女士", "start": 0, "end": 3, "confidence": "high"}
    assert json.loads(capsys.readouterr().out) == {"id": "a", "spans": [span]}


def test_mask_writes_copy_and_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target, report = (tmp_path / name for name in ("in.txt", "out.txt", "r.json"))
    policy = tmp_path / "p.json"
    source.write_text(TEXT)
    policy.write_text('{"rows":[{"of":"NAME","role":"officer","action":"keep"}]}')
    given = [str(source), str(target), "--policy", str(policy), "--role", "officer", "--report", str(report)]
    assert main(["pii", "mask", *given]) == 0
    assert target.read_text() == "客户王小明身份证3****************0"
    assert json.loads(report.read_text())["total"] == 2
    assert "2 处" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["scan"], 2, "请给出一个文件"),
        (["scan", "nowhere.txt"], 1, "找不到文件"),
        (["mask", "bad.csv", "out.csv"], 1, "引号未闭合"),
        (["mask", "in.txt", "in.txt"], 1, "不能覆盖原文件"),
        (["mask", "in.txt", "o.txt", "--policy", "in.txt"], 2, "策略文件不是 JSON"),
        (["mask", "in.txt", "o.txt", "--policy", "p.json"], 2, "缺少 rows"),
        (["scan", "--cases", "in.txt"], 2, "案例第 1 行"),
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
    Path("in.txt").write_text(TEXT)
    Path("bad.csv").write_text('a,"b\n')
    Path("p.json").write_text("{}")
    assert main(["pii", *words]) == code
    assert says in capsys.readouterr().err


def test_starts_without_django_or_office_packages() -> None:
    heavy = "{'django', 'openpyxl', 'lxml', 'pypdfium2', 'cryptography'}"
    code = f"import sys; from xiaobao.site.commands import pii; print({heavy} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_numbers_alone_are_asked_for_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "in.txt"
    path.write_text(TEXT)
    assert main(["pii", "scan", str(path), "--numbers", "--json"]) == 0
    assert [json.loads(line)["type"] for line in capsys.readouterr().out.splitlines()] == ["ID"]


@pytest.mark.parametrize("line", [b"[" * 3000, b"\xae\n", b'{"id": 1}\n'])
def test_cases_that_cannot_be_read_are_refused(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(line)
    assert main(["pii", "scan", "--cases", str(path), "--json"]) in {1, 2}
