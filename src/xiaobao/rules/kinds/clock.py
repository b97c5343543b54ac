"""Clocks: a start, a length in a unit, and what stops, restarts or ends the count.

Tighter means due earlier for every set of facts; unlike units are compared on their results, never on paper.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from xiaobao.kernel import days
from xiaobao.rules.calendar import OutsideCalendar, calendar_at
from xiaobao.rules.civil_code import civil
from xiaobao.rules.values import Finding, Role, Step, Unit, Verdict

# More days off in a row than any notice has ever given: beyond it a day is late whatever the calendar says.
LONGEST_REST = 15
# Verdicts that come with a last day.
DATED = (Verdict.DUE, Verdict.PASS, Verdict.FAIL)


class ClockParams(NamedTuple):
    """`length` units from the fact `start`, the first day not counted, the last one included.

    `length_fact` names the fact that carries the length where the rule itself sets none; `roll` moves a
    last day that is a holiday to the next working day; `after` adds days already granted by another stage;
    `by` are the posts that may approve and `needs` the facts that must be true, else the stage does not
    exist. `extended` is the whole length once a post of `by` has approved; without it there is only `length`.
    `at_once_if` names a fact that, when true, leaves no time at all (立即). `bearer` is whose time it is: that of a
    customer is a right, and shortening it is looser; a period of the parties before a court is the civil code's own.
    Neither is over while its last day is a day off (民法典 203.1); for the bank's own time we do not use that.
    """

    start: str
    length: int = 0
    unit: Unit = Unit.DAY
    length_fact: str = ""
    after: int = 0
    roll: bool = False
    extended: int = 0
    needs: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    say: str = ""
    at_once_if: str = ""
    bearer: str = "bank"


class StageParams(NamedTuple):
    """Several clocks of one duty, each from its own event; those that have begun are answered."""

    stages: tuple[tuple[str, ClockParams], ...]


class PauseParams(NamedTuple):
    """The days from the fact `start` to the fact `end`, both included, are not counted if `needs` holds."""

    start: str
    end: str
    needs: tuple[str, ...] = ()
    say: str = ""


class RestartParams(NamedTuple):
    """The count begins again at the fact `start`, if it falls within the running period and `needs` holds."""

    start: str
    running_until: str
    needs: tuple[str, ...] = ()
    say: str = ""


class EndParams(NamedTuple):
    """The procedure ends on the day of the fact `start`."""

    start: str
    say: str = ""


def advance(start: date, length: int, unit: Unit, *, roll: bool = False) -> date:
    """The last day of `length` units after `start`.

    Raises: OutsideCalendar for working days beyond the recorded years.
    """
    if unit is Unit.DAY:
        due = start + timedelta(length)
    elif unit is Unit.WORKING_DAY:
        due = calendar_at().add_working(start, length)
    else:
        due = days.add_months(start, length * (12 if unit is Unit.YEAR else 1))
    return rolled(due) if roll else due


def rolled(due: date) -> date:
    """The day itself, or the first working day after it when it is a day off (民法典 203.1)."""
    calendar = calendar_at()
    while not calendar.is_working(due):
        due += days.ONE_DAY
    return due


def decide(params: Any, facts: dict[str, Any]) -> Finding:
    """The due day (or moment), the days excluded, the new first day, or the day of the end."""
    if isinstance(params, PauseParams):
        return _pause(params, facts)
    if isinstance(params, RestartParams):
        return _restart(params, facts)
    if isinstance(params, EndParams):
        return _end(params, facts)
    if isinstance(params, StageParams):
        return _stages(params, facts)
    return _clock(params, facts)


def _stages(params: StageParams, facts: dict[str, Any]) -> Finding:
    begun = [(title, one) for title, one in params.stages if facts.get(one.start) is not None]
    if len(begun) > 1:  # nobody could tell which of them a day of completion belongs to
        facts = {**facts, "done_on": None}
    found = [(title, one, _clock(one, facts)) for title, one in begun]
    if not found:
        return Finding(Verdict.UNDECIDED, missing=tuple(one.start for _, one in params.stages))
    steps = tuple(
        step._replace(say=f"{title}：{step.say}") for title, _, finding in found for step in finding.steps
    )
    missing = tuple(name for *_, finding in found for name in finding.missing)
    due = {one.start: finding.value for _, one, finding in found if finding.verdict in DATED}
    verdict = Verdict.DUE if due and len(found) > 1 else found[0][2].verdict
    return Finding(verdict, due, steps, missing)


def _clock(params: ClockParams, facts: dict[str, Any]) -> Finding:
    approved = params.by and not (params.extended and facts.get("approver") is None)
    wanted = (params.start, *(("approver", *params.needs) if approved else ()))
    wanted += tuple(name for name in (params.length_fact, params.at_once_if) if name)
    missing = tuple(name for name in wanted if facts.get(name) is None)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    if approved and (refused := _refused(params, facts)):
        return refused
    length = int(facts[params.length_fact]) if params.length_fact else params.length
    start = facts[params.start]
    if params.at_once_if and facts[params.at_once_if]:
        return Finding(Verdict.DUE, start, (Step("立即，没有可用的期限", start),))
    if params.unit is Unit.HOUR:
        return _done(_hours(params, start, length), facts.get("done_at"))
    total = params.extended if approved and params.extended else length + params.after
    due = advance(start, total, params.unit, roll=params.roll)
    steps: tuple[Step, ...] = (
        Step(f"{start.isoformat()}{params.say or '起算'}，当日不计入", start),
        Step(f"{total}{params.unit.label}，届满日为{due.isoformat()}", due),
    )
    if params.extended and not approved:
        steps += (
            Step(f"批准人未填：按未经批准计算，不产生{params.extended}{params.unit.label}的期限", used=False),
        )
    done = facts.get("done_on")
    if params.bearer != "bank" and (rested := _rested(params, due, done, steps)):
        return rested
    return _done(Finding(Verdict.DUE, due, steps), done)


def _rested(params: ClockParams, due: date, done: date | None, steps: tuple[Step, ...]) -> Finding | None:
    """The answer where a last day that is a day off moves the end of somebody's own period; None where it is not one.

    The value stays the day that is safe in any case. A year nobody has recorded leaves open what hangs on it.
    """
    if done is not None and not due < done <= due + timedelta(LONGEST_REST):
        return None
    place, ours = civil(due, "203.1", Role.EXCEPTION), params.bearer == "customer"
    try:
        later = rolled(due)
    except OutsideCalendar as error:
        if done is None:
            return None
        say = f"{done.isoformat()}完成，届满日{due.isoformat()}是否逢节假日不知道：{error.say}"
        return Finding(
            Verdict.UNDECIDED, due, (*steps, Step(say, done, place.full, used=False)), ("calendar",)
        )
    if later == due or (done is not None and done > later):
        return None
    tail = "（对客户从宽，本行口径）" if ours else ""
    if done is None:
        said = Step(
            f"届满日逢节假日，{later.isoformat()}提出的仍在期限内{tail}", later, place.full, ours=ours
        )
        return Finding(Verdict.DUE, due, (*steps, said))
    say = f"{done.isoformat()}完成，届满日逢节假日，顺延至{later.isoformat()}，在期限内{tail}"
    return Finding(Verdict.PASS, due, (*steps, Step(say, done, place.full, ours=ours)))


def _done(finding: Finding, done: Any) -> Finding:
    """The same once somebody tells when it was done: kept in time, or late. `done` is a day, or a moment."""
    if done is None or finding.verdict is not Verdict.DUE:
        return finding
    late = done > finding.value
    shown = f"{done:%Y-%m-%d %H:%M}" if isinstance(done, datetime) else done.isoformat()
    said = Step(f"{shown}完成，{'已过期限' if late else '在期限内'}", done)
    return finding._replace(verdict=Verdict.FAIL if late else Verdict.PASS, steps=(*finding.steps, said))


def _refused(params: ClockParams, facts: dict[str, Any]) -> Finding | None:
    if params.by and facts["approver"] not in params.by:
        return Finding(
            Verdict.REFUSE, steps=(Step("审批人不在条文所列的层级，不产生延长的期限", used=False),)
        )
    for name in params.needs:
        if not facts[name]:
            return Finding(
                Verdict.REFUSE, steps=(Step("缺少条文要求的告知或者条件，不产生期限", used=False),)
            )
    return None


def _hours(params: ClockParams, start: datetime, length: int) -> Finding:
    due = start + timedelta(hours=length)
    return Finding(
        Verdict.DUE,
        due,
        (
            Step(f"自{start:%Y-%m-%d %H:%M}{params.say or '起'}即时起算", start),
            Step(f"{length}小时以内，最迟{due:%Y-%m-%d %H:%M}（北京时间）", due),
        ),
    )


def _pause(params: PauseParams, facts: dict[str, Any]) -> Finding:
    missing = tuple(name for name in (params.start, params.end, *params.needs) if facts.get(name) is None)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    if not all(facts[name] for name in params.needs):
        return Finding(Verdict.FAIL, 0, (Step("条文要求的条件未满足，期间照常计入", 0, used=False),))
    length = (facts[params.end] - facts[params.start]).days + 1
    return Finding(Verdict.PASS, length, (Step(f"{params.say}，扣除{length}日", length),))


def _restart(params: RestartParams, facts: dict[str, Any]) -> Finding:
    wanted = (params.start, params.running_until, *params.needs)
    missing = tuple(name for name in wanted if facts.get(name) is None)
    if missing:
        return Finding(Verdict.UNDECIDED, missing=missing)
    start = facts[params.start]
    if start > facts[params.running_until] or not all(facts[name] for name in params.needs):
        return Finding(Verdict.FAIL, None, (Step("不重新计算", used=False),))
    return Finding(Verdict.PASS, start, (Step(f"{params.say}，自{start.isoformat()}重新计算", start),))


def _end(params: EndParams, facts: dict[str, Any]) -> Finding:
    if facts.get(params.start) is None:
        return Finding(Verdict.UNDECIDED, missing=(params.start,))
    day = facts[params.start]
    return Finding(Verdict.ENDED, day, (Step(f"{params.say}，程序自{day.isoformat()}终止", day),))
