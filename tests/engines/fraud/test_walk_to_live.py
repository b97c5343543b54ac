"""The officer's page is walked: its rule file serves an event, its commands lead from training to a live engine."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests.engines.fraud.bank import pay
from tests.engines.fraud.cards import payments, written
from xiaobao.engines.fraud.approvals import approve, must_be_approved
from xiaobao.engines.fraud.engine import Engine
from xiaobao.engines.fraud.model import load
from xiaobao.engines.fraud.setup import Files, settings_from
from xiaobao.site.cli import main

PAGE = (Path(__file__).parents[3] / "docs/how-to/fraud-officer.md").read_text("utf-8")


def test_the_officers_rules_and_settings_serve_an_event(tmp_path: Path) -> None:
    document, settings = re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)
    files = Files(tmp_path / "rules.json", settings=tmp_path / "settings.json")
    files.rules.write_text(json.dumps(approve(json.loads(document), "李四")[0]), "utf-8")
    (tmp_path / "settings.json").write_text(settings, "utf-8")
    must_be_approved(files.rules)
    found = Engine(settings_from(files)).decide(pay(1, 30_000))
    assert (found.outcome.name, [reason.rule for reason in found.reasons]) == ("REFUSE", ["R01"])
    assert found.notice
    assert found.notice.remedy == json.loads(settings)["due"]["remedy"]


def commands(folder: Path) -> list[list[str]]:
    (walk,) = re.findall(r"```sh\n(.+?)```", PAGE, re.DOTALL)
    names = ("历史交易.csv", "规则.json", "模型.onnx", "处置.csv", "数据目录")
    lines = [shlex.split(line)[1:] for line in walk.strip().splitlines()]
    return [[str(folder / word) if word in names else word for word in line] for line in lines]


def edited(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes, ensure_ascii=False), "utf-8")


def test_from_training_to_a_live_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "历史交易.csv", payments(2_000))
    evaluate, train, replay, review, serve = commands(tmp_path)
    rules, model = tmp_path / "规则.json", tmp_path / "模型.onnx"
    assert [main(line) for line in (evaluate, train, replay)] == [0, 0, 0]
    assert "M01" in capsys.readouterr().out
    assert main(train) == 2
    assert "不覆盖" in capsys.readouterr().err
    assert main(review) != 0
    assert "author" in capsys.readouterr().err
    edited(rules, author="王五")
    assert main(review) == 0
    settings = settings_from(Files(rules), scored=True)
    loaded = load(model, settings.features)
    must_be_approved(rules, loaded.hash)
    found = Engine(settings, loaded).decide(pay(1, 30_000))
    assert found.score is not None
    assert not found.failed
    windows = json.loads(rules.read_text("utf-8"))["features"]
    edited(rules, features=[one | {"length": one["length"] + 1} for one in windows])
    for line in (replay, serve):
        capsys.readouterr()
        assert main(line) == 2
        assert "另一套特征" in capsys.readouterr().err
