"""Conditions compiled to closures: data in, a plain function out, nothing is ever executed as text."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xiaobao.engines.fraud.windows import Condition, Operator

Test = Callable[[Mapping[str, Any]], bool]

COMPARE: dict[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.IN: lambda value, choices: value in choices,
}


def compile_conditions(conditions: Sequence[Condition]) -> Test:
    """A function that tells whether all conditions hold; a missing field never holds."""
    parts = [(item.field, COMPARE[item.operator], item.constant) for item in conditions]

    def holds(row: Mapping[str, Any]) -> bool:
        for field, compare, constant in parts:
            value = row.get(field)
            if value is None or not compare(value, constant):
                return False
        return True

    return holds
