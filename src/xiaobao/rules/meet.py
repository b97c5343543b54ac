"""The stricter of two findings, kind by kind: commutative, associative, idempotent, never looser than either.

Unlike units never meet on paper; their results do. What counts as stricter stands in each kind's module.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiaobao.rules.values import Finding, Kind, Step, Verdict

# From the mildest to the strictest.
SEVERITY = (
    Verdict.NOT_APPLICABLE,
    Verdict.PASS,
    Verdict.DUE,
    Verdict.ENDED,
    Verdict.UNDECIDED,
    Verdict.HOLD,
    Verdict.FAIL,
    Verdict.REFUSE,
)


def severity(verdict: Verdict) -> int:
    """Place of a verdict from the mildest to the strictest."""
    return SEVERITY.index(verdict)


def meet(kind: Kind, one: Finding, other: Finding) -> Finding:
    """The stricter of both, with the steps and the missing facts of both."""
    verdict = max(one.verdict, other.verdict, key=severity)
    return Finding(
        verdict,
        _VALUES[kind](one, other),
        _union(one.steps, other.steps),
        tuple(sorted({*one.missing, *other.missing})),
    )


def _union(one: tuple[Step, ...], other: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(sorted({step.say: step for step in (*one, *other)}.values(), key=lambda step: step.say))


def _earliest(one: Finding, other: Finding) -> Any:
    return _merge(one.value, other.value, min)


def _latest(one: Finding, other: Finding) -> Any:
    """The later end. A hold knows none and hides none: where its verdict stands, `shown` leaves the day away."""
    return _merge(one.value, other.value, max)


def shown(kind: Kind, finding: Finding) -> Finding:
    """The finding as it is told: a file that is held has no last day, whatever periods met it."""
    is_held = kind is Kind.RETENTION and finding.verdict is Verdict.HOLD
    return finding._replace(value=None) if is_held else finding


def _merge(one: Any, other: Any, pick: Callable[[Any, Any], Any]) -> Any:
    if one is None or other is None:
        return other if one is None else one
    if isinstance(one, dict):
        return {key: _merge(one.get(key), other.get(key), pick) for key in sorted({*one, *other})}
    if isinstance(one, tuple) != isinstance(other, tuple):
        return one if isinstance(one, tuple) else other
    return pick(one, other)


def _of_the_stricter(one: Finding, other: Finding) -> Any:
    if severity(one.verdict) != severity(other.verdict):
        return max(one, other, key=lambda finding: severity(finding.verdict)).value
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        return tuple(sorted({*one.value, *other.value}))
    return _merge(one.value, other.value, _lower)


def _lower(one: Any, other: Any) -> Any:
    return min(one, other, key=lambda value: (str(type(value)), value))


_VALUES: dict[Kind, Callable[[Finding, Finding], Any]] = {
    Kind.CLOCK: _earliest,
    Kind.CALENDAR: _earliest,
    Kind.RETENTION: _latest,
    Kind.APPROVAL: _of_the_stricter,
    Kind.FIELDS: _of_the_stricter,
    Kind.SCAN: _of_the_stricter,
    Kind.GATE: _of_the_stricter,
    Kind.CHECKLIST: _of_the_stricter,
    Kind.LIMIT: _of_the_stricter,
}
