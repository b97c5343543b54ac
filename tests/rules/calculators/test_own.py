"""The bank's own stricter rules in the calculators: the stricter binds, the law stays beside it, both are said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.rules.book import book
from xiaobao.rules.calculators import desk
from xiaobao.rules.own_rules import OwnRule, read
from xiaobao.rules.own_standing import stand
from xiaobao.rules.values import Verdict


def own(rule: str, changes: dict[str, Any], **more: Any) -> tuple[OwnRule, ...]:
    entry = {
        "id": "OWN-1",
        "rule": rule,
        "title": "本行规定",
        "level": "bank",
        "since": date(2026, 2, 1),
        "set": changes,
        "signed_by": ["王一", "李二"],
    }
    return read([entry | more], book(), name="own.yaml")


def test_an_own_period_binds_the_complaint_and_the_law_stays_beside_it() -> None:
    found = ask("complaint", "received_on=2026-03-01", own=own("CMP-003", {"length": 10}))
    assert (found.value, found.law_value) == (date(2026, 3, 11), date(2026, 3, 16))
    assert [(one.id, one.binds) for one in found.own] == [("OWN-1", True)]
    assert "（法定期限为2026-03-16）" in found.say


def test_an_own_confirmation_period_is_told_as_ours() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-03-01", own=own("CMP-035", {"length": 20}))
    assert (found.value, found.law_value) == (date(2026, 3, 21), date(2026, 3, 31))
    assert found.steps[2].say == "届满日为2026-03-31（星期二）"
    step = next(step for step in found.steps if step.cite == "OWN-1")
    assert (step.ours, step.say) == (True, "本行“本行规定”更严：2026-03-21，取从严结果")


def test_one_that_asks_nothing_more_is_left_out_with_its_reason() -> None:
    same = own("CMP-035", {"length": 20, "unit": "working_day"})
    found = ask("mediation-confirmation", "agreed_on=2026-09-25", own=same)
    assert found.value == found.law_value == date(2026, 10, 25)
    assert not found.own[0].binds
    assert any("没有比法定要求更严" in step.say for step in found.unused)


def test_files_are_kept_longer() -> None:
    found = ask("retention", "files=complaint;closed_on=2026-03-01", own=own("CMP-025", {"years": 5}))
    assert (found.value, found.own[0].value) == (date(2031, 3, 1), date(2031, 3, 1))
    assert found.say.startswith("至少保存至2031-03-01")


def test_a_tighter_count_bars_earlier_and_names_its_own_next_day() -> None:
    facts = "on=2026-06-10;grades=5;assessed_on=2025-08-01,2026-02-01,2026-05-01"
    law, stricter = (
        ask("assessments", facts),
        ask("assessments", facts, own=own("DR-003", {"assessments_year": 3})),
    )
    assert (law.verdict, stricter.verdict) == (Verdict.PASS, Verdict.REFUSE)
    assert stricter.value["next_on"] == date(2026, 8, 1)
    assert stricter.steps[1].say.endswith("累计不得超过8次（适当性办法第二十九条第一款）；本行规定3次")


def test_a_lower_prize_is_the_one_that_counts() -> None:
    facts = "drawn_on=2026-03-01;top_prize_yuan=20000;changes_after_start=0"
    found = ask("prize", facts, own=own("MKT-017", {"top_prize_yuan": 10_000}))
    assert found.verdict is Verdict.REFUSE
    assert "不得超过10,000元，超过10,000元" in found.steps[1].say


def test_a_report_due_earlier() -> None:
    found = ask("self-assessment", "year=2026", own=own("GOV-005", {"month": 1, "day": 20}))
    assert (found.value, found.law_value) == (date(2027, 1, 20), date(2027, 1, 31))
    assert "次年1月31日前（人民银行消保办法第五十六条第二款）" in found.steps[1].say
    assert found.say.startswith("最迟2027-01-20")


def test_one_the_law_has_overtaken_is_said_to_be_spent() -> None:
    spent = own("PI-016", {"years": 7}, since=date(2020, 1, 1))
    found = ask("retention", "files=identity;relation_end_on=2026-03-01", own=spent)
    assert found.value == date(2036, 3, 1)
    assert any("OWN-1已被更严的新法取代" in step.say for step in found.unused)


@pytest.fixture
def standing() -> Iterator[None]:
    former = stand(own("CMP-003", {"length": 10}))
    yield
    stand(former)


def test_those_of_the_process_bind_unless_others_are_given(standing: None) -> None:
    assert ask("complaint", "received_on=2026-03-01").value == date(2026, 3, 11)
    assert ask("complaint", "received_on=2026-03-01", own=()).value == date(2026, 3, 16)
    assert desk("recheck").own[0].id == "OWN-1"


def test_the_article_is_not_quoted_for_the_banks_own_prize() -> None:
    facts = "drawn_on=2026-03-01;top_prize_yuan=30000;changes_after_start=0"
    found = ask("prize", facts, own=own("MKT-017", {"top_prize_yuan": 20_000}))
    law, ours = found.steps[0], next(step for step in found.steps if "20,000" in step.say)
    assert law.say.startswith("最高奖30,000元，不得超过50,000元，没有超过（反不正当竞争法")
    assert (ours.cite, ours.ours) == ("OWN-1", True)
    assert ours.say == "本行“本行规定”：不得超过20,000元，超过10,000元"


def test_the_article_is_not_quoted_for_the_banks_own_count_of_assessments() -> None:
    facts = "on=2026-03-01;assessed_on=2026-03-01;grades=5"
    found = ask("assessments", facts, own=own("DR-003", {"assessments_today": 1}))
    assert found.steps[0].say == (
        "2026-03-01当日，含本次共2次；单日不得超过2次（适当性办法第二十九条第一款）；本行规定1次"
    )
