"""Very many due days at once, without their traces: for re-derivation and for comparing two rule books.

Complaints to which nothing has happened need one addition each and are done as columns. Those that only paused or
have a regulator's day are counted with the clock's own arithmetic and no trace; all others go through
`complaint_clock.due` itself.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from operator import add
from typing import NamedTuple

from xiaobao.rules.book import RuleBook
from xiaobao.rules.calendar import Calendar
from xiaobao.rules.complaint_clock import due
from xiaobao.rules.complaint_count import check, excludes, last_day, merge, upto
from xiaobao.rules.complaint_facts import ClockFacts, Complexity, Source
from xiaobao.rules.complaint_plan import plan_for

NO_DAY = 0
LEVELS = tuple(Complexity)
_CODES = {level: code for code, level in enumerate(LEVELS)}


class Batch(NamedTuple):
    """Complaints as columns: day of receipt (proleptic ordinal), complexity (place in `LEVELS`).

    `eventful` holds, by row, the facts of those to which something has happened or that a second regulator passed on;
    their columns are not looked at.
    """

    received: array[int]
    complexity: bytes
    eventful: Mapping[int, ClockFacts]


def columns(facts: Iterable[ClockFacts]) -> Batch:
    """The facts as columns. Raises: ValueError for a complaint without a day of receipt."""
    received, complexity = array("i"), bytearray()
    eventful: dict[int, ClockFacts] = {}
    for row, one in enumerate(facts):
        if one.received_on is None:
            raise ValueError(f"row {row}: no day of receipt")
        received.append(one.received_on.toordinal())
        complexity.append(_CODES[one.complexity])
        if one.source is not Source.OWN or not one.is_plain:
            eventful[row] = one
    return Batch(received, bytes(complexity), eventful)


def due_ordinals(batch: Batch, rules: RuleBook, calendar: Calendar | None = None) -> array[int]:
    """The day that binds each complaint, as ordinals in the batch's order; `NO_DAY` where no law was in force."""
    spans = _spans(rules)
    found = _one_span(batch, spans[0]) if len(spans) == 1 else None
    found = found if found is not None else _many_spans(batch, spans)
    for row, facts in batch.eventful.items():
        on = _paused_day(facts, rules) if _only_pauses(facts) else due(facts, rules, calendar).on
        found[row] = on.toordinal() if on else NO_DAY
    return found


def _only_pauses(facts: ClockFacts) -> bool:
    quiet = facts.source is Source.OWN and facts.complexity is not Complexity.SPECIAL
    return quiet and not facts.extensions and facts[6:9] == ((), (), None)


def _paused_day(facts: ClockFacts, rules: RuleBook) -> date | None:
    received = facts.received_on
    plan = plan_for(rules, received) if received else None
    if received is None or plan is None:
        return due(facts, rules).on
    check(facts, received)
    spans = [
        (pause.since.toordinal(), upto(pause, facts).toordinal()) for pause in facts.pauses if excludes(pause)
    ]
    on = last_day(received, plan.base[facts.complexity].days, merge(spans))
    return min(on, *(one.on for one in facts.given)) if facts.given else on


class _Span(NamedTuple):
    first: int
    days: tuple[int, ...]


def _spans(rules: RuleBook) -> list[_Span]:
    """From which day how many days each complexity has; change dates that change no number are left out."""
    spans = [_Span(1, ())]
    for day in rules.change_dates:
        plan = plan_for(rules, day)
        days = tuple(plan.base[level].days for level in LEVELS) if plan else ()
        if days != spans[-1].days:
            spans.append(_Span(day.toordinal(), days))
    return [span for span in spans if span.days] if _begins_once(spans) else spans


def _begins_once(spans: list[_Span]) -> bool:
    return len(spans) == 2 and not spans[0].days


def _one_span(batch: Batch, span: _Span) -> array[int] | None:
    """One set of numbers since the law began: a single addition down the columns; None for rows before it."""
    if batch.received and min(batch.received) < span.first:
        return None
    return array("i", map(add, batch.received, map(span.days.__getitem__, batch.complexity)))


def _many_spans(batch: Batch, spans: list[_Span]) -> array[int]:
    bounds = [*spans, _Span(date.max.toordinal() + 1, ())]
    found = array("i", bytes(4 * len(batch.received)))
    for span, after in pairwise(bounds):
        if not span.days:
            continue
        first, last, days = span.first, after.first, span.days
        for row, received in enumerate(batch.received):
            if first <= received < last:
                found[row] = received + days[batch.complexity[row]]
    return found
