"""What the demo bank's customers complain of, drawn from a seed."""

from __future__ import annotations

import dataclasses
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from xiaobao.demo import cases, today, wording
from xiaobao.demo.matters import CHANNEL_CODES, DOORS, LETTERS, MATTERS
from xiaobao.demo.particulars import WHO, particulars_of
from xiaobao.demo.people import Bank
from xiaobao.demo.verdict import verdict_of
from xiaobao.duties.complaints.domain import codes, intake
from xiaobao.duties.complaints.domain.values import Body, Channel, Codes, Liability, RedressKind

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
        for telling in matter.tellings:
            through = CHANNEL_CODES[matter.product]
            codes.check(Codes(through, matter.business, matter.reason_of(telling)))


def test_every_door_is_a_channel_and_every_letter_a_body() -> None:
    assert {Channel(door) for _, door in DOORS}
    assert {Body(body) for body, _ in LETTERS.values()}


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


def test_no_two_tellings_share_a_title() -> None:
    titles = [telling.title for matter in MATTERS for telling in matter.tellings]
    assert len(titles) == len(set(titles)) > 45


def test_every_matter_has_more_than_one_telling_cause_and_paper() -> None:
    for matter in MATTERS:
        assert min(len(matter.tellings), len(matter.causes), len(matter.papers)) >= 2, matter.product


@pytest.mark.parametrize("channel", [Channel(door) for _, door in DOORS])
def test_a_complaint_is_noted_in_a_whole_sentence_for_its_door(bank: Bank, channel: Channel) -> None:
    case = dataclasses.replace(cases.draw(random.Random(3), bank, PRESENT, 1), channel=channel)
    facts = cases.intake_of(case, random.Random(3)).facts
    assert facts.startswith(wording.OPENINGS[channel])
    assert case.telling.facts in facts
    assert facts.endswith("。")
    assert "。。" not in facts
    assert not set("{}") & set(facts)


def test_a_group_tells_one_fault_by_many_people(bank: Bank) -> None:
    rng = random.Random(1)
    told = today.group(rng, PRESENT, 50, 1.0)
    assert len(told) == 12
    assert {case.telling.title for case in told} == {today.GROUP_TITLE}
    assert len({case.person.phone for case in told}) == 12
    assert max(c.received_at for c in told) - min(c.received_at for c in told) < timedelta(hours=40)


def test_every_scene_of_today_is_a_telling_and_lies_before_the_present() -> None:
    early = PRESENT.replace(hour=1)  # nine in the morning in Shanghai: before the planned hour
    scripted = today.scripted(random.Random(1), early, 1)
    assert len(scripted) == len(today.SCENES)
    assert all(case.received_at < early for case in scripted)


@pytest.mark.parametrize("seed", range(30))
def test_a_verdict_pays_only_where_the_bank_answers_for_it(bank: Bank, seed: int) -> None:
    rng = random.Random(seed)
    case = cases.draw(rng, bank, PRESENT, seed)
    found = verdict_of(case, rng)
    assert found.cause == case.matter.cause_of(case.telling)
    assert (found.paid_fen > 0) == (found.redress in {RedressKind.REFUND, RedressKind.COMPENSATION})
    assert found.paid_fen == 0 or found.liability in {Liability.FULL, Liability.PARTIAL}


def test_every_telling_has_its_own_cause_and_papers() -> None:
    for matter in MATTERS:
        assert len(matter.causes) == len(matter.tellings), matter.product
        assert len({matter.cause_of(telling) for telling in matter.tellings}) == len(matter.tellings)
        assert all(len(matter.papers_of(telling)) >= 2 for telling in matter.tellings)


def test_a_fund_sold_without_risks_is_not_looked_into_as_a_savings_plan() -> None:
    matter, telling = today.told("代销基金风险揭示不充分，要求赔偿净值损失")
    assert matter.papers_of(telling) == ("双录质检记录", "风险揭示书")
    assert "双录" in matter.cause_of(telling)
    matter, telling = today.told("征信异议更正申请超过承诺时限未答复")
    assert "扣款流水" not in matter.papers_of(telling)
    matter, telling = today.told("理财产品净值下跌，风险等级与本人不符")
    assert (matter.reason_of(telling), CHANNEL_CODES[matter.product]) == ("C4", "A1.1")


def test_no_two_customers_tell_the_same_fault_in_the_same_words(bank: Bank) -> None:
    rng = random.Random(2)
    told = [cases.intake_of(case, rng).facts for case in today.group(rng, PRESENT, 50, 1.0)]
    told += [cases.intake_of(cases.draw(rng, bank, PRESENT, n), rng).facts for n in range(400)]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("seed", range(60))
def test_what_a_customer_remembers_lies_before_the_complaint(seed: int) -> None:
    received = datetime(2026, 3, 2, 4, tzinfo=UTC)
    words = particulars_of(random.Random(seed), "客户经营小店。", Channel.PHONE, received, 12_345)
    assert "123.45 元" in words
    assert not words.startswith(WHO)
    for month, day in re.findall(r"(\d+)月(\d+)日", words):
        assert timedelta(0) < received.date() - date(2026, int(month), int(day)) <= timedelta(days=20)
