"""The one sentence of every rule: hand-written, whole, in Chinese, and in step with the verdict."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.rules.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.conclusions import BAD, conclude, conclusions
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Kind, Rule, Verdict, Version, plain

VERSIONS = [(rule, version) for rule in book() for version in rule.versions]
IDS = [f"{rule.id}@{version.name}" for rule, version in VERSIONS]
# Letters the office itself writes.
GIVEN = re.compile(r"dp|PIA")


def test_every_rule_has_its_own_and_no_two_alike() -> None:
    own = conclusions()
    assert set(own) == set(book().rules)
    said = [sentence for one in own.values() for sentence in one if sentence]
    bare = [sentence for sentence in said if "{gaps}" not in sentence and "{value}" not in sentence]
    assert len(set(bare)) == len(bare)


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=IDS)
def test_every_example_is_concluded_in_one_chinese_sentence(rule: Rule, version: Version) -> None:
    for example in version.examples:
        outcome = decide(rule, version, example.facts)
        said = conclude(rule, version, example.facts, outcome)
        assert said.endswith("。"), said
        assert "{" not in said, said
        assert not re.search(r"[a-z]{3,}", GIVEN.sub("", said)), said
        assert f"{rule.title}：" not in said, "no sentence of its own"
        if outcome.verdict is Verdict.DUE and isinstance(outcome.value, date):
            assert str(plain(outcome.value))[:10] in said


@pytest.mark.parametrize(("rule", "version"), VERSIONS, ids=IDS)
def test_kept_and_broken_are_told_apart(rule: Rule, version: Version) -> None:
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for example in version.examples:
        outcome = decide(rule, version, example.facts)
        if outcome.verdict in (*BAD, Verdict.PASS):
            told[outcome.verdict in BAD].add(conclude(rule, version, example.facts, outcome))
    assert not told[True] & told[False]


def said(rule: str, **facts: object) -> str:
    on = date(2026, 3, 1)
    version = book().get(rule, on)
    return conclude(book().rule(rule), version, facts, decide(book().rule(rule), version, facts))


def test_what_is_lacking_is_named() -> None:
    assert said("CMP-012", given=("facts",)).startswith("告知的内容不齐，还缺")
    sale = {"at_branch": True, "product": "wealth", "in_sales_area": True, "recorded": False}
    assert said("DR-001", **sale) == "不得销售：不符合“每笔销售录音录像”。"
    assert said("CMP-017", asked=("notarised_proxy",)) == "不得要求代为投诉的人提供：公证的委托书。"
    assert said("MKT-001", text="全国第一的银行") == "暂缓：含有“第一”，请人工判断后再定。"


def test_a_missing_yes_or_no_is_asked_as_one() -> None:
    assert said("PI-010") == "不能确定，尚缺：确认泄露、毁损、丢失的时刻、是否可能危及人身、财产安全。"


def test_two_possible_ends_go_to_a_jurist() -> None:
    version = book().get("PI-016", date(2020, 1, 1))
    facts = {"relation_end_on": date(2020, 1, 1)}
    outcome = decide(book().rule("PI-016"), version, facts)
    told = conclude(book().rule("PI-016"), version, facts, outcome)
    assert told == "待定：2025-01-01和2030-01-01之间须法务认定，认定前从严。"


def test_the_command_says_it_first(capsys: pytest.CaptureFixture[str]) -> None:
    _, answer, _ = ask(capsys, "check CMP-018 --on 2026-01-10 --fact representatives=6")
    assert answer["say"] == "代表不得超过5名，请推选代表。"
    _, due, _ = ask(capsys, "due CMP-035 --received 2026-03-01")
    assert due["say"] == "最迟2026-03-31共同向人民法院申请司法确认。"


def test_kinds_that_yield_days_have_a_sentence_for_them() -> None:
    for rule in book():
        verdicts = {one.verdict for version in rule.versions for one in version.examples}
        if Verdict.DUE in verdicts:
            assert "{value}" in conclusions()[rule.id].due, rule.id
            assert rule.kind in (Kind.CLOCK, Kind.CALENDAR, Kind.RETENTION)


def test_a_major_complaint_is_called_one() -> None:
    assert said("CMP-019", cause="public_health") == "属于重大消费投诉：启动应急预案并报告。"
    calm = {"cause": "fee", "face_to_face_persons": 1, "regulator_designated": False, "similar_event": False}
    assert said("CMP-019", **calm) == "不属于重大消费投诉，按一般投诉办理。"
    assert said("CMP-011", filer="stranger", filer_told=True).endswith("可以不予办理。")


def test_of_two_ways_neither_taken_both_are_named() -> None:
    facts = {"pushed_after_off": False, "price_differs_by_profile": False, "tags_deletable": True}
    told = said("MKT-015", **facts, non_personal_option=False, off_switch=False)
    assert told == "不得推送：既不符合“提供不针对个人特征的选项”，也不符合“提供便捷的关闭选项”。"


def test_an_unrecorded_year_is_named_and_no_jurist_is_sent_for() -> None:
    start = date(2026, 12, 10)
    told = said("CMP-035", agreed_on=start, both_apply=True, done_on=date(2027, 1, 11))
    assert told == "不能确定，尚缺：放假安排。"
