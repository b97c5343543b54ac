"""One door to every rule: facts and a day in, an outcome with its trace out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xiaobao.rules.calendar import OutsideCalendar
from xiaobao.rules.facts import check_types
from xiaobao.rules.instruments import cite_zh
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
from xiaobao.rules.values import Confidence, Finding, Kind, Outcome, Rule, Step, Verdict, Version

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
    except (TypeError, AttributeError, ValueError):
        check_types(rule, version, facts)
        raise
    basis = version.cites[0]
    guessed = "（暂记，未核原文）" if version.confidence is Confidence.MEMORY else ""
    opening = Step(
        f"{rule.title}（{cite_zh(basis)}，本规则此版自{version.since.isoformat()}起{guessed}）",
        rule.id,
        basis.full,
    )
    steps = tuple(step if step.cite else step._replace(cite=basis.full) for step in finding.steps)
    reading = (Step(version.reading, None, basis.full, ours=True),) if version.reading else ()
    return Outcome(
        rule.id,
        version.name,
        finding.verdict,
        finding.value,
        (opening, *steps, *reading),
        finding.missing,
        version.confidence,
    )


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
    finding = _excepted(version, DECIDERS[rule.kind](version.params, facts), facts)
    if applies is None and finding.verdict not in (Verdict.PASS,):
        return Finding(
            Verdict.UNDECIDED, None, finding.steps, (*gate.unknown(version.scope, facts), *finding.missing)
        )
    return finding


def _excepted(version: Version, finding: Finding, facts: dict[str, Any]) -> Finding:
    """The finding, open or with the reading said where nobody knows whether an exception holds."""
    if finding.verdict in (Verdict.PASS, Verdict.UNDECIDED):
        return finding
    for clause in version.unless:
        if gate.all_hold(clause.tests, facts) is not None:
            continue
        if clause.ask:
            missing = gate.unknown(clause.tests, facts)
            return Finding(Verdict.UNDECIDED, None, finding.steps, (*missing, *finding.missing))
        if clause.assumed:
            said = Step(clause.assumed, None, clause.cite.full if clause.cite else "", ours=True)
            finding = finding._replace(steps=(*finding.steps, said))
    return finding
