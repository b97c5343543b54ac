"""Texts without a sentence end: the work grows as the length does, and of thousands of findings the number is told.

Work is counted (searches and tries of patterns), not timed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.engines.textscan.reading import rule_of, spans
from xiaobao.engines.textscan import Plan, Report, document_of, exempt, matchers, request_of, scan, shipped
from xiaobao.engines.textscan.checks import CHECKS
from xiaobao.engines.textscan.matchers import Pattern, Proximity, Words
from xiaobao.engines.textscan.reading import Reading
from xiaobao.engines.textscan.reports import page, word
from xiaobao.engines.textscan.settling import MOST
from xiaobao.engines.textscan.stretches import LONG, Stretch, Stretches

ENDLESS = "本产品保本高收益，您可以随时赎回"
TEXTS = (
    ENDLESS,
    "保本",
    "甲方有权变更费率",
    "警惕，保本，存款，《",
    "信息提供给第三方 ",
    "日利率0.05%年化利率9%",
)


class Counting:
    """A pattern that counts the characters it is set on."""

    def __init__(self, pattern: re.Pattern[str], counts: Counter[str]) -> None:
        self._pattern, self._counts = pattern, counts

    def _seen(self, text: str, span: tuple[int, ...]) -> None:
        start, end = (*span, *(0, len(text))[len(span) :])
        self._counts["characters"] += max(0, min(end, len(text)) - start)
        self._counts["calls"] += 1

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        self._seen(text, span)
        return self._pattern.search(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        self._seen(text, span)
        return self._pattern.finditer(text, *span)


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    counts: Counter[str] = Counter()
    compiled = matchers.compiled
    monkeypatch.setattr(matchers, "compiled", lambda pattern: Counting(compiled(pattern), counts))
    for name, value in vars(exempt).items():
        if isinstance(value, re.Pattern):
            monkeypatch.setattr(exempt, name, Counting(value, counts))
    return counts


def scanned(unit: str, size: int, material: str = "短信") -> Report:
    text = (unit * (size // len(unit) + 1))[:size]
    return scan(document_of(text), request_of(text, material=material), shipped().plan)


@pytest.mark.parametrize("unit", TEXTS)
@pytest.mark.parametrize("material", ["短信", "合同", "隐私政策"])
def test_four_times_the_text_is_four_times_the_work(unit: str, material: str, counts: Counter[str]) -> None:
    scanned(unit, 8_000, material)
    short = dict(counts)
    counts.clear()
    scanned(unit, 32_000, material)
    for what, seen in short.items():
        assert counts[what] < 4.5 * seen + 1_000, what


def test_two_hundred_thousand_characters_are_read_within_their_length(counts: Counter[str]) -> None:
    report = scanned(ENDLESS, 200_000)
    assert counts["characters"] < 500 * 200_000
    assert counts["calls"] < 200_000
    assert len(report.findings) <= 10 * MOST
    assert any(f"其余 {12_500 - MOST} 处" in remark for remark in report.remarks)


def test_the_rest_is_told_in_every_report() -> None:
    document = document_of("保本，" * (MOST + 3))
    report = scan(document, request_of("", material="海报"), Plan([rule_of(Words(("保本",)))]))
    assert len(report.findings) == MOST
    assert report.remarks == (f"试（T-1）共 {MOST + 3} 处，列出前 {MOST} 处，其余 3 处未逐一列出",)
    assert report.as_dict()["remarks"] == list(report.remarks)
    assert report.remarks[0] in page(document, report)
    told = zipfile.ZipFile(io.BytesIO(word(document, report))).read("word/document.xml").decode()
    assert report.remarks[0] in told


def test_as_many_as_are_listed_are_no_remark() -> None:
    assert spans(Words(("保本",)), "保本，" * MOST) == ["保本"] * MOST


@pytest.mark.parametrize("comma", ["", "，", "："])
def test_pieces_of_a_long_sentence_cover_it_and_end_at_commas(comma: str) -> None:
    text = f"一二三四五六七{comma}" * 1_000
    pieces = Stretches(text, [Stretch(0, len(text))]).pieces
    assert "".join(text[piece.start : piece.end] for piece in pieces) == text
    assert all(0 < piece.end - piece.start <= LONG for piece in pieces)
    assert all(text[: piece.end].endswith(comma) for piece in pieces)
    assert [piece.stop for piece in pieces[:-1]] == [piece.end for piece in pieces[1:]]


@pytest.mark.parametrize("at", range(LONG - 12, LONG + 3))
@pytest.mark.parametrize("within", ["sentence", "block"])
def test_a_match_over_the_edge_of_a_piece_is_found_once(at: int, within: str) -> None:
    text = "字" * at + "保证本金安全" + "字" * LONG
    assert spans(Pattern("保证.{0,4}安全", within=within), text) == ["保证本金安全"]
    assert spans(Pattern("保证.{0,4}?(?=安全)", within=within), text) == ["保证本金"]


@pytest.mark.parametrize("at", range(LONG - 6, LONG + 3))
def test_a_denial_and_a_warning_reach_over_the_edge_of_a_piece(at: int) -> None:
    for name, before in (("negation", "不承诺"), ("warning", "警惕"), ("quoted", "《")):
        text = "字" * at + before + "保本》" + "字" * LONG
        assert spans(Words(("保本",)), text, exempt=(name,)) == []


def test_a_disclosure_of_the_document_is_looked_for_once(counts: Counter[str]) -> None:
    assert spans(Proximity("收益", "有风险", within="document"), "收益，" * 5_000)
    assert counts["calls"] < 200


@pytest.mark.parametrize(("daily", "found"), [("0.02%", 0), ("0.021%", 1), ("0.05%", 1), ("0.0194%", 0)])
def test_a_daily_rate_is_held_against_the_nearest_annual_rates(daily: str, found: int) -> None:
    text = f"年化利率3%、年化利率7.2%、年化利率90%，日利率{daily}"
    reading = Reading(document_of(text), request_of(text))
    assert len(list(CHECKS["daily_versus_annual"](reading))) == found
