"""The scan as a whole: what is kept of overlapping findings, what is clear, the digest."""

from __future__ import annotations

import json

import pytest

from tests.engines.textscan.reading import rule_of
from xiaobao.engines.textscan import Plan, Report, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.matchers import Pattern, Words
from xiaobao.engines.textscan.values import Severity


def scanned(text: str, material: str = "海报", channel: str = "微信") -> Report:
    return scan(document_of(text), request_of(text, material=material, channel=channel), shipped().plan)


def test_of_two_overlapping_findings_on_one_topic_the_graver_stays() -> None:
    mild = rule_of(Pattern("保本.{2}"), id="T-1", severity=Severity.HINT)
    grave = rule_of(Words(("保本",)), id="T-2", severity=Severity.BLOCK)
    report = scan(document_of("保本保息"), request_of("", material="海报"), Plan([mild, grave]))
    assert [(finding.rule, finding.span) for finding in report.findings] == [("T-2", "保本")]


def test_overlapping_findings_on_two_topics_both_stay() -> None:
    one, other = rule_of(Words(("保本",)), id="T-1"), rule_of(Words(("保本",)), id="T-2", topic="别")
    assert len(scan(document_of("保本"), request_of("", material="海报"), Plan([one, other])).findings) == 2


def test_clear_topics_were_checked_and_not_found() -> None:
    report = scanned("第一步：登录手机银行", "公告", "官网")
    assert "绝对化用语" in report.clear
    assert not set(report.clear) & {finding.topic for finding in report.findings}


def test_topics_outside_the_scope_are_not_clear() -> None:
    assert "催收行为" not in scanned("海报一张").clear


def test_the_digest_is_the_same_for_the_same_and_differs_otherwise() -> None:
    assert scanned("保本理财").digest == scanned("保本理财").digest
    assert scanned("保本理财").digest != scanned("保本理财。").digest
    assert scanned("保本理财").digest != scanned("保本理财", "话术").digest


def test_a_disguise_is_told() -> None:
    finding = next(one for one in scanned("保*本理财，产品有风险").findings if one.topic == "保本承诺")
    assert finding.span == "保*本"
    assert "规避" in finding.why


def test_spans_are_of_the_document_and_name_their_block() -> None:
    text = "标题\n本理财 保 本\n产品有风险"
    for finding in scanned(text).findings:
        assert text[finding.start : finding.end] == finding.span
    assert [finding.block for finding in scanned(text).findings] == [1]


def test_a_report_is_json() -> None:
    told = json.loads(json.dumps(scanned("保本理财").as_dict(), ensure_ascii=False))
    assert {"阻断", "修改"} == {finding["severity"] for finding in told["findings"]}
    assert scanned("保本理财").blocks


@pytest.mark.parametrize(
    "text", ["", "\n\n", " ", "。", "\u200b", "a" * 5000, "保" * 3000, "（" * 3000, "\ud800保本"]
)
def test_odd_texts_are_scanned(text: str) -> None:
    for material in ("海报", "短信", "合同", "隐私政策", "话术"):
        assert scanned(text, material).rules > 0


def test_the_parties_are_read_from_the_contract() -> None:
    bank_first = "争议由甲方所在地人民法院管辖"
    customer_first = "甲方：借款人张三\n乙方：某某银行\n乙方有权随时单方变更本合同条款。"
    assert [finding.topic for finding in scanned(bank_first, "合同").findings] == ["管辖约定"]
    assert "单方变更权" in {finding.topic for finding in scanned(customer_first, "合同").findings}


@pytest.mark.parametrize(("severity", "kept"), [(Severity.AMEND, "T-1"), (Severity.BLOCK, "T-2")])
def test_a_rule_of_classes_yields_to_a_rule_with_its_own_words(severity: Severity, kept: str) -> None:
    own = rule_of(Words(("保本",)))
    general = rule_of(Pattern("收益保本型"), id="T-2", general=True, severity=severity)
    report = scan(document_of("收益保本型"), request_of("", material="海报"), Plan([own, general]))
    assert [finding.rule for finding in report.findings] == [kept]
