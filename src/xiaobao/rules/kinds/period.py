"""Periods: what is due by a day of the year or at least every so often, and over whom.

Tighter means earlier, oftener, wider.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.rules.values import Finding, Step, Verdict


class PeriodParams(NamedTuple):
    """Due in the year after the fact `year` at `month`-`day`, or every `every_months` after `last_on`.

    Without a month the year's last day is meant; `times` is how often at least (0: not counted).

    `over` is a fact and a figure: the number binds only those above it. Whoever it does not bind, or a duty the text
    gives no number at all, owes it as `unnumbered` says, at the place `place`: a duty without a day.

    `cover` names a fact holding the set that must be covered, `covered` the set that was.
    """

    title: str
    year_offset: int = 0
    month: int = 0
    day: int = 0
    every_months: int = 0
    times: int = 0
    cover: tuple[tuple[str, str], ...] = ()
    over: tuple[str, int] | None = None
    unnumbered: str = ""
    place: str = ""


def decide(params: PeriodParams, facts: dict[str, Any]) -> Finding:
    """The due day; pass or fail once somebody says what was done, and the year has ended.

    `times` and `covered` are both looked at where the duty asks for both; what nobody tells of them is named.
    """
    if params.unnumbered and (found := _unnumbered(params, facts)):
        return found
    due = _due(params, facts)
    if due is None:
        return Finding(Verdict.UNDECIDED, missing=("last_on" if params.every_months else "year",))
    step = Step(f"{params.title}，最迟{due.isoformat()}", due)
    short = tuple(one for one in (_covered(params, facts), _counted(params, facts, due)) if one)
    if short:
        return _so_far(short, step, facts.get("as_of"), due)
    return _done(params, facts, due, step)


def _unnumbered(params: PeriodParams, facts: dict[str, Any]) -> Finding | None:
    """The duty without a day; open where nobody tells whether the number binds; None where it does."""
    if params.over:
        size = facts.get(params.over[0])
        if size is None:
            return Finding(Verdict.UNDECIDED, missing=(params.over[0],))
        if size > params.over[1]:
            return None
    return Finding(Verdict.DUE, None, (Step(params.unnumbered, None, params.place),))


def _counted(params: PeriodParams, facts: dict[str, Any], due: date) -> Step | None:
    """What the count lacks; its value is the day it was due."""
    times = facts.get("times") if params.times else None
    if times is None or times >= params.times:
        return None
    return Step(f"应不少于{params.times}次，现为{times}次", due)


def _covered(params: PeriodParams, facts: dict[str, Any]) -> Step | None:
    """Who or what is not covered; its value is their names."""
    covered = facts.get("covered") if params.cover else None
    if covered is None:
        return None
    labels = dict(params.cover)
    gaps = tuple(name for name in labels if name not in covered)
    return Step("尚未覆盖：" + "、".join(labels[name] for name in gaps), gaps) if gaps else None


def _so_far(short: tuple[Step, ...], step: Step, as_of: date | None, due: date) -> Finding:
    """What is lacking is a breach only once the period has ended; until then it is still due."""
    steps = (step, *short)
    if as_of is None:
        return Finding(Verdict.UNDECIDED, None, steps, ("as_of",))
    if as_of <= due:
        return Finding(Verdict.DUE, due, steps)
    return Finding(Verdict.FAIL, short[0].value, steps)


def _done(params: PeriodParams, facts: dict[str, Any], due: date, step: Step) -> Finding:
    """Kept where all that is asked has been done in time; else still due, or open where only a measure is untold."""
    done_on, untold = facts.get("done_on"), _untold(params, facts)
    if done_on is not None:
        late = done_on > due
        said = Step(f"{done_on.isoformat()}完成，{'逾期' if late else '按期'}", done_on)
        if untold and not late:
            return Finding(Verdict.UNDECIDED, None, (step, said), untold)
        return Finding(Verdict.FAIL if late else Verdict.PASS, due, (step, said))
    asked = _asked(params)
    if asked and not untold:
        said = Step("应覆盖的均已覆盖" if params.cover else f"已做{facts['times']}次，不少于{params.times}次")
        return Finding(Verdict.PASS, () if params.cover else due, (step, said))
    if asked and (as_of := facts.get("as_of")) is not None and as_of > due:
        return Finding(Verdict.UNDECIDED, None, (step,), untold)
    return Finding(Verdict.DUE, due, (step,), untold if len(untold) < len(asked) else ())


def _asked(params: PeriodParams) -> tuple[str, ...]:
    return (*(("times",) if params.times else ()), *(("covered",) if params.cover else ()))


def _untold(params: PeriodParams, facts: dict[str, Any]) -> tuple[str, ...]:
    """Measures nobody tells; a day on which it was done is once."""
    once = params.times == 1 and facts.get("done_on") is not None
    return tuple(
        name for name in _asked(params) if facts.get(name) is None and not (once and name == "times")
    )


def _due(params: PeriodParams, facts: dict[str, Any]) -> date | None:
    if params.every_months:
        last = facts.get("last_on")
        return days.add_months(last, params.every_months) if last else None
    year = facts.get("year")
    if year is None:
        return None
    return date(year + params.year_offset, params.month or 12, params.day or 31)
