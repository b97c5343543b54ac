"""A period of a customer or of both parties does not end on a day off; the bank's own is not rolled over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from xiaobao.rules.book import book
from xiaobao.rules.deciding import decide
from xiaobao.rules.values import Outcome, Verdict


def asked(rule: str, on: date, **facts: Any) -> Outcome:
    """The rule of that day on these facts."""
    return decide(book().rule(rule), book().get(rule, on), facts)


START = date(2026, 9, 2)  # thirty days on is 2026-10-02, a day off until 2026-10-08


@pytest.mark.parametrize(
    ("done", "verdict"),
    [
        (date(2026, 10, 2), Verdict.PASS),
        (date(2026, 10, 8), Verdict.PASS),
        (date(2026, 10, 9), Verdict.FAIL),
        (date(2026, 12, 1), Verdict.FAIL),
    ],
)
def test_the_parties_before_the_court(done: date, verdict: Verdict) -> None:
    assert asked("CMP-035", START, agreed_on=START, both_apply=True, done_on=done).verdict is verdict


def test_the_later_day_is_told_before_anything_is_done() -> None:
    found = asked("CMP-035", START, agreed_on=START, both_apply=True)
    step = next(step for step in found.steps if "2026-10-08" in step.say)
    assert (found.value, step.cite, step.ours) == (date(2026, 10, 2), "L20@2021-01-01:203.1", False)


def test_for_a_customer_it_is_our_reading() -> None:
    found = asked("CMP-013", START, decision_received_on=START, by_branch=True, done_on=date(2026, 10, 8))
    assert found.verdict is Verdict.PASS
    assert any(step.ours and "对客户从宽" in step.say for step in found.steps)


def test_the_banks_own_period_is_late() -> None:
    found = asked(
        "CMP-003", START, received_on=date(2026, 9, 17), complexity="simple", done_on=date(2026, 10, 8)
    )
    assert (found.verdict, found.value) == (Verdict.FAIL, date(2026, 10, 2))


def test_a_year_nobody_has_recorded_leaves_it_open_and_is_named() -> None:
    start = date(2026, 12, 10)  # ends 2027-01-09
    found = asked("CMP-035", start, agreed_on=start, both_apply=True, done_on=date(2027, 1, 11))
    assert (found.verdict, found.value, found.missing) == (Verdict.UNDECIDED, date(2027, 1, 9), ("calendar",))
    assert any("2027" in step.say for step in found.steps if not step.used)
    assert asked("CMP-035", start, agreed_on=start, both_apply=True).verdict is Verdict.DUE
    late = asked("CMP-035", start, agreed_on=start, both_apply=True, done_on=date(2027, 2, 20))
    assert late.verdict is Verdict.FAIL
