"""Classes of words: every one is a pattern, and rules made of them meet wordings that stand in no rule."""

from __future__ import annotations

import re

import pytest

from xiaobao.engines.textscan import document_of, request_of, scan, shipped
from xiaobao.engines.textscan.rulebook import classes
from xiaobao.engines.textscan.rulebook.classes import near, then

NAMES = sorted(name for name in vars(classes) if name.isupper())


@pytest.mark.parametrize("name", NAMES)
def test_a_class_is_a_pattern_that_never_matches_nothing(name: str) -> None:
    pattern = re.compile(getattr(classes, name))
    assert pattern.search("") is None
    assert not pattern.groups


def test_near_takes_either_order_within_one_clause() -> None:
    pattern = re.compile(near("保证", "收益", 3, "不"))
    assert [
        bool(pattern.search(text)) for text in ("保证有收益", "收益有保证", "保证，收益", "保证不收益")
    ] == [
        True,
        True,
        False,
        False,
    ]
    assert not re.search(near("保证", "收益", 1), "保证您的收益")


def test_then_takes_one_order_and_crosses_a_comma() -> None:
    pattern = re.compile(then("投一次", "终身", 6))
    assert pattern.search("投一次，终身")
    assert not pattern.search("终身只投一次")


@pytest.mark.parametrize(
    ("material", "text", "topic"),
    [
        ("海报", "信托本金分毫不少，投资有风险", "保本承诺"),
        ("话术", "这只基金有总行给您托着呢", "保本承诺"),
        ("推文", "别怕基金跌？亏了都算行里的", "保本承诺"),
        ("海报", "贷款闪电到手，年化利率（单利）6%", "夸大表述"),
        ("合同", "贷款人得酌情上调费率而毋庸知会借款人", "单方变更权"),
        ("合同", "客户不得向法院求助", "限制救济"),
        ("隐私政策", "您的浏览轨迹会转交广告联盟", "第三方共享"),
    ],
)
def test_a_wording_of_no_rule_is_found_by_its_classes(material: str, text: str, topic: str) -> None:
    report = scan(document_of(text), request_of(text, material=material), shipped().plan)
    assert topic in {finding.topic for finding in report.findings}


@pytest.mark.parametrize(
    ("material", "text"),
    [
        ("海报", "基金不承诺保本，本金可能受损。投资有风险"),
        ("合同", "未经借款人同意，贷款人不得变更合同条款"),
        ("合同", "因乙方过错造成账户被冒用的，损失由乙方承担相应部分"),
        ("隐私政策", "未经您的单独同意，您的信息不会转交第三方"),
    ],
)
def test_the_lawful_neighbour_is_left_alone(material: str, text: str) -> None:
    report = scan(document_of(text), request_of(text, material=material), shipped().plan)
    assert not report.findings
