"""`xiaobao fraud …` on small files: what comes out, what is refused and how."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import FEATURES, RULES, pay
from tests.engines.fraud.cards import payments, written
from xiaobao.engines.fraud.documents import document_of
from xiaobao.engines.fraud.events import encode
from xiaobao.site.cli import main

SPLIT = ("--train", "2026-01-05:2026-01-12", "--test", "2026-01-16:2026-01-20", "--delay-days", "2")
BIG = {
    "id": "B1",
    "when": [{"field": "amount_fen", "operator": ">", "constant": 20_000}],
    "reason": "big",
    "say": "请核实",
    "owner": "风险部",
    "outcome": "hold",
}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("cards") / "cards.csv", payments(3_000))


def told(capsys: pytest.CaptureFixture[str], *words: str | Path, code: int = 0) -> Any:
    assert main(["fraud", *map(str, words)]) == code
    return json.loads(capsys.readouterr().out)


def test_features_in_the_books_columns(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "f.csv"
    assert told(capsys, "features", file, "--out", out, "--json")["events"] == 3_000
    with out.open() as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 3_000
    assert list(rows[0])[6:9] == ["TX_DURING_WEEKEND", "TX_DURING_NIGHT", "CUSTOMER_ID_NB_TX_1DAY_WINDOW"]
    assert rows[0]["CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW"] == rows[0]["TX_AMOUNT"]
    assert {float(row["TERMINAL_ID_NB_TX_30DAY_WINDOW"]) for row in rows[:100]} == {0}


def test_evaluate_train_and_replay_with_the_model(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = told(capsys, "evaluate", *SPLIT, "--events", file, "--json")
    assert {"ours", "logistic_regression", "random_forest", "train", "test"} <= set(report)
    assert all(0.5 < report[name]["auc"] <= 1 for name in ("ours", "logistic_regression", "random_forest"))
    model = tmp_path / "m.onnx"
    assert main(["fraud", "train", *SPLIT, "--events", str(file), "--out", str(model)]) == 0
    scored = BIG | {"when": [{"field": "score", "operator": ">", "constant": 0.3}], "id": "S1"}
    rules = tmp_path / "r.json"
    rules.write_text(json.dumps({"rules": [BIG, scored]}))
    capsys.readouterr()
    decisions = tmp_path / "d.csv"
    options = ("--rules", rules, "--model", model, "--delay-days", "2", "--out", decisions, "--json")
    found = told(capsys, "replay", file, *options)
    assert found["events"] == 3_000
    assert found["rules"][1]["precision"] > 0.3
    assert found["precision_at_100_cards_by_score"] >= found["precision_at_100_cards"] > 0
    with decisions.open() as lines:
        rows = list(csv.DictReader(lines))
    held = [row for row in rows if row["outcome"] == "hold"]
    assert len(held) == found["outcomes"]["hold"] == found["alerts"]
    assert {row["rules"] for row in held} == {"B1", "S1", "B1;S1"}
    other = ("--rules", str(rules), "--model", str(model), "--delay-days", "3")
    assert main(["fraud", "replay", str(file), *other]) == 2
    assert "另一套特征" in capsys.readouterr().err


def test_replay_of_our_own_events_counts_lines_that_are_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events, rules = tmp_path / "e.jsonl", tmp_path / "r.json"
    lines = [encode(pay(1)), b"{", encode(pay(2, 6_000_000)), b'{"event_id": 5}']
    events.write_bytes(b"\n".join(lines))
    rules.write_text(json.dumps(document_of(RULES, FEATURES)))
    report = told(capsys, "replay", events, "--rules", rules, "--json", code=1)
    assert report["outcomes"] == {"allow": 1, "challenge": 1, "hold": 0, "refuse": 0}
    assert report["refused"]["by_code"] == {"event.not_json": 1, "event.malformed": 1}
    assert "第 2 行" in report["refused"]["first"][0]
    assert main(["fraud", "replay", str(events), "--rules", str(rules), "--beside", str(rules)]) == 1
    said = capsys.readouterr().out
    assert "另有 2 行不是有效事件" in said
    assert "影子更严 0 笔" in said


def test_jdm_there_and_back(tmp_path: Path) -> None:
    rules, jdm, again = (tmp_path / name for name in ("r.json", "j.json", "a.json"))
    rules.write_text(json.dumps(document_of(RULES)))
    assert main(["fraud", "jdm", "export", str(rules), "--out", str(jdm)]) == 0
    assert main(["fraud", "jdm", "import", str(jdm), "--out", str(again)]) == 0
    assert json.loads(again.read_text())["rules"][0]["when"] == document_of(RULES)["rules"][0]["when"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("features", "none.csv", "--out", "f.csv"), "找不到文件：none.csv"),
        (("features", "FILE", "--out", "f.xlsx"), ".csv、.csv.gz 或 .parquet"),
        (("features", "FILE", "--out", "no/f.csv"), "输出目录不存在"),
        (("evaluate", "--train", "1:2", "--test", "1:2", "--events", "FILE"), "时段“1:2”应写作"),
        (("evaluate", *SPLIT[:4], "--delay-days", "7", "--events", "FILE"), "还不知道的结果"),
        (("replay", "FILE", "--rules", "none.json"), "不能读取规则文件"),
        (("replay", "FILE", "--rules", "FILE"), "不是 JSON"),
    ],
)
def test_refusals_are_sentences(
    file: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert main(["fraud", *(word.replace("FILE", str(file)) for word in words)]) == 2
    assert says in capsys.readouterr().err
