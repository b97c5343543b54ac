"""`xiaobao rules check` for every rule of the book, and `rules calc`."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.calculators import CALCULATORS
from xiaobao.rules.values import Rule, Version, plain
from xiaobao.site import cli

VERSIONS = [(rule, version) for rule in book() for version in rule.versions]
SHAPE = {"rule", "version", "verdict", "value", "steps", "missing", "confidence"}


def typed(facts: dict[str, Any]) -> str:
    """The facts as a person would type them."""
    words = []
    for name, value in facts.items():
        if isinstance(value, dict):
            words += [f"--fact '{name}.{key}={'是' if one else '否'}'" for key, one in value.items()]
        elif isinstance(value, tuple):
            words.append(f"--fact '{name}={','.join(str(plain(one)) for one in value)}'")
        elif isinstance(value, bool):
            words.append(f"--fact {name}={'是' if value else '否'}")
        elif isinstance(value, datetime | date):
            words.append(f"--fact '{name}={value.isoformat()}'")
        else:
            words.append(f"--fact '{name}={value}'")
    return " ".join(words)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=[f"{one.id}@{two.name}" for one, two in VERSIONS])
def test_every_example_can_be_typed(rule: Rule, version: Version, capsys: pytest.CaptureFixture[str]) -> None:
    for example in version.examples:
        code, answer, error = ask(capsys, f"check {rule.id} --on {version.name} {typed(example.facts)}")
        assert (code, error) == (0, "")
        assert set(answer) >= SHAPE
        assert answer["verdict"] == example.verdict.value, example
        assert answer["version"] == version.name
        assert len(answer["missing_zh"]) == len(answer["missing"])
        if example.corner == "missing":
            assert answer["missing"]


def test_an_unasked_fact_is_listed_as_unused(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, "check CMP-018 --on 2026-01-10 --fact persons=6")
    assert answer["verdict"] == "undecided"
    assert "事实persons——CMP-018不问这一事实" in answer["unused"][0]["say"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("check CMP-018 --on 2026-01-10 --fact representative=6", "没有事实“representative”，是否指 representatives（推选的代表（人））"),
        ("due CMP-022 --fact regulator_recieved_on=2026-01-12", "是否指 regulator_received_on（监管部门收到投诉之日）"),
        ("retention CMP-025 --fact close_on=2026-01-12", "是否指 closed_on（办结之日）"),
        ("check CMP-003 --on 2026-01-10 --fact complexity=simpel", "没有“simpel”，是否指 simple（事实清楚、争议情况简单）"),
        ("check CMP-021 --on 2026-01-10 --fact done.web=是", "清单没有“web”"),
        ("check CMP-021 --on 2026-01-10 --fact done.websites=是", "是否指 website（"),
        ("check CMP-018 --on 2026-01-10 --fact representatives=-1", "不能是负数：-1"),
        ("check GOV-002 --on 2026-01-10 --fact last_on=9998-01-01", "年份应在1800年至2199年之间"),
        ("check PI-010 --on 2026-01-10 --fact confirmed_at=9998-01-01T09:00", "年份应在1800年至2199年之间"),
        ("check GOV-005 --on 2026-01-10 --fact year=99999", "GOV-005（2020-11-01版）：日期、年度或者数字太大"),
        ("due GOV-005 --year 99999", "年度“99999”无法识别"),
        ("due GOV-005 --year 0", "年度“0”无法识别"),
        ("due CMP-003 --received 9999-12-31", "年份应在1800年至2199年之间"),
        ("show CMP-0003", "没有规则“CMP-0003”，是否指 CMP-003"),
        ("calc prize --fact drawn=2026-01-01", "没有事实“drawn”，是否指 drawn_on"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_what_may_be_meant(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, answer, error = ask(capsys, line)
    assert (code in (1, 2), answer) == (True, {})
    assert said in error
    assert len(error.splitlines()) == 1


def test_a_value_may_be_told_in_its_chinese_words(capsys: pytest.CaptureFixture[str]) -> None:
    line = "check CMP-004 --on 2026-01-10 --fact received_on=2026-01-10 --fact complexity=情况复杂"
    assert ask(capsys, line)[1]["value"] == "2026-02-09"
    line = "check MKT-001 --on 2026-01-10 --fact text=保险"
    assert ask(capsys, line)[0] == 0


def test_missing_facts_are_said_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "check", "DR-004", "--on", "2026-03-01"]) == 0
    assert "尚缺：客户年龄、是否高风险产品" in capsys.readouterr().out


def test_calc_lists_every_calculator_with_its_inputs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rules", "calc", "--list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in found] == list(CALCULATORS)
    assert all(one["inputs"] and one["rules"] for one in found)
    assert cli.main(["rules", "calc", "--list"]) == 0
    assert "leak-notice  信息泄露报告时限" in capsys.readouterr().out


def test_calc_answers_in_words_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, answer, _ = ask(capsys, "calc recheck --fact decision_received_on=2026-03-20")
    assert (code, set(answer) >= SHAPE) == (0, True)
    assert cli.main(["rules", "calc", "recheck"]) == 0
    assert "尚缺：投诉人收到处理决定的日期" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("calc horoscope", 1, "没有计算器“horoscope”"),
        ("calc recheck --fact decision_received_on", 2, "名称=值"),
        ("calc recheck --fact decision_received_on=昨天", 2, "无法识别"),
        ("calc recheck --fact day=2026-03-20", 2, "没有事实“day”"),
        ("calc prize --fact top_prize_yuan=五万", 2, "最高奖的金额"),
        ("calc petition --fact petition_accepted_on=2025-03-01", 2, "第一版自2025-06-01起"),
        ("calc retention --fact files=complaint --fact closed_on=2026-01-01 --fact trigger=unlawful", 2, "触发的日期"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence(
    line: str, code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, answer, error = ask(capsys, line)
    assert (found, answer) == (code, {})
    assert said in error
    assert len(error.splitlines()) == 1


@pytest.mark.parametrize(("rule", "word", "name"), [("GOV-005", "年度", "year"), ("MKT-001", "文字", "text")])
def test_a_due_day_asks_for_what_is_missing_in_the_offices_words(
    rule: str, word: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["rules", "due", rule]) == 0
    said = capsys.readouterr().out
    assert f"尚缺：{word}" in said.splitlines()[-1]
    assert name not in said


def test_when_it_was_done_does_not_pick_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    line = "PI-016 --fact relation_end_on=2019-06-30 --fact destroyed_on=2026-01-01"
    for question in ("retention", "due"):
        answer = ask(capsys, f"{question} {line}")[1]
        assert (answer["version"], answer["verdict"], answer["value"]) == ("2007-01-01", "pass", "2024-06-30")


def test_an_audit_before_the_measure_is_counted_from_its_first_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = (
        "due GOV-002 --fact last_on=2022-06-01",
        "calc audit-cycle --fact audit=internal --fact last_on=2022-06-01",
    )
    for line in asked:
        code, answer, _ = ask(capsys, line)
        assert (code, answer["value"]) == (0, "2028-03-01")
        assert any("施行之日" in step["say"] for step in answer["steps"])
