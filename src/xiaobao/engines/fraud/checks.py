"""Static checks of a rule set before anybody may approve it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from xiaobao.engines.fraud.rules import Rule, RuleSet
from xiaobao.engines.fraud.windows import Condition, Operator

_NUMERIC = (Operator.LT, Operator.LE, Operator.GT, Operator.GE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with which rule; `code` is one of unknown_field, wrong_type, contradiction,
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
    return [*found, *_together(rules)]


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
        found += _contradictions(rule)
    if rule.until and rule.until <= rule.since:
        found.append(Problem(rule.id, "unreachable", "失效时间不晚于生效时间，规则永远不会命中"))
    if rule.points == 0 and rule.outcome is None:
        found.append(Problem(rule.id, "no_effect", "既没有分值也没有处置结果，命中后没有作用"))
    return found


def _declared(field: str, fields: Mapping[str, type]) -> type | None:
    return str if field.startswith("attr.") and field not in fields else fields.get(field)


def _fits(item: Condition, declared: type) -> bool:
    if item.operator is Operator.IN:
        return isinstance(item.constant, tuple)
    if item.field.startswith("attr."):
        return True
    if declared is str:
        return isinstance(item.constant, str) and item.operator not in _NUMERIC
    return isinstance(item.constant, int | float)


def _contradictions(rule: Rule) -> list[Problem]:
    found = []
    for field in dict.fromkeys(item.field for item in rule.when):
        items = [item for item in rule.when if item.field == field]
        if not _satisfiable(items):
            found.append(Problem(rule.id, "contradiction", f"对“{field}”的条件互相矛盾，规则永远不会命中"))
    return found


def _satisfiable(items: list[Condition]) -> bool:
    """Whether one value can meet all comparisons of a field."""
    equal = [item for item in items if item.operator is Operator.EQ]
    if equal:
        return all(_holds(item, equal[0].constant) for item in items)
    low, low_open, high, high_open = -inf, False, inf, False
    for item in items:
        if not isinstance(item.constant, int | float):
            continue
        if item.operator in (Operator.GT, Operator.GE) and (item.constant, item.operator is Operator.GT) > (
            low,
            low_open,
        ):
            low, low_open = item.constant, item.operator is Operator.GT
        if item.operator in (Operator.LT, Operator.LE) and (-item.constant, item.operator is Operator.LT) > (
            -high,
            high_open,
        ):
            high, high_open = item.constant, item.operator is Operator.LT
    return low < high or (low == high and not low_open and not high_open)


def _holds(item: Condition, value: object) -> bool:
    from xiaobao.engines.fraud.conditions import COMPARE

    return COMPARE[item.operator](value, item.constant)


def _together(rules: RuleSet) -> list[Problem]:
    found = []
    ids: set[str] = set()
    seen: dict[frozenset[Condition], str] = {}
    for rule in rules.rules:
        if rule.id in ids:
            found.append(Problem(rule.id, "duplicate", "规则编号重复"))
        ids.add(rule.id)
        same = seen.setdefault(frozenset(rule.when), rule.id)
        if same != rule.id:
            found.append(Problem(rule.id, "duplicate", f"条件与规则 {same} 完全相同"))
    return found
