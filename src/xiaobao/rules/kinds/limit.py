"""Limits: a measure that must not pass a most, or must reach a least.

Tighter means a lower most, a higher least, a longer window for a most, a wider population.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from xiaobao.rules.values import Finding, Step, Unit, Verdict


@dataclass(frozen=True, slots=True)
class Bound:
    """One measure with its most or least, the unit it is counted in, and the window."""

    measure: str
    label: str
    most: int | None = None
    least: int | None = None
    unit: str = ""
    window: int = 0
    window_unit: Unit = Unit.DAY
    over: bool = False
    """`over`: the most itself is already too much (超过 is not meant)."""


@dataclass(frozen=True, slots=True)
class LimitParams:
    """All bounds must be kept; the value is the room left by the first one."""

    bounds: tuple[Bound, ...]
    effect: Verdict = Verdict.REFUSE


def decide(params: LimitParams, facts: dict[str, Any]) -> Finding:
    """Pass with the room left, or the effect with what is exceeded."""
    known = [(bound, facts[bound.measure]) for bound in params.bounds if facts.get(bound.measure) is not None]
    broken = [bound for bound, measured in known if _room(bound, measured) < 0]
    missing = tuple(bound.measure for bound in params.bounds if facts.get(bound.measure) is None)
    steps = tuple(_step(bound, measured) for bound, measured in known)
    if broken:
        return Finding(params.effect, tuple(bound.measure for bound in broken), steps)
    if missing:
        return Finding(Verdict.UNDECIDED, None, steps, missing)
    return Finding(Verdict.PASS, _room(*known[0]), steps)


def _room(bound: Bound, measured: Any) -> Any:
    room = bound.most - measured if bound.most is not None else measured - (bound.least or 0)
    return room - 1 if bound.over else room


def _step(bound: Bound, measured: Any) -> Step:
    word = "不超过" if bound.most is not None else "不少于"
    figure = bound.most if bound.most is not None else bound.least
    within = f"{bound.window}{bound.window_unit.label}内" if bound.window else ""
    return Step(f"{within}{bound.label}{word}{figure}{bound.unit}，现为{measured}{bound.unit}", measured)
