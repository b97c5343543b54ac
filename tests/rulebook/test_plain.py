"""A rule in plain words: nothing of the code's own names, every number with its unit."""

from __future__ import annotations

import re

import pytest

from xiaobao.base.rulebook import living, plain
from xiaobao.rules.book import book
from xiaobao.rules.values import Rule, Verdict, Version

VERSIONS = [(rule, version) for rule in book() for version in rule.versions]
NAMES = [f"{rule.id}@{version.name}" for rule, version in VERSIONS]
# Latin letters an office reads: units, products' names, and patterns of text scans.
LATIN = re.compile(r"[A-Za-z]{3,}(?:_[a-z]+)*")
KNOWN = {"JPEG", "APP"}


def latest(rule: str) -> Version:
    return book().rule(rule).versions[-1]


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_no_name_of_the_code_is_shown(rule: Rule, version: Version) -> None:
    shown = plain.summary(version) + "".join(param.text for param in plain.params_of(version.params))
    ran = living.run(rule, version)
    shown += "".join(one.expected + "".join(map("".join, one.facts)) + "".join(one.missing) for one in ran)
    own = {word for word in LATIN.findall(shown) if "_" in word}
    assert not own


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=NAMES)
def test_every_version_has_words_and_parameters(rule: Rule, version: Version) -> None:
    assert plain.summary(version).endswith("。")
    assert plain.params_of(version.params)


@pytest.mark.parametrize(
    ("rule", "label", "says"),
    [
        ("CMP-003", "期限", ("15日",)),
        ("CMP-005", "在前一期限之后再加", ("30日",)),
        ("CMP-023", "经批准最长", ("60日",)),
        ("CMP-022", "期限", ("7个工作日",)),
        ("PI-010", "期限", ("72小时",)),
        ("PI-010", "没有期限、须立即", ("可能危及人身、财产安全",)),
        ("CMP-025", "至少保存", ("自投诉办结起3年",)),
        ("DR-003", "限度", ("1日内当日评估不超过2次", "12个月内累计评估不超过8次", "距最近一次评估不超过12个月", "评估等级不少于5级")),
        ("GOV-002", "最迟", ("距上次不超过60个月",)),
        ("GOV-005", "最迟", ("次年1月31日前",)),
        ("PI-015", "批准人", ("部门负责人", "信息主管部门", "高级管理人员")),
        ("CMP-032", "件/千营业网点", ("投诉量（件） × 1,000 ÷ 营业网点（个），保留两位小数",)),
    ],
)  # fmt: skip
def test_parameters_carry_their_units(rule: str, label: str, says: tuple[str, ...]) -> None:
    assert (label, says) in [(one.label, one.says) for one in plain.params_of(latest(rule).params)]


def test_what_is_barred_is_told_as_barred() -> None:
    assert (
        plain.summary(latest("MKT-011")) == "须满足：没有“第三方以本行名义推介或者销售”的情形；否则不得办理。"
    )


def test_all_examples_pass_when_run() -> None:
    failed = [
        (rule.id, one) for rule, version in VERSIONS for one in living.run(rule, version) if not one.passed
    ]
    assert not failed


def test_a_wrong_example_is_shown_as_failed() -> None:
    rule = book().rule("CMP-003")
    example = rule.versions[0].examples[0]._replace(verdict=Verdict.REFUSE)
    (ran,) = living.run(rule, rule.versions[0]._replace(examples=(example,)))
    assert not ran.passed
    assert (ran.expected, ran.found) == ("不得办理：2026-01-25", "有期限：2026-01-25")


def test_a_wrong_value_is_shown_as_failed() -> None:
    rule = book().rule("CMP-003")
    example = rule.versions[0].examples[0]._replace(value=15)
    assert not living.run(rule, rule.versions[0]._replace(examples=(example,)))[0].passed


def test_a_refusal_of_the_arithmetic_is_a_failed_example() -> None:
    from datetime import date

    rule = book().rule("CMP-022")
    example = rule.versions[0].examples[0]._replace(facts={"regulator_received_on": date(2040, 1, 1)})
    (ran,) = living.run(rule, rule.versions[0]._replace(examples=(example,)))
    assert not ran.passed
    assert "2040" in ran.found
