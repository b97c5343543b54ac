"""Golden deadlines: our own file, and the shared worked cases it was begun from."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.groups import SHARED
from tests.rules.asking import ask

VECTORS = Path(__file__).parents[1] / "vectors/deadlines.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


GOLDEN = rows(VECTORS)


@pytest.mark.parametrize("row", GOLDEN, ids=[row["case"] for row in GOLDEN])
def test_golden(row: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, f"due {row['rule']} {row['arguments']}")
    assert answer["due"] == row["due"], answer["steps"]
    assert answer["rule"] == row["rule"]


@pytest.mark.real
def test_every_shared_case_is_golden() -> None:
    shared = {
        (row["case_id"], row["rule"], row["expected_due"]) for row in rows(SHARED / "data/deadline_cases.csv")
    }
    assert shared == {(row["case"], row["rule"], row["due"]) for row in GOLDEN if row["case"][0] != "L"}


def test_wrong_approver_is_an_error_and_the_day_stands(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, said = ask(capsys, "due CMP-005 --received 2026-03-01 --approver sub_branch")
    assert (code, answer["due"], answer["error"], answer["verdict"]) == (
        1,
        "2026-03-31",
        "rule.CMP-005",
        "refuse",
    )
    assert "支行行长" in said
