"""The shared acceptance cases and the two published sets of bank questions."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from xiaobao.engines.retrieval import Likeness
from xiaobao.site.commands.retrieval import answer_case

pytestmark = pytest.mark.real


def test_the_acceptance_cases(shared: Path) -> None:
    for line in (shared / "data/textcases/retrieve.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        answer = answer_case(case)
        assert answer["none"] == case["expect_none"], case["id"]
        assert answer["top"][: len(case["expect_top"])] == case["expect_top"], case["id"]
        assert not set(answer["top"]) & set(case["expect_not"]), case["id"]


@pytest.mark.parametrize(("name", "floor"), [("bq_corpus_zh", 0.75), ("atec_zh", 0.695)])
def test_pairs_of_questions_are_told_apart(shared: Path, name: str, floor: float) -> None:
    """The floors are what TF-IDF over characters reached on the same files (.749 and .693), rounded up."""
    with gzip.open(shared / f"data/faq/{name}.csv.gz", "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    likeness = Likeness(text for row in rows for text in (row["sentence1"], row["sentence2"]))
    scores = [likeness.of(row["sentence1"], row["sentence2"]) for row in rows]
    assert _auc([row["label"] == "1" for row in rows], scores) > floor


def _auc(same: Sequence[bool], scores: Sequence[float]) -> float:
    """Share of (same, other) pairs in which the same pair scores higher, ties half."""
    positive = np.sort([score for is_same, score in zip(same, scores, strict=True) if is_same])
    negative = np.array([score for is_same, score in zip(same, scores, strict=True) if not is_same])
    below = np.searchsorted(negative_sorted := np.sort(negative), positive, side="left")
    level = np.searchsorted(negative_sorted, positive, side="right") - below
    return float((below + 0.5 * level).sum() / (len(positive) * len(negative)))
