"""Periods: what is due by a day of the year or at least every so often, and over whom.

Tighter means earlier, oftener, wider.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.rules.kinds.checklist import Placed, by_place
from xiaobao.rules.values import Finding, Step, Verdict


class PeriodParams(NamedTuple):
    """Due in the year after the fact `year` at `month`-`day`, or every `every_months` after `last_on`.

    Without a month the year's last day is meant; `times` is how often at least (0: not counted).

    `over` is a fact and a figure: the number binds only those above it. Whoever it does not bind, or a duty the text
    gives no number at all, owes it as `unnumbered` says, at the place `place`: a duty without a day.

    `cover` names a fact holding the set that must be covered, `covered` the set that was; `places` are those that
    stand elsewhere than on the rule's basis. `begins` is the law's own first day: what
    was done before it counts as done on it.
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
    places: tuple[Placed, ...] = ()
    begins: date | None = None


def decide(params: PeriodParams, facts: dict[str, Any]) -> Finding:
    """The due day; pass or fail once somebody says what was done, and the year has ended.

    `times` and `covered` are both looked at where the duty asks for both; what nobody tells of them is named.
    """
    if params.unnumbered and (found := _unnumbered(params, facts)):
        return found
    due = _due(params, facts)
    if due is None:
        return Finding(Verdict.UNDECIDED, missing=("last_on" if params.every_months else "year",))
    step = Step(f"{params.title}，最迟{due.isoformat()}{_from(params, facts)}", due)
    counted = _counted(params, facts, due)
    short = (*_covered(params, facts), *((counted,) if counted else ()))
    if short:
        return _so_far(short, step, facts.get("as_of"), due)
    return _done(params, facts, due, step)


def _from(params: PeriodParams, facts: dict[str, Any]) -> str:
    """That the count begins with the law, where the last time was before it."""
    last = facts.get("last_on") if params.begins else None
    if params.begins is None or last is None or last >= params.begins:
        return ""
    return f"（{last.isoformat()}在施行之前，自{params.begins.isoformat()}施行之日起算）"


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


def _covered(params: PeriodParams, facts: dict[str, Any]) -> tuple[Step, ...]:
    """Who or what is not covered, by the places that ask for them; their values are the names."""
    covered = facts.get("covered") if params.cover else None
    if covered is None:
        return ()
    labels = dict(params.cover)
    return by_place(params.places, labels, tuple(name for name in labels if name not in covered), "尚未覆盖")


def _so_far(short: tuple[Step, ...], step: Step, as_of: date | None, due: date) -> Finding:
    """What is lacking is a breach only once the period has ended; until then it is still due."""
    steps = (step, *short)
    if as_of is None:
        return Finding(Verdict.UNDECIDED, None, steps, ("as_of",))
    if as_of <= due:
        return Finding(Verdict.DUE, due, steps)
    gaps = tuple(name for one in short if isinstance(one.value, tuple) for name in one.value)
    return Finding(Verdict.FAIL, gaps or due, steps)


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
        if last is None:
            return None
        return days.add_months(max(last, params.begins or last), params.every_months)
    year = facts.get("year")
    if year is None:
        return None
    return date(year + params.year_offset, params.month or 12, params.day or 31)
