"""Against ../shared: every citation, the acceptance cases, and floors on our labelled set and on real papers."""

from __future__ import annotations

import csv
import json
import re
from functools import cache
from typing import Any

import pytest

from tests.engines.textscan.measure import by_rules, by_words, counted, passages
from tests.groups import SHARED
from xiaobao.engines.lawtext import LawText, parse, split, text_at
from xiaobao.engines.textscan import document_of, request_of, scan, shipped
from xiaobao.engines.textscan.citations import Cite
from xiaobao.site.commands.scan import answer_case

TEXTS = SHARED / "data/regulations"
CITES = sorted({cite for rule in shipped() for cite in rule.cites})

# Where an expectation differs from ours: 广告法 names 最佳, and a word the law names blocks (issue 4, section 2).
SEVERER = {("review-15", "最佳"): "阻断"}


@cache
def statute(instrument: str) -> LawText:
    return split(next(TEXTS.glob(f"{instrument}_*.md")).read_text("utf-8"))


@cache
def effective() -> dict[str, str]:
    with (TEXTS / "index.csv").open(encoding="utf-8-sig", newline="") as opened:
        return {row["file"][:3]: row["effective_date"] for row in csv.DictReader(opened)}


@pytest.mark.real
@pytest.mark.parametrize("cite", CITES, ids=lambda cite: cite.full)
def test_a_citation_resolves_and_its_words_stand_there(cite: Cite) -> None:
    assert effective()[cite.instrument] == cite.version
    found = text_at(statute(cite.instrument), parse(cite.full).spans[0].first)
    assert found is not None
    assert re.sub(r"\s", "", cite.words) in re.sub(r"\s", "", found)


def cases() -> list[dict[str, Any]]:
    path = SHARED / "data/textcases/review.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


@pytest.mark.real
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_acceptance_case(case: dict[str, Any]) -> None:
    got = answer_case(case, shipped())
    found = {(hit["angle"], hit["topic"], hit["span"], hit["severity"]) for hit in got["findings"]}
    for hit in case["expect_hits"]:
        severity = SEVERER.get((case["id"], hit["span"]), hit["severity"])
        assert (hit["angle"], hit["topic"], hit["span"], severity) in found
    assert set(case["expect_clear"]) <= set(got["clear"])
    assert case["expect_hits"] or not found


def rates(part: str) -> tuple[float, float]:
    counts, _ = counted(passages(part), by_rules)
    return counts["hit"] / (counts["hit"] + counts["false"]), counts["hit"] / (counts["hit"] + counts["miss"])


def test_the_labelled_set_is_kept_at_its_floor() -> None:
    precision, recall = rates("")
    assert precision >= 0.9
    assert recall >= 0.9


def test_lawful_passages_are_left_alone() -> None:
    lawful = [row for row in passages() if not row["labels"]]
    assert len(lawful) >= 100
    assert sum(bool(by_rules(row)) for row in lawful) <= 4


def test_the_plain_list_misses_most() -> None:
    counts, _ = counted(passages(), by_words())
    assert counts["hit"] / (counts["hit"] + counts["miss"]) < 0.5


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("cash_loan_borrowing_agreement_h5", {"UNF-011", "LCT-003", "UNF-008", "PIP-049"}),
        ("consumer_credit_line_loan_contract", {"UNF-001", "UNF-006", "UNF-011"}),
    ],
)
def test_known_faults_of_real_contracts_are_found(name: str, rules: set[str]) -> None:
    text = (SHARED / f"data/contracts_zh/{name}.txt").read_text("utf-8")
    found = scan(document_of(text), request_of(text, material="借款合同"), shipped().plan).findings
    assert rules <= {finding.rule for finding in found}
    assert len(found) <= 25
    assert all(text[finding.start : finding.end] == finding.span for finding in found)
