"""The reference page of the calculators stays in step with the registry; what it shows can be done."""

from __future__ import annotations

import re
import shlex

import pytest

from tests.groups import ROOT
from xiaobao.rules.book import book
from xiaobao.rules.calculators import CALCULATORS, InputType
from xiaobao.rules.own_params import kinds_changed
from xiaobao.rules.own_rules import KEYS, load
from xiaobao.site import cli

PAGE = (ROOT / "docs/reference/calculators.md").read_text("utf-8")


def test_every_calculator_and_input_type_stands_on_the_page() -> None:
    assert re.findall(r"^\| `([a-z-]+)` \|.*\|.*[A-Z]{2,3}-\d", PAGE, re.M) == list(CALCULATORS)
    for kind in InputType:
        assert kind is InputType.TEXT or f"`{kind}`" in PAGE, kind


def test_the_overlay_on_the_page_can_stand() -> None:
    written = PAGE.partition("```yaml\n")[2].partition("```")[0]
    found = load(written, book(), name="page")
    assert [one.rule for one in found] == ["CMP-003"]
    assert all(f"{key}:" in written for key in KEYS - {"basis"})


def test_every_key_an_overlay_may_set_stands_on_the_page() -> None:
    for keys in kinds_changed().values():
        assert all(f"`{key}`" in PAGE for key in keys), keys


LINES = [line for line in re.findall(r"^xiaobao (rules .*)$", PAGE, re.M) if "[" not in line]


@pytest.mark.parametrize("line", LINES)
def test_every_command_on_the_page_runs(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(shlex.split(line, comments=True)) == 0
    assert capsys.readouterr().out
