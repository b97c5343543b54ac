"""The stricter of two findings: order does not matter, nor how often, and it is never looser than either."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiaobao.rules.meet import meet, severity, shown
from xiaobao.rules.values import Finding, Kind, Step, Verdict

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
NAMES = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True).map(lambda names: tuple(sorted(names)))
STEPS = st.lists(st.sampled_from(["一", "二", "三"]), max_size=2).map(
    lambda said: tuple(Step(one) for one in said)
)
DUE = st.sampled_from([Verdict.DUE, Verdict.UNDECIDED, Verdict.PASS, Verdict.FAIL])


def finding(
    verdicts: st.SearchStrategy[Verdict], values: st.SearchStrategy[object]
) -> st.SearchStrategy[Finding]:
    missing = st.lists(st.sampled_from(["x", "y"]), unique=True).map(lambda names: tuple(sorted(names)))
    return st.tuples(verdicts, values, STEPS, missing).map(lambda parts: Finding(*parts))


CLOCKS = finding(DUE, st.none() | DAYS | st.fixed_dictionaries({}, optional={"one": DAYS, "two": DAYS}))
DATES = finding(DUE, st.none() | DAYS)
LISTS = finding(st.sampled_from([Verdict.PASS, Verdict.HOLD, Verdict.FAIL, Verdict.REFUSE]), NAMES)
ROOMS = finding(st.just(Verdict.PASS), st.integers(0, 9)) | finding(st.just(Verdict.REFUSE), NAMES)
KEPT = finding(DUE, st.none() | DAYS) | finding(st.just(Verdict.HOLD), st.none())
BY_KIND = {
    Kind.CLOCK: DATES,
    Kind.CALENDAR: DATES,
    Kind.RETENTION: KEPT,
    Kind.FIELDS: LISTS,
    Kind.SCAN: LISTS,
    Kind.CHECKLIST: LISTS,
    Kind.LIMIT: ROOMS,
    Kind.GATE: finding(st.sampled_from([Verdict.PASS, Verdict.HOLD, Verdict.REFUSE]), st.booleans()),
    Kind.APPROVAL: LISTS,
}
EVERY = st.sampled_from(sorted(BY_KIND)).flatmap(
    lambda kind: st.tuples(st.just(kind), BY_KIND[kind], BY_KIND[kind], BY_KIND[kind])
)


def normal(kind: Kind, one: Finding) -> Finding:
    return meet(kind, one, one)


@given(EVERY)
def test_commutative_associative_idempotent(drawn: tuple[Kind, Finding, Finding, Finding]) -> None:
    kind, one, two, three = drawn
    assert meet(kind, one, two) == meet(kind, two, one)
    assert meet(kind, meet(kind, one, two), three) == meet(kind, one, meet(kind, two, three))
    assert normal(kind, normal(kind, one)) == normal(kind, one)


@given(EVERY)
def test_never_looser_than_either(drawn: tuple[Kind, Finding, Finding, Finding]) -> None:
    kind, one, two, _ = drawn
    found = meet(kind, one, two)
    assert severity(found.verdict) == max(severity(one.verdict), severity(two.verdict))
    for each in (one, two):
        if kind in (Kind.CLOCK, Kind.CALENDAR) and each.value is not None:
            assert found.value <= each.value
        if kind is Kind.RETENTION and each.value is not None and found.value is not None:
            assert found.value >= each.value
        assert set(each.missing) <= set(found.missing)


def test_a_hold_met_on_the_way_does_not_make_the_order_matter() -> None:
    held, late, kept = (
        Finding(Verdict.HOLD),
        Finding(Verdict.FAIL),
        Finding(Verdict.DUE, date(2030, 1, 1)),
    )
    first = meet(Kind.RETENTION, meet(Kind.RETENTION, held, late), kept)
    assert first == meet(Kind.RETENTION, held, meet(Kind.RETENTION, late, kept))
    assert shown(Kind.RETENTION, meet(Kind.RETENTION, held, kept)) == Finding(Verdict.HOLD)
    assert shown(Kind.RETENTION, first) == first


@given(CLOCKS, CLOCKS)
def test_clocks_of_several_stages_meet_stage_by_stage(one: Finding, two: Finding) -> None:
    if isinstance(one.value, dict) and isinstance(two.value, dict):
        found = meet(Kind.CLOCK, one, two).value
        assert set(found) == {*one.value, *two.value}
        assert all(found[key] == min(v[key] for v in (one.value, two.value) if key in v) for key in found)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_meets(kind: Kind) -> None:
    assert meet(kind, Finding(Verdict.PASS), Finding(Verdict.REFUSE)).verdict is Verdict.REFUSE
