"""Static checks of a rule set before anybody may approve it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from xiaobao.engines.fraud.domains import Values, domain_of, meeting
from xiaobao.engines.fraud.events import EVENT_FIELDS
from xiaobao.engines.fraud.rules import Rule, RuleSet
from xiaobao.engines.fraud.windows import Aggregate, Condition, FeatureSet, Operator

_LEVEL = "分档"
_NUMERIC = (Operator.LT, Operator.LE, Operator.GT, Operator.GE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which rule (`分档`: with a level); `code` is one of unknown_field, wrong_type, contradiction,
    unreachable, duplicate, no_effect.
    """

    rule: str
    code: str
    say: str


def check_rules(rules: RuleSet, fields: Mapping[str, type]) -> list[Problem]:
    """Every problem found; an empty list lets the set go on to the back-test.

    `fields` are the declared features, event fields, list hits and scores with their types.
    """
    found = [problem for rule in rules.rules for problem in _alone(rule, fields)]
    return [*found, *_together(rules, fields), *_levels(rules)]


def feature_types(features: FeatureSet) -> dict[str, type]:
    """What each feature holds: counts are whole, the last of words is a word, of an attribute anything."""
    found: dict[str, type] = {}
    for window in features.windows:
        if window.aggregate in (Aggregate.COUNT, Aggregate.DISTINCT):
            found[window.name] = int
        elif window.aggregate in (Aggregate.LAST, Aggregate.MIN, Aggregate.MAX):
            found[window.name] = (
                object if window.value.startswith("attr.") else EVENT_FIELDS.get(window.value, float)
            )
        else:
            found[window.name] = float
    return found


def _alone(rule: Rule, fields: Mapping[str, type]) -> list[Problem]:
    found = []
    for item in rule.when:
        declared = _declared(item.field, fields)
        if declared is None:
            found.append(Problem(rule.id, "unknown_field", f"字段“{item.field}”没有声明，请从特征表中选择"))
        elif not _fits(item, declared):
            found.append(
                Problem(
                    rule.id, "wrong_type", f"“{item.field}”不能与 {item.constant!r} 作“{item.operator}”比较"
                )
            )
    if not rule.when:
        found.append(Problem(rule.id, "unreachable", "规则没有条件：会命中每一笔，请至少写一个条件"))
    if not any(problem.code == "wrong_type" for problem in found):
        found += _contradictions(rule, fields)
    if rule.until and rule.until <= rule.since:
        found.append(Problem(rule.id, "unreachable", "失效时间不晚于生效时间，规则永远不会命中"))
    if rule.points == 0 and rule.outcome is None:
        found.append(Problem(rule.id, "no_effect", "既没有分值也没有处置结果，命中后没有作用"))
    return found


def _declared(field: str, fields: Mapping[str, type]) -> type | None:
    return str if field.startswith("attr.") and field not in fields else fields.get(field)


def _fits(item: Condition, declared: type) -> bool:
    constants = item.constant if isinstance(item.constant, tuple) else (item.constant,)
    if (item.operator is Operator.IN) != isinstance(item.constant, tuple):
        return False
    if declared is object or item.field.startswith("attr."):
        return True
    if declared is str:
        return all(isinstance(one, str) for one in constants) and item.operator not in _NUMERIC
    return all(isinstance(one, int | float) for one in constants)


def _met(rule: Rule, fields: Mapping[str, type]) -> dict[str, Values]:
    """For each field of the rule the values that meet all of its comparisons."""
    names = dict.fromkeys(item.field for item in rule.when)
    return {
        name: meeting(
            [item for item in rule.when if item.field == name], domain_of(name, _declared(name, fields))
        )
        for name in names
    }


def _contradictions(rule: Rule, fields: Mapping[str, type]) -> list[Problem]:
    return [
        Problem(rule.id, "contradiction", f"对“{field}”的条件互相矛盾或超出取值范围，规则永远不会命中")
        for field, values in _met(rule, fields).items()
        if values.empty
    ]


def _together(rules: RuleSet, fields: Mapping[str, type]) -> list[Problem]:
    found = []
    ids: set[str] = set()
    seen: dict[frozenset[tuple[str, Values]], list[Rule]] = {}
    for rule in rules.rules:
        if rule.id in ids:
            found.append(Problem(rule.id, "duplicate", "规则编号重复"))
        ids.add(rule.id)
        alike = seen.setdefault(frozenset(_met(rule, fields).items()), [])
        same = next((one for one in alike if one.id != rule.id and _overlap(one, rule)), None)
        if same is not None:
            found.append(Problem(rule.id, "duplicate", f"条件与规则 {same.id} 完全相同"))
        alike.append(rule)
    return found


def _overlap(one: Rule, other: Rule) -> bool:
    """Whether both are ever in force together: a rule and its successor may say the same."""
    return (not one.until or other.since < one.until) and (not other.until or one.since < other.until)


def _levels(rules: RuleSet) -> list[Problem]:
    levels = sorted(rules.thresholds, key=lambda level: level.points)
    found = [
        Problem(_LEVEL, "no_effect", f"分值 {level.points} 不大于 0，会“{level.outcome.label}”每一笔")
        for level in levels
        if level.points <= 0 and level.outcome
    ]
    for below, above in pairwise(levels):
        if below.points == above.points:
            found.append(Problem(_LEVEL, "duplicate", f"分值 {above.points} 写了两次"))
        elif above.outcome < below.outcome:
            found.append(
                Problem(
                    _LEVEL,
                    "contradiction",
                    f"分值 {above.points} 的处置“{above.outcome.label}”比 {below.points} 分的“{below.outcome.label}”还松",
                )
            )
    return found
