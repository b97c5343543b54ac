"""Each way of looking: what it finds and what it leaves."""

from __future__ import annotations

import pytest

from tests.engines.textscan.reading import rule_of, spans
from xiaobao.engines.textscan import Plan, document_of, request_of, scan
from xiaobao.engines.textscan.anchors import ways
from xiaobao.engines.textscan.matchers import Absence, Pair, Pattern, Proximity, Question, Words


def test_words_take_the_longest_and_never_overlap() -> None:
    assert spans(Words(("保本", "保本保息", "保息")), "保本保息，保本") == ["保本保息", "保本"]


def test_words_inside_a_neutral_phrase_do_not_count() -> None:
    assert spans(Words(("第一",), but="第一步"), "第一步是第一") == ["第一"]


def test_a_pattern_stays_in_its_sentence() -> None:
    assert spans(Pattern("甲方.{0,9}免责"), "甲方可以。免责") == []
    assert spans(Pattern("甲方.{0,9}免责"), "甲方可以免责。") == ["甲方可以免责"]


def test_the_group_named_hit_is_the_span() -> None:
    assert spans(Pattern("由(?P<hit>甲方法院)管辖"), "由甲方法院管辖") == ["甲方法院"]


def test_absence_points_at_the_whole_piece() -> None:
    assert spans(Absence("退订"), "新品上市") == [""]
    assert spans(Absence("退订"), "新品上市，回T退订") == []


def test_absence_waits_for_its_trigger_and_can_point_at_it() -> None:
    assert spans(Absence("风险", when="理财"), "存款") == []
    assert spans(Absence("风险", when="理财", points=True), "好理财") == ["理财"]
    assert spans(Absence("风险", when="理财", unless="账单"), "理财账单") == []


def test_absence_in_a_passage_is_not_judged() -> None:
    assert spans(Absence("利率", least=20), "第一条") == []
    assert spans(Absence("利率", least=3), "第一条") == [""]


@pytest.mark.parametrize(
    ("within", "text", "missing"),
    [
        ("sentence", "业绩5%。不预示", True),
        ("sentence", "业绩5%，不预示", False),
        ("block", "业绩5%。不预示", False),
        ("block", "业绩5%\n不预示", True),
        ("blocks", "业绩5%\n不预示", False),
        ("blocks", "业绩5%\n好\n不预示", True),
        ("document", "业绩5%\n好\n不预示", False),
    ],
)
def test_a_claim_needs_its_disclosure_nearby(within: str, text: str, missing: bool) -> None:
    assert bool(spans(Proximity(r"业绩\d%", "不预示", within), text)) is missing


def test_a_right_needs_its_counter_right() -> None:
    pair = Pair("甲方有权调整", "乙方有权终止")
    assert spans(pair, "甲方有权调整费率。") == ["甲方有权调整"]
    assert spans(pair, "甲方有权调整费率。\n乙方有权终止。") == []


def test_a_question_is_asked_and_is_no_finding() -> None:
    text = "明星代言"
    report = scan(
        document_of(text),
        request_of(text, material="海报"),
        Plan([rule_of(Question("用过吗？", when="代言"))]),
    )
    assert [ask.question for ask in report.questions] == ["用过吗？"]
    assert report.findings == ()


def test_a_question_is_silent_when_the_text_answers() -> None:
    plan = Plan([rule_of(Question("标明了吗？", unless="广告"))])
    assert scan(document_of("广告"), request_of("广告", material="海报"), plan).questions == ()


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("保本", [[{"保本"}]]),
        ("(?:保证|承诺)收益", [[{"保证收益", "承诺收益"}]]),
        ("保证.{0,4}收益", [[{"保证"}, {"收益"}]]),
        ("保证.{0,4}的", [[{"保证"}]]),
        ("(?:甲方.{0,4}解释|说了算)", [[{"甲方"}, {"解释"}], [{"说了算"}]]),
        (r"保本|\d+", []),
        ("(?:甲|乙)方有权", [[{"甲方有权", "乙方有权"}]]),
        ("a?b", [[{"b"}]]),
        (r"\d+%", [[{"%"}]]),
        (r"\d+", []),
        ("(?:甲方|.{2})好?", []),
        ("[甲乙]方", [[{"甲方", "乙方"}]]),
        ("(?:ab)+c", [[{"ab"}]]),
    ],
)
def test_ways(pattern: str, needed: list[list[set[str]]]) -> None:
    assert [list(map(set, way)) for way in ways(pattern)] == needed


def test_a_but_that_begins_inside_another_still_counts() -> None:
    matcher = Pattern("留存", but="手机.{0,3}|号码.{0,9}删除")
    assert spans(matcher, "手机号码留存后删除") == []
    assert spans(matcher, "手机号码留存") == ["留存"]
