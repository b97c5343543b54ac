"""Every figure a room owns is registered, once, with words an examiner can read."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.house.source import SRC
from xiaobao.base.figures import registry

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_figure_of_the_source_is_registered() -> None:
    written: set[str] = set()
    for path in (*SRC.glob("duties/*/figures.py"), *SRC.glob("base/*/figures.py")):
        written |= set(re.findall(r"\"(F\d\d)\"", path.read_text(encoding="utf-8")))
    assert written
    assert {figure.id for figure in registry.registered()} >= written


@pytest.mark.parametrize("figure", registry.registered(), ids=lambda figure: figure.id)
def test_a_figure_says_what_it_counts(figure: registry.Figure) -> None:
    assert re.fullmatch(r"F\d\d", figure.id)
    assert CHINESE.search(figure.definition)
    assert CHINESE.search(figure.label)
    assert figure.version >= 1
    assert figure.kind in {"computed", "recorded"}


@pytest.mark.real
def test_the_registered_figures_are_those_of_the_seed_document(shared: Path) -> None:
    with (shared / "spec/figures.csv").open(encoding="utf-8") as file:
        seed = {row["id"]: row for row in csv.DictReader(file)}
    for figure in registry.registered():
        assert figure.id in seed
        assert figure.kind == seed[figure.id]["kind"]
