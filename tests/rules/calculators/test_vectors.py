"""Golden answers of the calculators: every shared worked case, and our own beside them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.groups import SHARED
from tests.rules.calculators.asking import ask
from xiaobao.rules.values import plain

VECTORS = Path(__file__).parents[2] / "vectors/calculators.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


GOLDEN = rows(VECTORS)


@pytest.mark.parametrize("row", GOLDEN, ids=[row["case"] for row in GOLDEN])
def test_golden(row: dict[str, str]) -> None:
    found = ask(row["calculator"], row["facts"])
    value = plain(found.value[row["path"]] if row["path"] else found.value)
    assert str(value).removesuffix(":00+08:00") == row["expected"], found.text


@pytest.mark.real
def test_every_shared_case_is_asked() -> None:
    shared = {(row["case_id"], row["expected_due"]) for row in rows(SHARED / "data/deadline_cases.csv")}
    assert shared == {(row["case"], row["expected"]) for row in GOLDEN if row["case"][0] != "C"}


def test_the_wrong_approver_gives_no_sixtieth_day_and_says_so() -> None:
    row = next(row for row in GOLDEN if row["case"] == "X-01")
    found = ask(row["calculator"], row["facts"])
    assert any("审批人为支行行长" in step.say for step in found.unused)
    assert found.rule == "CMP-004"
