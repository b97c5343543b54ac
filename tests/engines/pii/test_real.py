"""On data we did not write: the acceptance cases, and floors under what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.engines.pii import measure
from xiaobao.engines.pii import Options, scan

pytestmark = pytest.mark.real
# The cases' words for kinds that we tell apart.
SAME = {"OTP": "SECRET", "CVN": "SECRET", "PASSWORD": "SECRET", "EXPIRY": "SECRET", "MOBILE": "MOB"}


def kinds(kind: str) -> set[str]:
    return {kind, SAME.get(kind, kind)}


def test_every_acceptance_case(shared: Path) -> None:
    lines = (shared / "data/textcases/mask.jsonl").read_text("utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for case in cases:
        titles = case.get("policy", {}).get("staff_titles") == "mask"
        spans = scan(case["input"], options=Options(staff_titles=titles))
        assert [span.text for span in spans] == [one["text"] for one in case["expect"]], case["id"]
        for span, one in zip(spans, case["expect"], strict=True):
            assert one["type"] in kinds(span.kind.value), case["id"]
        assert not any(word in span.text for span in spans for word in case["must_not"]), case["id"]
    assert len(cases) == 12


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [("NAME", 0.97, 0.94), ("ADDRESS", 0.99, 0.99), ("ID", 1, 1), ("MOBILE", 1, 1), ("EMAIL", 1, 1)],
)
def test_multipriv_does_not_fall(shared: Path, kind: str, precision: float, recall: float) -> None:
    counts = measure.multipriv()
    assert counts[kind, "hit"] / counts[kind, "got"] >= precision
    assert counts[kind, "hit"] / counts[kind, "gold"] >= recall


def test_news_names_do_not_fall(shared: Path) -> None:
    counts = measure.news(*measure.CLUENER)
    assert counts["NAME", "hit"] / counts["NAME", "got"] >= 0.93
    assert counts["NAME", "hit"] / counts["NAME", "gold"] >= 0.10
