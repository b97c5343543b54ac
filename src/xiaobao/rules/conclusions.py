"""The one sentence an officer reads first: each rule's own conclusion, written by hand in `conclusions.txt`.

Read from beside this module the first time a conclusion is asked for; deciding itself never needs it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from xiaobao.rules.fact_words import value_word
from xiaobao.rules.facts import asked_zh
from xiaobao.rules.kinds.gate import GateParams, any_holds, holds
from xiaobao.rules.values import Condition, Kind, Outcome, Rule, Verdict, Version

FILE = os.path.join(os.path.dirname(__file__), "conclusions.txt")
BAD = (Verdict.FAIL, Verdict.HOLD, Verdict.REFUSE)


class Conclusion(NamedTuple):
    """A rule's sentences: when it is kept, when it is not, when a day follows."""

    kept: str
    broken: str
    due: str


@lru_cache(maxsize=1)
def conclusions() -> dict[str, Conclusion]:
    """The sentences of every rule by its id."""
    with open(FILE, encoding="utf-8") as opened:
        lines = [line.rstrip("\n").split("|") for line in opened if not line.startswith("#")]
    return {id_: Conclusion(kept, broken, due) for id_, kept, broken, due in lines}


def conclude(rule: Rule, version: Version, facts: Mapping[str, Any], outcome: Outcome) -> str:
    """The outcome in one sentence; what is missing is said, and why a rule does not apply."""
    if outcome.verdict is Verdict.NOT_APPLICABLE:
        return f"不适用：{outcome.steps[1].say if len(outcome.steps) > 1 else rule.title}。"
    if outcome.verdict is Verdict.DUE and outcome.value is None:
        return f"{outcome.steps[1].say}。"
    if outcome.verdict is Verdict.UNDECIDED:
        return _open(version, outcome)
    own = conclusions().get(rule.id)
    done = _done(rule, facts, outcome)
    sentence = (own.due if done else _pick(rule, own, outcome)) if own else ""
    if not sentence:
        return f"{rule.title}：{outcome.verdict.label}。"
    return sentence.format_map(_words(rule, version, facts, outcome)) + done


def _done(rule: Rule, facts: Mapping[str, Any], outcome: Outcome) -> str:
    """Whether what has been done was in time, for clocks and files; empty while nobody says when."""
    days = [facts[name] for name in ("done_on", "done_at", "destroyed_on") if facts.get(name) is not None]
    if rule.kind not in (Kind.CLOCK, Kind.RETENTION) or outcome.verdict not in (Verdict.PASS, Verdict.FAIL):
        return ""
    return next((f"{step.say}。" for step in reversed(outcome.steps) if step.value in days), "")


def _pick(rule: Rule, own: Conclusion, outcome: Outcome) -> str:
    if rule.kind is Kind.SCAN and outcome.verdict is Verdict.HOLD:
        return "暂缓：含有“{gaps}”，请人工判断后再定。"
    if outcome.verdict in BAD:
        return own.broken
    return own.due if outcome.verdict is Verdict.DUE else own.kept


def _open(version: Version, outcome: Outcome) -> str:
    if isinstance(outcome.value, tuple):
        return f"待定：{said(outcome.value)}之间须法务认定，认定前从严。"
    names = "、".join(asked_zh(version, name) for name in outcome.missing)
    return f"不能确定，尚缺：{names}。"


def _words(rule: Rule, version: Version, facts: Mapping[str, Any], outcome: Outcome) -> dict[str, str]:
    return {
        "value": said(outcome.value, version),
        "gaps": "、".join(_gaps(rule, version, facts, outcome)) or outcome.verdict.label,
        "days": str(facts.get("days", "")),
    }


def said(value: Any, version: Version | None = None) -> str:
    """A value in words: days as such, moments to the minute, several with their names."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "，".join(f"{_name(version, key)}{said(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return "和".join(said(one) for one in value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _name(version: Version | None, key: str) -> str:
    params = version.params if version else None
    for title, one in getattr(params, "stages", ()):
        if one.start == key:
            return f"{title}最迟"
    return next((f"{one.label} " for one in getattr(params, "ratios", ()) if one.key == key), "")


def _gaps(rule: Rule, version: Version, facts: Mapping[str, Any], outcome: Outcome) -> list[str]:
    """What is lacking, exceeded or found, in the office's words."""
    params = version.params
    if rule.kind is Kind.GATE and isinstance(params, GateParams):
        unmet = [_unmet(test) for test in params.require if holds(test, dict(facts)) is False]
        return unmet + [_neither(group) for group in params.one_of if any_holds(group, dict(facts)) is False]
    if rule.kind is Kind.RETENTION:
        return [str(label) for name, label in params.holds if facts.get(name)]
    if rule.kind is Kind.CLOCK:
        return [step.say for step in outcome.steps if not step.used]
    value = outcome.value if isinstance(outcome.value, tuple) else ()
    labels = _labels(version)
    return [str(labels.get(name) or value_word("asked", name)) for name in value]


def _unmet(test: Condition) -> str:
    """A condition that must not hold is said as it is; one that must, as what is not met."""
    return test.say if (test.op, test.value) == ("is", False) else f"不符合“{test.say}”"


def _neither(group: tuple[Condition, ...]) -> str:
    """None of the alternatives is met."""
    return "既不符合" + "，也不符合".join(f"“{test.say}”" for test in group)


def _labels(version: Version) -> dict[str, str]:
    params = version.params
    labels = {key: label for key, label, _ in getattr(params, "items", ())}
    for name in ("fields", "more", "cover"):
        labels |= dict(getattr(params, name, ()))
    return labels | {bound.measure: bound.label for bound in getattr(params, "bounds", ())}
