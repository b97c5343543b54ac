"""Arithmetic and fields."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.textscan.reading import rule_of, spans
from xiaobao.engines.textscan import Block, Document, Plan, request_of, scan
from xiaobao.engines.textscan.matchers import Field, Numeric


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年化利率7.2%，日利率0.02%", []),
        ("年化利率7.3%，日利率0.02%", []),
        ("年化利率7.2%，日利率0.05%", ["日利率0.05%"]),
        ("年化利率18%，日利率5‱", []),
        ("年利率12%，月利率1%", []),
        ("年利率6%，月利率1%", ["月利率1%"]),
        ("日利率0.05%", []),
    ],
)
def test_daily_and_annual_rates_must_agree(text: str, found: list[str]) -> None:
    assert spans(Numeric("daily_versus_annual"), text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("贷款年化利率36%", []), ("贷款年化利率36.5%", ["年化利率36.5%"])]
)
def test_a_loan_over_the_ceiling(text: str, found: list[str]) -> None:
    assert spans(Numeric("loan_rate_over_ceiling"), text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("抽奖，大奖5万元", []),
        ("抽奖，大奖50,001元", ["50,001元"]),
        ("抽奖！现金8万元", ["8万元"]),
        ("存款20万元起", []),
        ("抽奖：存入10万元可参加", []),
        ("抽奖总奖池价值100万元", []),
    ],
)
def test_the_greatest_prize(text: str, found: list[str]) -> None:
    assert spans(Numeric("prize_over_limit"), text) == found


SAYS = "七日年化3.0%，过往业绩不预示未来"


@pytest.mark.parametrize(
    ("fields", "small"),
    [
        ({"disclaimer_font_pt": 8, "body_font_pt": 28}, True),
        ({"disclaimer_font_pt": 14, "body_font_pt": 28}, False),
        ({"disclaimer_font_pt": "小", "body_font_pt": 28}, False),
        ({}, False),
    ],
)
def test_the_disclaimer_is_at_least_half_as_large(fields: dict[str, Any], small: bool) -> None:
    assert bool(spans(Field("disclaimer_too_small"), SAYS, fields)) is small


def test_the_size_is_read_from_the_blocks() -> None:
    blocks = (Block("七日年化3.0%", font_pt=30), Block("过往业绩不预示未来", font_pt=9))
    document = Document(blocks)
    report = scan(
        document, request_of(document.text, material="海报"), Plan([rule_of(Field("disclaimer_too_small"))])
    )
    assert [finding.span for finding in report.findings] == ["七日年化3.0%"]


def test_a_note_in_the_text_tells_the_size() -> None:
    assert spans(Field("disclaimer_too_small"), "七日年化3%（末页6号字）业绩不预示未来") == ["七日年化3%"]


@pytest.mark.parametrize(
    ("check", "wrong", "right"),
    [
        ("risk_seconds", {"risk_seconds": "3"}, {"risk_seconds": 5}),
        ("endorser", {"endorser": "专业人士"}, {"endorser": "无"}),
        ("endorser_age", {"endorser_age": 9}, {"endorser_age": 10}),
        ("ad_label", {"ad_label": "否"}, {"ad_label": "是"}),
        ("one_click_close", {"one_click_close": False}, {"one_click_close": True}),
        ("default_checked", {"default_checked": "true"}, {"default_checked": "no"}),
        ("elder_font", {"elder_font_pt": 16}, {"elder_font_pt": 18}),
        ("portrait_consent", {"portrait_consent": "no"}, {"portrait_consent": "yes"}),
    ],
)
def test_fields(check: str, wrong: dict[str, Any], right: dict[str, Any]) -> None:
    assert spans(Field(check), "图", wrong) == [""]
    assert spans(Field(check), "图", right) == []
    assert spans(Field(check), "图") == []
