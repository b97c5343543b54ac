"""What facts a rule asks for: their types, what the office calls them, and the refusal of a wrong one.

Types and samples are read off the version's own examples; a fact that only its parameters name takes the type its
condition compares with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from xiaobao.kernel.days import SHANGHAI, parse_day, parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.terms import Term
from xiaobao.rules.fact_words import FACTS, VALUES, fact_word
from xiaobao.rules.kinds.approval import ApprovalParams
from xiaobao.rules.kinds.clock import ClockParams, StageParams
from xiaobao.rules.kinds.period import PeriodParams
from xiaobao.rules.kinds.retention import RetentionParams
from xiaobao.rules.near import meant_by
from xiaobao.rules.values import Condition, Rule, Unit, Version, plain

_FIGURE = re.compile(r"-?\d{1,18}(\.\d{1,6})?", re.ASCII)
_DAY = date(2026, 3, 1)
_MOMENT = datetime(2026, 3, 1, 9, tzinfo=SHANGHAI)
# Facts whose words are examples: others may be told, and fall under none of those the law names.
OPEN_VALUES = frozenset({"product", "purpose", "cause", "channel", "endorser", "action"})
# Facts that tell when something was done or looked at, not when the duty arose.
DONE = frozenset({"done_on", "done_at", "destroyed_on", "as_of"})
TRUTHS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


class FactType(Term):
    """What a fact is."""

    DAY = "day", "日期"
    MOMENT = "moment", "日期和时刻"
    DAYS = "days", "若干日期"
    NUMBER = "number", "数字"
    FLAG = "flag", "是或否"
    TEXT = "text", "文字"
    NAMES = "names", "若干名称"
    MARKS = "marks", "逐项是或否"


class Fact(NamedTuple):
    """A fact a version asks for: its name, type, what the office calls it, and one value as a sample."""

    name: str
    type: FactType
    label: str
    sample: Any


def facts_of(version: Version) -> dict[str, Fact]:
    """Every fact the version asks for, by name, in the order the rule names them."""
    samples: dict[str, Any] = {}
    for example in version.examples:
        for name, value in example.facts.items():
            if name not in samples or value not in ((), {}, ""):
                samples[name] = value
    for test in conditions(version):
        samples.setdefault(test.fact, _sample_of(test))
    for name, value in _of_kind(version.params).items():
        samples.setdefault(name, value)
    return {name: Fact(name, type_of(value), fact_word(name), value) for name, value in samples.items()}


def type_of(value: Any) -> FactType:
    """The type of a value. A moment is also a day on paper, never the other way round."""
    if isinstance(value, bool):
        return FactType.FLAG
    if isinstance(value, datetime):
        return FactType.MOMENT
    if isinstance(value, date):
        return FactType.DAY
    if isinstance(value, int | float):
        return FactType.NUMBER
    if isinstance(value, Mapping):
        return FactType.MARKS
    if isinstance(value, tuple | list | frozenset | set):
        return FactType.DAYS if value and all(isinstance(one, date) for one in value) else FactType.NAMES
    return FactType.TEXT


def asked_zh(version: Version, name: str) -> str:
    """A missing fact as it is asked for: 是否… where it is a yes or a no."""
    label, known = label_of(version, name), facts_of(version).get(name)
    is_flag = "." in name or (known is not None and known.type is FactType.FLAG)
    return f"是否{label}" if is_flag else label


def label_of(version: Version, name: str) -> str:
    """What the office calls a fact, or one item of a list (`done.key`)."""
    outer, dot, inner = name.partition(".")
    if dot:
        return next((label for key, label, _ in getattr(version.params, "items", ()) if key == inner), inner)
    return fact_word(outer)


def conditions(version: Version) -> tuple[Condition, ...]:
    """Every condition the version sets: its scope, its exceptions, and what a gate looks at."""
    tests = getattr(version.params, "tests", ())
    return (*version.scope, *(test for clause in version.unless for test in clause.tests), *tests)


def _of_kind(params: Any) -> dict[str, Any]:
    """Facts the kind itself looks at, whatever the examples tell."""
    if isinstance(params, RetentionParams):
        starts = {span.start: _DAY for span in (*params.at_least, *params.delete_by)}
        return starts | {name: True for name, _ in params.holds} | {"destroyed_on": _DAY}
    if isinstance(params, ClockParams):
        return {"done_at": _MOMENT} if params.unit is Unit.HOUR else {"done_on": _DAY}
    if isinstance(params, StageParams):
        return {"done_on": _DAY}
    if isinstance(params, ApprovalParams):
        return {"persons": 2}
    if not isinstance(params, PeriodParams):
        return {}
    counted = {"times": params.times} if params.times else {}
    covered = {"covered": tuple(name for name, _ in params.cover)} if params.cover else {}
    ended = {"as_of": _DAY} if counted or covered else {}
    begin: dict[str, Any] = {"last_on": _DAY} if params.every_months else {"year": _DAY.year}
    if params.unnumbered and not params.over:
        return {"last_on": _DAY}
    return begin | counted | covered | ended | {"done_on": _DAY}


def _sample_of(test: Condition) -> Any:
    if test.op == "is":
        return True
    if test.op in ("in", "not in"):
        return next(iter(test.value), "")
    return test.value


def check_types(rule: Rule, version: Version, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of facts the version does not ask for, which therefore change nothing.

    Raises: InvalidInput `rules.fact_type` naming rule, version, fact, what it should be and a sample.
    """
    asked = facts_of(version)
    for name, value in facts.items():
        known = asked.get(name)
        if known is None or value is None:
            continue
        found = type_of(value)
        if found is not known.type and not _fits(found, known.type, value):
            raise wrong_type(rule, version, known, value)
        if found is FactType.MARKS:
            _check_marks(rule, version, name, value)
    return tuple(name for name in facts if name not in asked)


