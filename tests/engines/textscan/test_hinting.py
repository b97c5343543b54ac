"""Hints: only where no rule struck, never more than 提示, never a citation, with the words that weighed, off by a switch."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.engines.textscan.measure import PARTS, UNSEEN, passages
from tests.engines.textscan.teach import lessons
from xiaobao.engines.textscan import Plan, Report, Severity, document_of, request_of, scan, shipped
from xiaobao.engines.textscan.hinting import FILE, MOST, RULE, Hints, runs_of, shipped_hints
from xiaobao.engines.textscan.sealing import seal

_TOPIC = "保本承诺"


def _hints(**more: float) -> Hints:
    grams = {run: (weight, {0: weight}) for run, weight in more.items()}
    return Hints(-0.5, 0.0, grams, (_TOPIC, "夸大表述"), (0.0, 0.1), "hints-test")


def _report(text: str, hints: Hints | None) -> Report:
    book = shipped()
    return scan(document_of(text), request_of(text, material="海报"), Plan(book.plan.rules, "", hints))


def test_a_hint_asks_a_person_cites_nothing_and_shows_what_weighed() -> None:
    text = "本行新装的木门颜色很好看，欢迎参观"
    (found,) = _report(text, _hints(木门=9.0, 颜色=4.0)).findings
    assert (found.severity, found.rule, found.topic, found.span) == (Severity.HINT, RULE, _TOPIC, text)
    assert found.article == "相近表述提示，无出处"
    assert "木门、颜色" in found.why
    assert found.why.startswith("没有规则命中")
    assert found.suggestion == ""
    assert found.version == "hints-test"


def test_where_a_rule_struck_no_hint_is_given() -> None:
    text = "本行新装的木门颜色很好看，零风险理财"
    rules = {found.rule for found in _report(text, _hints(木门=9.0)).findings}
    assert rules
    assert RULE not in rules


def test_of_a_long_text_each_sentence_is_weighed_and_most_are_counted() -> None:
    lines = [f"屋子{at}里的木门都已经刷过了漆。" for at in range(MOST + 7)]
    report = _report("\n".join(lines), _hints(木门=9.0))
    hints = [found for found in report.findings if found.rule == RULE]
    assert len(hints) == MOST
    assert all(found.span in lines for found in hints)
    assert any("另有 7 处" in remark for remark in report.remarks)


@pytest.mark.parametrize("text", ["", "木门", "本行新装的窗子颜色很好看，欢迎参观"])
def test_a_short_or_light_text_gets_none(text: str) -> None:
    assert all(found.rule != RULE for found in _report(text, _hints(木门=9.0)).findings)


def test_figures_count_as_one_sign_and_runs_once() -> None:
    assert runs_of("12%3%") == ["0", "%", "0%", "%0", "0%0", "%0%"]


def test_the_switch_leaves_the_rules_alone() -> None:
    text = "把钱交给我们，一分都不会少，放心睡觉，躺着等钱"
    quiet = shipped().without_hints()
    assert (quiet.name, len(quiet)) == (shipped().name, len(shipped()))
    report = scan(document_of(text), request_of(text, material="海报"), quiet.plan)
    assert all(found.rule != RULE for found in report.findings)


def test_the_shipped_weights_name_topics_of_the_book_and_the_same_text_says_the_same() -> None:
    hints = shipped_hints()
    assert hints is not None
    assert hints is shipped().plan.hints
    assert set(hints.topics) <= set(shipped().topics())
    text = "名下车子、房子随便拿一样来，钱马上躺进您的卡里"
    assert hints.weigh(text) == hints.weigh(text)
    assert shipped_hints.__wrapped__(FILE.with_name("none.json")) is None


def test_the_weights_are_under_the_seal(tmp_path: Path) -> None:
    (tmp_path / "hints.json").write_text(json.dumps({"bias": 0}))
    before = seal({}, [tmp_path])
    (tmp_path / "hints.json").write_text(json.dumps({"bias": 1}))
    assert seal({}, [tmp_path]) != before


def test_the_newest_held_out_part_does_not_teach() -> None:
    assert PARTS[-1] == UNSEEN
    unseen = {row["input"] for row in passages(UNSEEN)}
    assert unseen.isdisjoint(text for text, _ in lessons(()))
