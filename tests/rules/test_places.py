"""Each step of a decision stands on the article that says it, not on the rule's first one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.instruments import is_held
from xiaobao.rules.values import Confidence, Kind

PLACES = [
    ("CMP-019", "2026-03-01", "20名以上投诉人", "N00@2020-03-01:29.2.2"),
    ("DR-002", "2026-03-01", "评级不一致", "N02@2026-02-01:22.1"),
    ("DR-002", "2026-03-01", "财务支付水平", "N02@2026-02-01:12.2.2"),
    ("DR-003", "2026-03-01", "距最近一次评估", "N02@2026-02-01:29.2"),
    ("DR-008", "2026-03-01", "交费年限与年龄之和", "N02@2026-02-01:39.1.3"),
    ("PI-004", "2026-03-01", "频繁征求同意", "R01@2025-01-01:22.1.5"),
    ("PI-006", "2026-03-01", "保存年限", "L02@2021-11-01:56.2"),
    ("PI-013", "2026-03-01", "专门的处理规则", "L02@2021-11-01:31.2"),
    ("MKT-008", "2026-03-01", "事先同意", "L06@2021-04-29:43.1"),
    ("MKT-008", "2026-03-01", "取消的方式", "R15@2024-07-01:24"),
    ("MKT-008", "2016-03-01", "取消的方式", "L06@2015-09-01:43.2"),
    ("MKT-008", "2023-06-01", "取消后仍发送", "N01@2023-03-01:40"),
    ("MKT-015", "2023-06-01", "个人标签", "R04@2022-03-01:17.2"),
    ("MKT-015", "2023-06-01", "差别待遇", "R04@2022-03-01:21"),
    ("MKT-017", "2026-03-01", "无正当理由的变更", "L10@2025-10-15:11.1.2"),
    ("REV-007", "2026-03-01", "不依赖该信息", "N01@2023-03-01:43.1"),
    ("GOV-004", "2026-03-01", "提交董事会", "N03@2025-03-01:20.3"),
]


@pytest.mark.parametrize(("rule", "on", "said", "place"), PLACES)
def test_a_step_stands_on_its_own_article(rule: str, on: str, said: str, place: str) -> None:
    one = book().rule(rule)
    version = book().get(rule, date.fromisoformat(on))
    facts = next(example.facts for example in version.examples if example.corner != "missing")
    steps = decide(one, version, facts).steps[1:]
    assert {step.cite for step in steps if said in step.say and not step.ours} == {place}


def test_the_words_of_a_condition_are_those_of_a_citation() -> None:
    for rule in book():
        if rule.kind not in (Kind.GATE, Kind.LIMIT):
            continue
        used = {
            word
            for version in rule.versions
            for part in (*getattr(version.params, "require", ()), *getattr(version.params, "bounds", ()))
            for word in part.words
        }
        quoted = "".join(cite.words for version in rule.versions for cite in version.cites)
        assert not [word for word in used if word not in quoted], rule.id


LISTED = [
    ("REV-003", {"done": {"annual_rate": False, "key_facts": False}}, "年化利率", "P01@2020-11-01:16.1.3"),
    ("REV-003", {"done": {"annual_rate": False, "key_facts": False}}, "主要风险", "N01@2023-03-01:22"),
    ("REV-008", {"done": {"no_luring": False, "no_tie_in": False}}, "诱使购买", "N01@2023-03-01:26.1.4"),
    ("REV-008", {"done": {"no_luring": False, "no_tie_in": False}}, "搭售", "N01@2023-03-01:26.1.1"),
    ("CMP-021", {"done": {"voice_menu": False, "app": False}}, "语音", "P01@2020-11-01:37"),
    ("CMP-021", {"done": {"voice_menu": False, "app": False}}, "移动客户端", "N00@2020-03-01:8"),
    ("PI-005", {"sensitive": True, "given": ("handler",)}, "必要性", "L02@2021-11-01:30"),
    ("PI-005", {"sensitive": True, "given": ("handler",)}, "方式和程序", "L02@2021-11-01:17.1.3"),
    ("MKT-021", {"done": {"no_violence": False}}, "暴力", "N01@2023-03-01:41.2.2"),
    ("MKT-007", {"pop_up": True, "given": ()}, "一键关闭", "L06@2021-04-29:44.2"),
    (
        "EDU-001",
        {"year": 2025, "covered": ("app", "outlet"), "as_of": date(2026, 3, 1)},
        "计划",
        "P01@2020-11-01:24.2",
    ),
]


@pytest.mark.parametrize(("rule", "facts", "said", "place"), LISTED)
def test_an_item_of_a_list_stands_on_its_own_item(
    rule: str, facts: dict[str, Any], said: str, place: str
) -> None:
    steps = decide(book().rule(rule), book().get(rule, date(2026, 3, 1)), facts).steps[1:]
    told = [step for step in steps if said in step.say and ("：" in step.say)]
    assert {step.cite for step in told} == {place}


def test_every_place_of_a_list_is_one_the_rule_cites_and_an_item_it_has() -> None:
    for rule in book():
        for version in rule.versions:
            cited = {cite.full for cite in version.cites}
            placed = getattr(version.params, "places", ())
            keys = {
                key
                for name in ("items", "fields", "more", "cover")
                for key, *_ in getattr(version.params, name, ())
            }
            assert {one.place for one in placed} <= cited, rule.id
            assert {one.key for one in placed} <= keys, rule.id


COUNTED = [
    ("CMP-003", {"received_on": date(2026, 3, 1), "complexity": "simple"}, "L20@2021-01-01:201.1"),
    ("CMP-003", {"received_on": date(2020, 5, 1), "complexity": "simple"}, "X14@2017-10-01:201.1"),
    ("CMP-034", {"petition_received_on": date(2026, 3, 1)}, "N05@2025-06-01:50"),
    ("CMP-035", {"agreed_on": date(2012, 3, 1)}, "X16@1987-01-01:154.2"),
]


@pytest.mark.parametrize(("rule", "facts", "place"), COUNTED)
def test_that_the_first_day_is_not_counted_stands_where_it_is_said(
    rule: str, facts: dict[str, Any], place: str
) -> None:
    version = book().get(rule, next(value for value in facts.values() if isinstance(value, date)))
    found = decide(book().rule(rule), version, facts)
    assert next(step.cite for step in found.steps if "当日不计入" in step.say) == place
    if place.startswith("X"):
        assert found.confidence is not Confidence.VERIFIED


def test_what_nobody_has_read_is_never_called_checked() -> None:
    for rule in book():
        for version in rule.versions:
            if version.confidence is Confidence.VERIFIED:
                assert is_held(version.cites[0]), rule.id
