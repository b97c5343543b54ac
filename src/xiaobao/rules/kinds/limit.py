"""Limits: a measure that must not pass a most, or must reach a least.

Tighter means a lower most, a higher least, a longer window for a most, a wider population.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.rules.values import Finding, Step, Unit, Verdict


class Bound(NamedTuple):
    """One measure with its most or least, the unit it is counted in, and the window.

    `over`: the most itself is already too much. `log` names a fact with the days to count when the measure
    itself is not given: those within `window` up to and including the fact `on`. `words` picks its citation, as a
    condition's do. `bearer` is whom the measure binds: cutting what a `customer` may do or bring asks more of the
    customer, which is looser.
    """

    measure: str
    label: str
    most: int | None = None
    least: int | None = None
    unit: str = ""
    window: int = 0
    window_unit: Unit = Unit.DAY
    over: bool = False
    log: str = ""
    words: tuple[str, ...] = ()
    bearer: str = "bank"


class LimitParams(NamedTuple):
    """All bounds must be kept; the value is the room left by the first one."""

    bounds: tuple[Bound, ...]
    effect: Verdict = Verdict.REFUSE


class Ratio(NamedTuple):
    """`measure` for every `per` of `base`, rounded to two places."""

    key: str
    label: str
    measure: str
    base: str
    per: int


class RatioParams(NamedTuple):
    """Ratios that must be computed alike by everybody; no bound is set on them."""

    ratios: tuple[Ratio, ...]


def decide(params: LimitParams | RatioParams, facts: dict[str, Any]) -> Finding:
    """Pass with the room left, or the effect with what is exceeded; ratios are computed."""
    if isinstance(params, RatioParams):
        return _ratios(params, facts)
    return _bounds(params, facts)


def _ratios(params: RatioParams, facts: dict[str, Any]) -> Finding:
    names = dict.fromkeys(name for ratio in params.ratios for name in (ratio.measure, ratio.base))
    missing = tuple(name for name in names if facts.get(name) is None)
    empty = tuple(ratio.base for ratio in params.ratios if facts.get(ratio.base) == 0)
    if missing or empty:
        return Finding(Verdict.UNDECIDED, missing=(*missing, *dict.fromkeys(empty)))
    value = {
        ratio.key: round(facts[ratio.measure] * ratio.per / facts[ratio.base], 2) for ratio in params.ratios
    }
    steps = tuple(Step(f"{value[ratio.key]:,}{ratio.label}", value[ratio.key]) for ratio in params.ratios)
    return Finding(Verdict.PASS, value, steps)


def _bounds(params: LimitParams, facts: dict[str, Any]) -> Finding:
    measures = [(bound, _measure(bound, facts)) for bound in params.bounds]
    known = [(bound, measured) for bound, measured in measures if measured is not None]
    broken = [bound for bound, measured in known if _room(bound, measured) < 0]
    missing = tuple(bound.measure for bound, measured in measures if measured is None)
    steps = tuple(_step(bound, measured) for bound, measured in known)
    if broken:
        return Finding(params.effect, tuple(bound.measure for bound in broken), steps, missing)
    if missing:
        return Finding(Verdict.UNDECIDED, None, steps, missing)
    return Finding(Verdict.PASS, _room(*known[0]), steps)


def _measure(bound: Bound, facts: dict[str, Any]) -> Any:
    measured = facts.get(bound.measure)
    if measured is not None or not bound.log:
        return measured
    on = facts.get("on")
    if on is None or facts.get(bound.log) is None:
        return None
    begin = (
        days.add_months(on, -bound.window)
        if bound.window_unit is Unit.MONTH
        else days.add_days(on, -bound.window)
    )
    return sum(begin < day <= on for day in facts[bound.log])


def _room(bound: Bound, measured: Any) -> Any:
    room = bound.most - measured if bound.most is not None else measured - (bound.least or 0)
    return room - 1 if bound.over else room


def _step(bound: Bound, measured: Any) -> Step:
    word = "不超过" if bound.most is not None else "不少于"
    figure = bound.most if bound.most is not None else bound.least
    within = f"{bound.window}{bound.window_unit.label}内" if bound.window else ""
    return Step(f"{within}{bound.label}{word}{figure}{bound.unit}，现为{measured}{bound.unit}", measured)
