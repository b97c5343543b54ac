"""`xiaobao neardup` as a person types it, and the shared acceptance cases."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiaobao.site.cli import main
from xiaobao.site.commands.neardup import answer_case

LINES: list[dict[str, object]] = [
    {
        "id": f"t{n}",
        "t": f"2026-03-0{n + 1}T09:00:00",
        "customer": f"C{n}",
        "text": "丰盈三号到期没兑付",
        "branch": "东城",
    }
    for n in range(5)
]


def written(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(path)


def test_a_file_of_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "events.jsonl", LINES)
    assert main(["neardup", path, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["clusters"][0]["keys"] == ["t0", "t1", "t2", "t3", "t4"]
    assert answer["alerts"][0]["persons"] == 5
    assert main(["neardup", path, "--min-customers", "6"]) == 0
    assert capsys.readouterr().out.endswith("共 1 组，0 条预警\n")


@pytest.mark.parametrize(
    ("rows", "said"), [([{"id": "x"}], "第 1 行"), ([LINES[0], {**LINES[1], "t": "昨天"}], "第 2 行")]
)
def test_a_bad_line_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[dict[str, object]], said: str
) -> None:
    assert main(["neardup", written(tmp_path / "bad.jsonl", rows)]) == 2
    assert said in capsys.readouterr().err


def test_bad_thresholds_and_no_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path / "events.jsonl", LINES)
    assert main(["neardup", path, "--window-days", "0"]) == 2
    assert "window_days" in capsys.readouterr().err
    assert main(["neardup"]) == 2


@pytest.mark.real
def test_the_acceptance_cases(shared: Path) -> None:
    for line in (shared / "data/textcases/mass.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        answer = answer_case(case)
        wanted = sorted(map(sorted, case["expect"]["clusters"]))
        assert (sorted(answer["clusters"]), answer["alert"]) == (wanted, case["expect"]["alert"]), case["id"]
