"""What the demo bank's customers complain of, drawn from a seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from xiaobao.demo import cases
from xiaobao.demo.matters import DOORS, LETTERS, MATTERS
from xiaobao.demo.people import Bank
from xiaobao.duties.complaints.domain import codes, intake
from xiaobao.duties.complaints.domain.values import Body, Channel, Codes

PRESENT = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def bank() -> Bank:
    return Bank(outlets={"B01": ["B010101", "B010102"], "B02": ["B020101"]})


def test_weights_follow_the_published_shares() -> None:
    share = {
        top: sum(m.weight for m in MATTERS if m.business.startswith(top)) for top in ("B2.1", "B2.2", "B3")
    }
    assert share == pytest.approx({"B2.1": 33.6, "B2.2": 29.1, "B3": 14.3})
    assert sum(m.weight for m in MATTERS) == pytest.approx(100)
    assert sum(m.weight for m in MATTERS if m.reason == "C3") == pytest.approx(73.4, abs=1)
    assert sum(m.weight for m in MATTERS if m.reason == "C7") == pytest.approx(8.6)


def test_every_code_stands_in_the_standard() -> None:
    for matter in MATTERS:
        codes.check(Codes("A1.1", matter.business, matter.reason))


def test_every_door_is_a_channel_and_every_letter_a_body() -> None:
    assert {Channel(door) for _, door in DOORS}
    assert {Body(body) for body, _ in LETTERS.values()}


def test_the_year_has_as_many_arrivals_as_asked() -> None:
    moments = cases.arrivals_of_year(random.Random(1), 2020, 410)
    assert len(moments) == 410
    assert moments == sorted(moments)
    assert {moment.year for moment in moments} == {2020}


def test_the_last_weeks_are_busier_than_the_year() -> None:
    moments = cases.arrivals_until(random.Random(1), PRESENT)
    newest = [moment for moment in moments if (PRESENT - moment).days < 14]
    assert len(newest) > 60
    assert max(moments) < PRESENT
    assert (PRESENT - min(moments)).days > 350


@pytest.mark.parametrize("seed", range(40))
def test_every_drawn_complaint_can_be_registered(bank: Bank, seed: int) -> None:
    rng = random.Random(seed)
    case = cases.draw(rng, bank, datetime(2020, 5, 6, 3, tzinfo=UTC), seed)
    filed = intake.check(cases.intake_of(case, rng), now=case.entered_at)
    assert (filed.referral is not None) == case.is_regulator
    assert filed.facts


def test_the_same_seed_tells_the_same_story(bank: Bank) -> None:
    first, second = (cases.draw(random.Random(5), bank, PRESENT, 1) for _ in range(2))
    assert first == second
