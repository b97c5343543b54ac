"""The clock as a function of its events: golden cases, order, tightening only."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.duties.complaints.domain import clock
from xiaobao.duties.complaints.domain.values import Channel, ClockEventKind, DueSource

DAYS = st.dates(date(2020, 11, 1), date(2026, 6, 1))


def event(what: ClockEventKind, on: date, **detail: Any) -> dict[str, Any]:
    return {"kind": what, "on": on, "reason": "", "document": "", "detail": detail}


def start(on: date) -> dict[str, Any]:
    return event(ClockEventKind.START, on)


def overlay(on: date, amount: int, unit: str = "natural") -> dict[str, Any]:
    facts = {"number": f"N{amount}", "title": "应急", "kind": "emergency", "amount": amount, "unit": unit}
    return event(ClockEventKind.OVERLAY, on, **facts, received_from=on.isoformat())


def due(*events: dict[str, Any], channel: Channel = Channel.PHONE, as_of: date = date(2026, 6, 1)) -> date:
    return clock.derive(channel, events, as_of=as_of).due_on


MAR_1 = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("case", "more", "expected"),
    [
        ("D-15", [], date(2026, 3, 16)),
        (
            "X-02 mediation",
            [
                event(ClockEventKind.SUSPEND, date(2026, 3, 5), pause="mediation"),
                event(ClockEventKind.RESUME, date(2026, 3, 24)),
            ],
            date(2026, 4, 5),
        ),
        (
            "X-03 appraisal untold",
            [
                event(ClockEventKind.SUSPEND, date(2026, 3, 5), pause="appraisal", told_on=""),
                event(ClockEventKind.RESUME, date(2026, 3, 14)),
            ],
            date(2026, 3, 16),
        ),
        ("X-04 new facts", [event(ClockEventKind.RESTART, date(2026, 3, 10))], date(2026, 3, 25)),
        ("X-06 withdrawn", [event(ClockEventKind.END, date(2026, 3, 8), withdrawn=True)], date(2026, 3, 8)),
    ],
)
def test_golden_cases(case: str, more: list[dict[str, Any]], expected: date) -> None:
    assert due(start(MAR_1), *more) == expected


def test_without_a_start_there_is_no_clock() -> None:
    with pytest.raises(Exception, match=r"complaint\.clock\.start"):
        due()


@given(DAYS, st.integers(1, 60), st.sampled_from(["natural", "working"]))
def test_an_overlay_only_tightens(on: date, amount: int, unit: str) -> None:
    plain = clock.derive(Channel.PHONE, [start(on)], as_of=on)
    bound = clock.derive(Channel.PHONE, [start(on), overlay(on, amount, unit)], as_of=on)
    assert bound.due_on <= plain.due_on
    assert bound.legal_due_on == plain.legal_due_on
    assert (bound.due_source is DueSource.LEGAL) is (
        bound.due_on == plain.due_on and bound.due.binding.startswith("CMP")
    )


@given(DAYS, st.integers(0, 30))
def test_new_facts_never_move_the_date_back(on: date, after: int) -> None:
    later = on + timedelta(after)
    assert due(start(on), event(ClockEventKind.RESTART, later)) >= due(start(on))


@given(DAYS, st.integers(0, 14), st.integers(0, 40))
def test_a_mediation_adds_exactly_its_days(on: date, begin: int, length: int) -> None:
    since = on + timedelta(begin + 1)
    until = since + timedelta(length)
    events = [
        start(on),
        event(ClockEventKind.SUSPEND, since, pause="mediation"),
        event(ClockEventKind.RESUME, until),
    ]
    assert due(*events) == due(start(on)) + timedelta(length + 1)


@given(DAYS)
def test_every_day_is_accounted_for(on: date) -> None:
    derived = clock.derive(Channel.PHONE, [start(on)], as_of=on)
    stretches = clock.stretches(derived)
    assert sum(step.days for step in stretches) == (derived.due_on - on).days + 1
    assert sum(step.days for step in stretches if step.kind == "counted") == 15
    for before, after in itertools.pairwise(stretches):
        assert after.start == before.end + timedelta(1)


def test_the_strictest_of_law_letter_and_notice_binds() -> None:
    letter = event(ClockEventKind.GIVEN, MAR_1, due_on="2026-03-06", number="监转1", body="金融监管部门")
    derived = clock.derive(Channel.NFRA, [start(MAR_1), overlay(MAR_1, 7), letter], as_of=MAR_1)
    view = clock.explain(derived)
    assert (derived.due_on, derived.due_source) == (date(2026, 3, 6), DueSource.REFERRAL)
    assert {source for source, _, _ in view.candidates} == {
        DueSource.LEGAL,
        DueSource.REFERRAL,
        DueSource.EMERGENCY,
    }


def test_a_pause_left_open_ends_with_its_obligation() -> None:
    paused = event(ClockEventKind.SUSPEND, date(2026, 3, 5), pause="mediation")
    assert clock.derive(Channel.PHONE, [start(MAR_1), paused], as_of=date(2026, 3, 9)).is_paused
    again = clock.derive(
        Channel.PHONE, [start(MAR_1), paused, start(date(2026, 5, 1))], as_of=date(2026, 6, 1)
    )
    assert (again.is_paused, again.due_on) == (False, date(2026, 5, 16))


def test_a_reopening_starts_a_period_of_its_own() -> None:
    extended = event(
        ClockEventKind.EXTEND, date(2026, 3, 5), to="complex", approver="branch", old_due_on="2026-03-16"
    )
    told = event(ClockEventKind.TELL, date(2026, 3, 6), to="complex")
    assert due(start(MAR_1), extended, told) == date(2026, 3, 31)
    assert due(start(MAR_1), extended, told, start(date(2026, 5, 1))) == date(2026, 5, 16)
