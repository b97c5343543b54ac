"""What the README and the officer's page show works as shown."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from xiaobao.site.cli import main

ROOT = Path(__file__).parents[3]


def test_the_readmes_example_runs() -> None:
    text = (ROOT / "src/xiaobao/engines/fraud/README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.+?)```", text, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("暂缓 ")
    assert "本人有效身份证件" in done.stdout


@pytest.mark.real
def test_chapter_three_from_raw_rows(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = shared / "data/fraud_handbook/transactions_2018-06-18_2018-08-14.csv.gz"
    split = ("--train", "2018-07-25:2018-07-31", "--test", "2018-08-08:2018-08-14", "--delay-days", "7")
    assert main(["fraud", "evaluate", *split, "--events", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["train"], found["test"]) == (
        {"rows": 67_240, "frauds": 598},
        {"rows": 58_264, "frauds": 385},
    )
    published = {"logistic_regression": (0.871, 0.606, 0.291), "random_forest": (0.867, 0.658, 0.287)}
    for name, figures in published.items():
        assert tuple(found[name].values()) == pytest.approx(figures, abs=0.003), name
    best = [max(found[name][key] for name in published) for key in ("auc", "ap", "cp100")]
    assert all(found["ours"][key] > other for key, other in zip(("auc", "ap", "cp100"), best, strict=True))
