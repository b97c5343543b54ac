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
    _, answer, _ = ask(capsys, "check CMP-018 --on 2026-01-10 --fact representative=6")
    assert answer["verdict"] == "undecided"
    assert "事实representative——CMP-018不问这一事实" in answer["unused"][0]["say"]


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
