"""Each step of a decision stands on the article that says it, not on the rule's first one."""

from __future__ import annotations

from datetime import date

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Kind

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