def _check_marks(rule: Rule, version: Version, name: str, marks: Mapping[str, Any]) -> None:
    for key, mark in marks.items():
        if not isinstance(mark, bool | None):
            item = f"{name}.{key}"
            raise wrong_type(rule, version, Fact(item, FactType.FLAG, label_of(version, item), True), mark)


def _fits(found: FactType, wanted: FactType, value: Any) -> bool:
    return {found, wanted} <= {FactType.NAMES, FactType.DAYS} and not value


def wrong_type(rule: Rule, version: Version, fact: Fact, value: Any) -> InvalidInput:
    """The refusal of one fact."""
    return InvalidInput(
        "rules.fact_type",
        field=fact.name,
        rule=rule.id,
        version=version.name,
        say=f"{rule.id}（{version.name}版）的事实{fact.name}（{fact.label}）类型不对：{plain(value)}，"
        f"应为{fact.type.label}，例如 {_sample_words(fact.sample)}",
    )


def _sample_words(sample: Any) -> str:
    """A sample as it is typed; of several values the first two."""
    found = plain(sample)
    return ",".join(str(one) for one in found[:2]) if isinstance(found, list) else str(found)


def read_facts(rule: Rule, version: Version, pairs: Mapping[str, str]) -> dict[str, Any]:
    """Texts read as the facts the version asks for; a name it does not ask for stays text.

    `done.key` fills the map `done`. Raises: InvalidInput `rules.fact_name`, `rules.fact_value`, `rules.negative`,
    `rules.fact_type`, `day.impossible`.
    """
    asked = facts_of(version)
    facts: dict[str, Any] = {}
    for name, text in pairs.items():
        outer, dot, inner = name.partition(".")
        _check_name(rule, version, name)
        if dot:
            facts.setdefault(outer, {})[inner] = _read(FactType.FLAG, text)
        elif outer in asked:
            facts[outer] = _known(rule, version, asked[outer], _read(asked[outer].type, text))
        else:
            facts[outer] = text
    check_types(rule, version, facts)
    return facts


def _check_name(rule: Rule, version: Version, name: str) -> None:
    """Refuse a fact no rule knows, and an item its list does not have. Raises: InvalidInput `rules.fact_name`."""
    outer, dot, inner = name.partition(".")
    where = f"{rule.id}（{version.name}版）"
    if outer not in FACTS:
        meant = meant_by(outer, (*facts_of(version), *FACTS), FACTS)
        known = "、".join(f"{one}（{fact.label}）" for one, fact in facts_of(version).items())
        said = f"{where}没有事实“{outer}”{meant}；可用：{known}"
        raise InvalidInput("rules.fact_name", field=outer, rule=rule.id, say=said)
    items = {key: label for key, label, _ in getattr(version.params, "items", ())}
    if dot and inner not in items:
        meant = meant_by(inner, items, items)
        known = "、".join(f"{outer}.{key}（{label}）" for key, label in items.items()) or f"没有{outer}的各项"
        raise InvalidInput(
            "rules.fact_name",
            field=name,
            rule=rule.id,
            say=f"{where}的清单没有“{inner}”{meant}；可用：{known}",
        )


def _known(rule: Rule, version: Version, fact: Fact, value: Any) -> Any:
    """The value by its code, where its words were given. Raises: InvalidInput `rules.fact_value`, `rules.negative`."""
    where = f"{rule.id}（{version.name}版）的事实{fact.name}（{fact.label}）"
    if fact.type is FactType.NUMBER and isinstance(value, int | float) and value < 0:
        raise InvalidInput("rules.negative", field=fact.name, rule=rule.id, say=f"{where}不能是负数：{value}")
    if fact.type is not FactType.TEXT or fact.name in OPEN_VALUES or fact.name not in VALUES:
        return value
    known = VALUES[fact.name]
    code = next((code for code, label in known.items() if value in (code, label)), None)
    if code is None:
        listed = "、".join(f"{code}（{label}）" for code, label in known.items())
        raise InvalidInput(
            "rules.fact_value", field=fact.name, rule=rule.id,
            say=f"{where}没有“{value}”{meant_by(str(value), known, known)}；可用：{listed}",
        )  # fmt: skip
    return code


def _read(wanted: FactType, text: str) -> Any:
    """The value, or the bare text where it is nothing of the kind: the check then says so."""
    said = text.strip()
    if wanted is FactType.FLAG:
        return TRUTHS.get(said.lower(), said)
    if wanted is FactType.NUMBER:
        return _number(said)
    if wanted in (FactType.DAY, FactType.MOMENT):
        return _when(said, wanted)
    parts = tuple(part.strip() for part in said.replace("，", ",").split(",") if part.strip())
    if wanted is FactType.DAYS:
        return tuple(_when(part, FactType.DAY) for part in parts)
    return parts if wanted is FactType.NAMES else said


def _number(text: str) -> Any:
    bare = unicodedata.normalize("NFKC", text).replace(",", "").replace("_", "")
    if not _FIGURE.fullmatch(bare):
        return text
    return float(bare) if "." in bare else int(bare)


def _when(text: str, wanted: FactType) -> Any:
    if wanted is FactType.MOMENT and ":" not in text:
        return text
    try:
        return parse_moment(text) if wanted is FactType.MOMENT else parse_day(text)
    except InvalidInput as error:
        if error.code in ("day.impossible", "day.far"):
            raise
        return text
