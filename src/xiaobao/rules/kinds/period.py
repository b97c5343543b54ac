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

    `cover` names a fact holding the set that must be covered, `covered` the set that was.
    """

    title: str
    year_offset: int = 0
    month: int = 0
    day: int = 0
    every_months: int = 0
    times: int = 0
    cover: tuple[tuple[str, str], ...] = ()


def decide(params: PeriodParams, facts: dict[str, Any]) -> Finding:
    """The due day, or fail with the gaps once the fact `done` says what was done."""
    due = _due(params, facts)
    if due is None:
        return Finding(Verdict.UNDECIDED, missing=("last_on" if params.every_months else "year",))
    step = Step(f"{params.title}，最迟{due.isoformat()}", due)
    found = _counted(params, facts, due, step)
    if params.times and found is not None and found.verdict is Verdict.FAIL:
        return _so_far(found, facts.get("as_of"), due)
    return found or _done(facts, due, step)


def _counted(params: PeriodParams, facts: dict[str, Any], due: date, step: Step) -> Finding | None:
    if params.cover and facts.get("covered") is not None:
        return _cover(params, facts["covered"], step)
    if facts.get("times") is not None and facts["times"] < params.times:
        return Finding(Verdict.FAIL, due, (step, Step(f"应不少于{params.times}次，现为{facts['times']}次")))
    return None


def _so_far(found: Finding, as_of: date | None, due: date) -> Finding:
    """What is lacking is a breach only once the period has ended; until then it is still due."""
    if as_of is None:
        return Finding(Verdict.UNDECIDED, None, found.steps, ("as_of",))
    return found if as_of > due else Finding(Verdict.DUE, due, found.steps)


def _done(facts: dict[str, Any], due: date, step: Step) -> Finding:
    if facts.get("done_on") is not None:
        late = facts["done_on"] > due
        said = Step(f"{facts['done_on'].isoformat()}完成，{'逾期' if late else '按期'}", facts["done_on"])
        return Finding(Verdict.FAIL if late else Verdict.PASS, due, (step, said))
    return Finding(Verdict.DUE, due, (step,))


def _due(params: PeriodParams, facts: dict[str, Any]) -> date | None:
    if params.every_months:
        last = facts.get("last_on")
        return days.add_months(last, params.every_months) if last else None
    year = facts.get("year")
    if year is None:
        return None
    return date(year + params.year_offset, params.month or 12, params.day or 31)


def _cover(params: PeriodParams, covered: Any, step: Step) -> Finding:
    gaps = tuple(name for name, _ in params.cover if name not in covered)
    if not gaps:
        return Finding(Verdict.PASS, (), (step, Step("应覆盖的均已覆盖")))
    labels = dict(params.cover)
    return Finding(
        Verdict.FAIL, gaps, (step, Step("尚未覆盖：" + "、".join(labels[name] for name in gaps), gaps))
    )
