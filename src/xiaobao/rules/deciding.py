"""One door to every rule: facts and a day in, an outcome with its trace out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.civil_code import civil
from xiaobao.rules.fact_words import fact_word
from xiaobao.rules.facts import check_types
from xiaobao.rules.instruments import cite_zh, least_sure, parse_cite, sureness
from xiaobao.rules.kinds import (
    approval,
    checklist,
    clock,
    fields,
    gate,
    limit,
    period,
    retention,
    scan,
)
from xiaobao.rules.values import (
    Cite,
    Confidence,
    Finding,
    Kind,
    Outcome,
    Role,
    Rule,
    Step,
    Verdict,
    Version,
)

DECIDERS: dict[Kind, Callable[[Any, dict[str, Any]], Finding]] = {
    Kind.CLOCK: clock.decide,
    Kind.APPROVAL: approval.decide,
    Kind.FIELDS: fields.decide,
    Kind.SCAN: scan.decide,
    Kind.GATE: gate.decide,
    Kind.CHECKLIST: checklist.decide,
    Kind.RETENTION: retention.decide,
    Kind.LIMIT: limit.decide,
    Kind.CALENDAR: period.decide,
}


# How a clock's step says what the civil code says there.
_COUNTED = {"当日不计入": "201.1", "即时起算": "201.2"}


def decide(rule: Rule, version: Version, facts: dict[str, Any]) -> Outcome:
    """The rule's answer on these facts; a fact nobody knows leaves it undecided and is named.

    Raises: InvalidInput `rules.fact_type` naming rule, fact and what it should be; OutsideCalendar naming rule and year.
    """
    try:
        finding = find(rule, version, facts)
    except OutsideCalendar as error:
        raise OutsideCalendar(
            error.code, **error.facts | {"rule": rule.id, "say": f"{rule.id}：{error.say}"}
        ) from None
    except (TypeError, AttributeError, ValueError, OverflowError) as error:
        check_types(rule, version, facts)
        if isinstance(error, ValueError | OverflowError):
            say = f"{rule.id}（{version.name}版）：日期、年度或者数字太大，算不出结果"
            raise InvalidInput("rules.too_far", rule=rule.id, say=say) from None
        raise
    basis = version.cites[0]
    guessed = "（暂记，未核原文）" if version.confidence is Confidence.MEMORY else ""
    opening = Step(
        f"{rule.title}（{cite_zh(basis)}，本规则此版自{version.since.isoformat()}起{guessed}）",
        rule.id,
        basis.full,
    )
    steps = tuple(
        step if step.cite else step._replace(cite=_place(version, step).full) for step in finding.steps
    )
    reading = (Step(version.reading, None, basis.full, ours=True),) if version.reading else ()
    return Outcome(
        rule.id,
        version.name,
        finding.verdict,
        finding.value,
        (opening, *steps, *reading),
        finding.missing,
        _sure(version, steps),
    )


def _sure(version: Version, steps: tuple[Step, ...]) -> Confidence:
    """As sure as of the version, and of the code that says how its period is counted."""
    cited = {cite.full for cite in version.cites}
    counted = [step.cite for step in steps if step.cite not in cited and step.cite.startswith(("L20@", "X1"))]
    return least_sure(version.confidence, *(sureness(parse_cite(place)) for place in counted))


def _place(version: Version, step: Step) -> Cite:
    """The citation a step stands on: that of the condition or bound it speaks of, else the rule's basis.

    That the first day is not counted, or that hours run at once, is said by the rule's own text or by the civil code.
    """
    params, said = version.params, step.say
    for how, loc in _COUNTED.items():
        if how in said:
            own = (cite for cite in version.cites if cite.role is Role.COUNTING and _counts(cite, how, loc))
            return next(own, None) or civil(step.value, loc)
    parts = ((one.say, one.words) for one in getattr(params, "tests", ()))
    bounds = ((one.label, one.words) for one in getattr(params, "bounds", ()))
    hung = next((words for label, words in (*parts, *bounds) if words and label in said), ())
    found = (cite for word in hung for cite in version.cites if word in cite.words)
    return next(found, version.cites[0])


def _counts(cite: Cite, how: str, loc: str) -> bool:
    return how in cite.words or (cite.loc == loc and cite.instrument in ("L20", "X14"))


def find(rule: Rule, version: Version, facts: dict[str, Any]) -> Finding:
    """What the arithmetic finds, before the rule's name and citations are put to it."""
    applies = gate.all_hold(version.scope, facts)
    if applies is False:
        say = version.scope_say or "不在规则的适用范围内"
        return Finding(Verdict.NOT_APPLICABLE, None, (Step(say, used=False),))
    for clause in version.unless:
        if gate.all_hold(clause.tests, facts):
            cite = clause.cite.full if clause.cite else ""
            return Finding(Verdict.NOT_APPLICABLE, None, (Step(clause.say, None, cite),))
    finding = DECIDERS[rule.kind](version.params, facts)
    unknown = gate.unknown(version.scope, facts) if applies is None else ()
    return _excepted(version, finding, facts, unknown)


def _excepted(version: Version, finding: Finding, facts: dict[str, Any], unknown: tuple[str, ...]) -> Finding:
    """The finding, open where nobody knows whether the rule applies or an exception holds.

    What is kept is kept either way. Where the bank has a reading for the untold exception, the finding stands on it,
    says so and names the fact all the same.
    """
    open_ = [one for one in version.unless if gate.all_hold(one.tests, facts) is None]
    asked = (*unknown, *(name for one in open_ for name in gate.unknown(one.tests, facts)))
    if not asked:
        return finding
    missing = tuple(dict.fromkeys((*asked, *finding.missing)))
    if finding.verdict is Verdict.PASS:
        words = "、".join(fact_word(name) for name in dict.fromkeys(asked))
        said = Step(f"是否适用未定（{words}未填）：适用与否均不违反", used=False)
        return finding._replace(steps=(*finding.steps, said))
    if finding.verdict is Verdict.UNDECIDED or unknown or not all(one.assumed for one in open_):
        value = finding.value if finding.verdict is Verdict.UNDECIDED else None
        return Finding(Verdict.UNDECIDED, value, finding.steps, missing)
    said_all = tuple(Step(one.assumed, None, one.cite.full if one.cite else "", ours=True) for one in open_)
    return finding._replace(steps=(*finding.steps, *said_all), missing=missing)
