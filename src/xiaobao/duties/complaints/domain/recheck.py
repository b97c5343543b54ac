"""核查: until when it may be asked for, and until when it must be decided (CMP-013, 第二十条)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Outcome, Step, Verdict

RULE = "CMP-013"


class RecheckDue(NamedTuple):
    """A day of the recheck and the trace it follows from."""

    value: date
    version: str
    verdict: Verdict
    steps: tuple[Step, ...]


def may_be_asked(told_on: date) -> bool:
    """Whether the rule stood on this day: an answer that arrived before 2020-03-01 opens no recheck.

    >>> may_be_asked(date(2020, 1, 9))
    False
    """
    return book().rule(RULE).at(told_on) is not None


def ask_until(told_on: date) -> date:
    """The last day for the written application, counted from receiving the decision."""
    return _due("decision_received_on", told_on).value


def decide_by(applied_on: date) -> RecheckDue:
    """The last day for the superior's decision, counted from receiving the application."""
    return _due("recheck_asked_on", applied_on)


def _due(fact: str, on: date) -> RecheckDue:
    version = book().get(RULE, on)
    outcome: Outcome = decide(book().rule(RULE), version, {fact: on})
    return RecheckDue(outcome.value[fact], outcome.version, outcome.verdict, outcome.steps)
