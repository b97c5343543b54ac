"""The book: a rule that does not prove itself is refused; the shipped ones do; every citation has its form."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.engines.textscan.reading import rule_of
from xiaobao.engines.textscan import UnprovenRuleError, book_of, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.citations import INSTRUMENTS, cite
from xiaobao.engines.textscan.matchers import Question, Words
from xiaobao.engines.textscan.rulebook.topics import ANGLES
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import Example, Material, Scope, Severity
from xiaobao.rules.instruments import INSTRUMENTS as KNOWN
from xiaobao.rules.instruments import place_zh

GOOD = rule_of(Words(("保本",)))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"bad": ()}, "至少要有一个"),
        ({"good": ()}, "至少要有一个"),
        ({"bad": (Example("好"),)}, "应命中“好”"),
        ({"bad": (Example("«稳»保本"),)}, "实得"),
        ({"good": (Example("保本"),)}, "不应命中"),
        ({"practice": ""}, "出处"),
        ({"cites": (cite("L06:9.1.3=最佳"),)}, "出处"),
        ({"scope": Scope(without=frozenset({Material.AD}))}, "适用范围"),
    ],
)
def test_a_rule_that_does_not_prove_itself_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(UnprovenRuleError) as refused:
        book_of([replace(GOOD, **change)])
    assert says in refused.value.say


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(UnprovenRuleError, match="编号重复"):
        book_of([GOOD, GOOD])


def test_the_name_of_a_book_changes_with_any_rule() -> None:
    assert book_of([GOOD]).name != book_of([replace(GOOD, why="别的")]).name
    assert book_of([GOOD]).name == book_of([GOOD]).name


def test_the_shipped_book_proves_itself_and_is_large() -> None:
    assert len(shipped()) >= 200


@pytest.mark.parametrize("rule", tuple(shipped()), ids=lambda rule: rule.id)
def test_a_shipped_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.topic in ANGLES
    assert rule.angle is ANGLES[rule.topic]
    assert rule.suggest or isinstance(rule.matcher, Question)
    assert rule.since <= date(2026, 11, 30)
    assert rule.why.endswith(rule.why.strip("。"))


def test_every_topic_has_a_rule() -> None:
    assert set(ANGLES) == set(shipped().topics())


def test_no_two_rules_look_for_the_same() -> None:
    same = Counter(repr(rule.matcher) + repr(rule.scope) for rule in shipped())
    assert [told for told, times in same.items() if times > 1] == []


def test_listed_words_block() -> None:
    assert {rule.severity for rule in shipped() if rule.listed} == {Severity.BLOCK}


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_instruments_are_those_of_the_rule_book(name: str) -> None:
    short, version = INSTRUMENTS[name]
    assert (short, version) == (KNOWN[name].short, KNOWN[name].since[-1])


@pytest.mark.parametrize("text", ["L06:25.1.1=保本", "L21:497.1.2=责任", "N01:22=利息", "L02:14.2=同意"])
def test_a_place_reads_as_the_rule_book_writes_it(text: str) -> None:
    found = cite(text)
    assert found.chinese == INSTRUMENTS[found.instrument][0] + place_zh(found.loc)
    assert found.full == f"{found.instrument}@{found.version}:{found.loc}"


@pytest.mark.parametrize("text", ["L06", "L06:x=y", "Z99:1=y", "L06:1="])
def test_what_is_no_citation_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a citation"):
        cite(text)


def test_a_rule_binds_from_its_first_day_until_its_last() -> None:
    rule = replace(GOOD, since=date(2026, 2, 1), until=date(2026, 9, 30))
    assert [rule.holds_on(date(2026, month, 1)) for month in (1, 2, 9, 10)] == [False, True, True, False]


def test_the_day_chooses_the_rules() -> None:
    text = "理财新品，低门槛"
    days = ["2026-09-29", "2026-09-30"]
    reports = [
        scan(
            document_of(text),
            request_of(text, material="海报", channel="微信", more={"on": day}),
            shipped().plan,
        )
        for day in days
    ]
    assert ["RET-017" in {finding.rule for finding in report.findings} for report in reports] == [False, True]
