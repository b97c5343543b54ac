"""A bank's overlay adds and tightens; it cannot loosen the law."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engines.textscan.reading import rule_of
from xiaobao.engines.textscan import book_of, shipped
from xiaobao.engines.textscan.book import UnprovenRuleError
from xiaobao.engines.textscan.citations import cite
from xiaobao.engines.textscan.matchers import Pattern, Words
from xiaobao.engines.textscan.overlay import book_with, overlay_from
from xiaobao.engines.textscan.values import Severity
from xiaobao.kernel.errors import InvalidInput

LAW = rule_of(Words(("保本", "稳")), id="L", practice="", cites=(cite("L06:25.1.1=保本"),), listed=True)
HABIT = rule_of(Words(("保本", "稳")), id="H")
SHAPE = rule_of(Pattern("保本"), id="P")
BOOK = book_of([LAW, HABIT, SHAPE])
OWN = """
add:
  - id: OWN-1
    topic: 禁用词
    angle: 监管要求
    severity: 阻断
    why: 本行禁用
    match: {kind: words, words: [财富盛宴]}
    scope: {material: 营销宣传}
    since: 2026-11-01
    bad: ["财富盛宴开席"]
    good: ["财富沙龙"]
"""


def with_change(**change: Any) -> Any:
    return book_with(BOOK, overlay_from("{}")._replace(change=(change,)))


def test_a_bank_adds_a_rule_of_its_own() -> None:
    book = book_with(BOOK, overlay_from(OWN))
    assert book.get("OWN-1").practice == "本行规定"
    assert book.name != BOOK.name


def test_an_added_rule_proves_itself() -> None:
    with pytest.raises(UnprovenRuleError, match="OWN-1"):
        book_with(BOOK, overlay_from(OWN.replace("财富盛宴开席", "财富")))


def test_synonyms_can_be_made_to_block() -> None:
    book = with_change(rule="H", severity="阻断")
    assert book.get("H").severity is Severity.BLOCK
    assert book.get("H").version.endswith(".2")


def test_words_are_added_and_those_that_are_not_the_laws_are_taken() -> None:
    matcher = with_change(rule="H", words_add=["赚"], words_remove=["稳"]).get("H").matcher
    assert matcher.words == ("保本", "赚")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"rule": "H", "severity": "提示"}, "只能调高"),
        ({"rule": "L", "words_remove": ["保本"]}, "法律列举"),
        ({"rule": "P", "words_add": ["x"]}, "不是词表"),
        ({"rule": "X"}, "没有规则"),
        ({"rule": "H", "scope": {}}, "不能改"),
        ({"rule": "H", "severity": "大"}, "不在"),
    ],
)
def test_what_an_overlay_may_not_change(change: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_change(**change)
    assert says in refused.value.say


def test_habits_can_be_put_off_and_law_cannot() -> None:
    assert len(book_with(BOOK, overlay_from('{"off": ["H"]}'))) == 2
    with pytest.raises(InvalidInput, match="不能停用"):
        book_with(BOOK, overlay_from('{"off": ["L"]}'))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "键值对"),
        ("{more: 1}", "键值对"),
        ("a: [", "不是 YAML"),
        ("add: [{id: X}]", "写法有误"),
        (OWN.replace("words, words", "magic, words"), "匹配方式"),
        (OWN.replace("kind: words, words: [财富盛宴]", "kind: pattern, pattern: '('"), "表达式有误"),
        (OWN.replace("kind: words, words: [财富盛宴]", f"kind: pattern, pattern: {'a' * 600}"), "超过"),
        (OWN.replace("阻断", "致命"), "不在"),
        (OWN.replace("2026-11-01", "明天"), "写法有误"),
    ],
)
def test_a_document_that_is_no_overlay_is_refused(text: str, says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        overlay_from(text)
    assert says in refused.value.say


def test_a_shipped_synonym_rule_can_be_made_to_block() -> None:
    book = book_with(shipped(), overlay_from('{"change": [{"rule": "RET-002", "severity": "block"}]}'))
    assert book.get("RET-002").severity is Severity.BLOCK
