"""What every calculator does alike: ask a rule with its overlays, write the trace, hand in the answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from xiaobao.rules import own_rules
from xiaobao.rules.calculators.values import Answer, Desk, OwnAnswer
from xiaobao.rules.instruments import cite_zh, least_sure, parse_cite, sureness
from xiaobao.rules.kinds.limit import Bound
from xiaobao.rules.values import Cite, Confidence, Outcome, Rule, Step, Verdict, Version


class Asked(NamedTuple):
    """A rule's answer: the law's own, the stricter one with the overlays, and who said what."""

    rule: Rule
    version: Version
    law: Outcome
    result: Outcome
    own: tuple[OwnAnswer, ...]
    spent: tuple[str, ...]

    @property
    def basis(self) -> Cite:
        """The place the rule stands on."""
        return self.version.cites[0]

    def place(self, words: str) -> Cite:
        """The citation that hangs on these words; the basis when none does."""
        return next((cite for cite in self.version.cites if words in cite.words), self.basis)


def ask_rule(desk: Desk, rule_id: str, on: date, facts: dict[str, Any]) -> Asked:
    """The rule as it stood on `on`, asked with the overlays that bind.

    Raises: InvalidInput `rules.not_in_force`, OutsideCalendar.
    """
    rule = desk.book.rule(rule_id)
    version = desk.book.get(rule_id, on)
    found = own_rules.decide_with(rule, version, facts, desk.own, on)
    beside = tuple(
        OwnAnswer(one.id, one.title, outcome.value, _binds(found, outcome)) for one, outcome in found.own
    )
    return Asked(rule, version, found.law, found.result, beside, found.spent)


def _binds(found: own_rules.Decision, outcome: Outcome) -> bool:
    differs = (outcome.verdict, outcome.value) != (found.law.verdict, found.law.value)
    return differs and (outcome.verdict, outcome.value) == (found.result.verdict, found.result.value)


def strictest_bounds(desk: Desk, asked: Asked, on: date) -> dict[str, Bound]:
    """The bounds of a limit by measure, the bank's own where it is stricter."""
    found = {bound.measure: bound for bound in asked.version.params.bounds}
    for one in desk.own:
        if one.rule != asked.rule.id or not one.binds(on) or one.id in asked.spent:
            continue
        for bound in one.params(asked.version, asked.rule).bounds:
            known = found[bound.measure]
            if bound.most is not None and bound.most < (known.most or 0):
                found[bound.measure] = bound
            if bound.least is not None and bound.least > (known.least or 0):
                found[bound.measure] = bound
    return found


def _day(value: Any) -> str:
    if isinstance(value, dict):
        return "：" + "、".join(_day(one).removeprefix("：") for one in value.values())
    if isinstance(value, datetime):
        return f"：{value:%Y-%m-%d %H:%M}"
    return f"：{value.isoformat()}" if isinstance(value, date) else ""


class Trace:
    """The steps in counting order, and beside them what was not used."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.unused: list[Step] = []

    def say(self, text: str, value: Any = None, cite: Cite | str = "", *, ours: bool = False) -> None:
        """One step; `ours` marks a reading of the bank's own, which the sentence says too."""
        self.steps.append(Step(text, value, cite if isinstance(cite, str) else cite.full, ours=ours))

    def leave(self, text: str, cite: Cite | str = "", *, ours: bool = False) -> None:
        """Something that was looked at and not used, and why."""
        place = cite if isinstance(cite, str) else cite.full
        self.unused.append(Step(text, None, place, used=False, ours=ours))

    def own_periods(self, asked: Asked) -> None:
        """The bank's own overlays: which one binds, which one asks nothing more."""
        for one in asked.own:
            if one.binds:
                self.say(f"本行“{one.title}”更严{_day(one.value)}，取从严结果", one.value, one.id, ours=True)
            else:
                self.leave(f"本行“{one.title}”没有比法定要求更严，不采用", one.id, ours=True)
        for name in asked.spent:
            self.leave(f"本行规定{name}已被更严的新法取代，不再起作用", name, ours=True)


def answer(asked: Asked, trace: Trace, say: str, value: Any = None, *, reading: bool = True) -> Answer:
    """The answer on a rule's outcome; an undecided one concludes nothing and names what is missing.

    `reading` adds the overlays and the version's own reading as steps, unless the calculator has said them already.
    """
    if reading:
        trace.own_periods(asked)
    if reading and asked.version.reading:
        trace.say(f"本行口径：{asked.version.reading}", None, asked.basis, ours=True)
    undecided = asked.result.verdict is Verdict.UNDECIDED and asked.result.value is None
    return Answer(
        "",
        "" if undecided else say,
        asked.rule.id,
        asked.version.name,
        asked.result.verdict,
        asked.result.value if value is None else value,
        tuple(trace.steps),
        tuple(trace.unused),
        asked.result.missing,
        (),
        _sure(asked, trace),
        asked.law.value,
        asked.own,
    )


def _sure(asked: Asked, trace: Trace) -> Confidence:
    """As sure as of the rule and of every place a step stands on."""
    own = {one.id for one in asked.own} | set(asked.spent)
    places = {step.cite for step in trace.steps if step.cite} - own
    return least_sure(asked.version.confidence, *(sureness(parse_cite(place)) for place in places))


def undecided(rule_id: str, *missing: str) -> Answer:
    """No conclusion: the day that picks the version, or another fact nothing can be said without, is not known."""
    return Answer("", "", rule_id, "", Verdict.UNDECIDED, None, (), missing=missing)


def not_applicable(asked: Asked) -> Answer | None:
    """The answer where the rule says itself that it does not apply; None where it does."""
    if asked.result.verdict is not Verdict.NOT_APPLICABLE:
        return None
    trace = Trace()
    why = asked.law.steps[1]
    trace.say(f"{why.say}（{cite_zh(asked.basis)}）", None, asked.basis)
    return answer(asked, trace, f"不适用：{why.say}。")
