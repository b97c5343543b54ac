"""Recheck, judicial confirmation and the petition track, as the calculators tell them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Verdict


def test_the_whole_answer_of_case_x07() -> None:
    assert ask("recheck", "decision_received_on=2026-03-20").text == (
        "申请核查最迟2026-04-19 24:00前以书面提出。"
        "① 2026-03-20投诉人收到处理决定，当日不计入（民法典第二百零一条第一款） "
        "② 30日内可以向上级机构书面申请核查（投诉办法第二十条） "
        "③ 日为自然日，末日计入（投诉办法第四十三条第二款） "
        "④ 届满日为2026-04-19（星期日） "
        "⑤ 届满日逢节假日，2026-04-20提出的也应收下（民法典第二百零三条第一款）：对客户从宽，本行口径。"
    )


def test_the_banks_own_day_is_not_rolled_over() -> None:
    found = ask("recheck", "recheck_asked_on=2026-04-10")
    assert found.value == {"recheck_asked_on": date(2026, 5, 10)}
    assert found.unused[0].say == (
        "节假日顺延至2026-05-11（民法典第二百零三条第一款）——从严解释，本行口径不采用"
    )
    assert found.unused[0].ours


def test_both_days_at_once_and_whether_they_were_kept() -> None:
    found = ask(
        "recheck",
        "decision_received_on=2026-03-20;recheck_asked_on=2026-04-21;recheck_told_on=2026-05-21",
    )
    assert "2026-04-21收到核查申请，已逾期2日。" in found.say
    assert found.say.endswith("2026-05-21作出核查决定并告知，没有逾期。")
    assert sum("日为自然日" in step.say for step in found.steps) == 1


def test_head_office_decisions_have_no_superior() -> None:
    found = ask("recheck", "decision_received_on=2026-03-20;by_branch=否")
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert found.say == "不适用：核查针对分支机构的处理结果，对总行的决定不适用。"


def test_the_court_closes_before_midnight() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-03-01;both_apply=是;applied_on=2026-03-31")
    assert found.say == (
        "最迟2026-03-31向人民法院共同申请司法确认；到法院办理的，以当日下班时间为准。"
        "2026-03-31申请司法确认，没有逾期。"
    )
    assert not found.unused


def test_confirmation_needs_both_sides() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-03-01;both_apply=否")
    assert found.say == "不适用：须双方当事人共同申请。"


@pytest.mark.parametrize(
    ("agreed", "cite"),
    [
        ("2026-03-01", "L20@2021-01-01:201.1"),
        ("2020-03-01", "X14@2017-10-01:201.1"),
        ("2016-03-01", "X16@1987-01-01:154.2"),
    ],
)
def test_day_zero_is_cited_from_the_code_of_its_time(agreed: str, cite: str) -> None:
    assert ask("mediation-confirmation", f"agreed_on={agreed}").steps[0].cite == cite


def test_a_confirmation_before_2021_names_no_closing_hour() -> None:
    found = ask("mediation-confirmation", "agreed_on=2020-03-01")
    assert not any("203.2" in step.cite for step in found.steps)


PETITION = [
    ("petition_received_on", date(2026, 3, 16), "书面告知信访人，最迟2026-03-16。"),
    ("petition_accepted_on", date(2026, 4, 30), "办结，最迟2026-04-30。"),
    ("opinion_received_on", date(2026, 3, 31), "可以请求上一级复查，最迟2026-03-31。"),
    ("review_asked_on", date(2026, 3, 31), "提出复查意见并书面答复，最迟2026-03-31。"),
    ("review_received_on", date(2026, 3, 31), "可以请求再上一级复核，最迟2026-03-31。"),
    ("re_review_asked_on", date(2026, 3, 31), "提出复核意见，最迟2026-03-31。"),
]


@pytest.mark.parametrize(("start", "on", "said"), PETITION, ids=[start for start, *_ in PETITION])
def test_each_clock_of_the_petition_track(start: str, on: date, said: str) -> None:
    found = ask("petition", f"{start}=2026-03-01")
    assert (found.value, found.say) == ({start: on}, said)
    assert found.steps[1].cite.startswith("N05@2025-06-01:")


@pytest.mark.parametrize(
    ("facts", "on", "verdict"),
    [
        ("approver=unit_head;told=是", date(2026, 5, 30), Verdict.DUE),
        ("approver=unit_head;told=否", date(2026, 4, 30), Verdict.REFUSE),
        ("approver=other;told=是", date(2026, 4, 30), Verdict.REFUSE),
        ("approver=unit_head", date(2026, 4, 30), Verdict.UNDECIDED),
    ],
)
def test_an_extension_counts_only_when_it_is_approved_and_told(
    facts: str, on: date, verdict: Verdict
) -> None:
    found = ask("petition", f"petition_accepted_on=2026-03-01;{facts}")
    assert (found.value["petition_accepted_on"], found.verdict) == (on, verdict)


def test_a_whole_petition_track_is_told_in_twelve_steps() -> None:
    """Every clock begun, extended, and two ends on days off: one sentence, each clock one step."""
    found = ask(
        "petition",
        "petition_received_on=2026-03-01;petition_accepted_on=2026-03-10;approver=unit_head;told=是;"
        "opinion_received_on=2026-05-07;review_asked_on=2026-06-01;review_received_on=2026-07-02;"
        "re_review_asked_on=2026-08-01",
    )
    assert len(found.steps) == 12
    assert found.say.count("。") == 1
    assert found.value["petition_accepted_on"] == date(2026, 6, 8)
    events = ("收到信访事项", "受理信访事项", "收到处理意见", "收到复查请求", "收到复查意见", "收到复核请求")
    order = [next(at for at, step in enumerate(found.steps) if one in step.say) for one in events]
    assert order == sorted(order)


def test_the_petition_track_leaves_the_complaints_own_days_alone() -> None:
    found = ask("petition", "petition_received_on=2026-03-01")
    assert any("不改变投诉的期限" in step.say for step in found.unused)
    with pytest.raises(InvalidInput, match="第一版自2025-06-01起"):
        ask("petition", "petition_received_on=2025-05-31")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2026-10-08", "2026-10-08收到核查申请，没有逾期。"),
        ("2026-10-09", "2026-10-09收到核查申请，已逾期4日。"),
    ],
)
def test_what_a_customer_hands_in_after_the_holiday_is_not_late(asked: str, said: str) -> None:
    found = ask("recheck", f"decision_received_on=2026-09-05;recheck_asked_on={asked};by_branch=是")
    assert said in found.say
    late = any("晚" in step.say for step in found.steps)
    assert late is ("已逾期" in said)


def test_a_holiday_at_the_court_lengthens_the_period_of_both_sides() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-09-02;both_apply=是;applied_on=2026-10-08")
    assert found.say.endswith("2026-10-08申请司法确认，没有逾期。")
    step = next(step for step in found.steps if step.say.startswith("2026-10-08申请"))
    assert step.cite == "L20@2021-01-01:203.1"


def test_a_customers_day_in_an_unrecorded_year_is_not_called_late() -> None:
    found = ask("mediation-confirmation", "agreed_on=2026-12-03;both_apply=是;applied_on=2027-01-04")
    assert found.say.endswith("2027-01-04申请司法确认，是否逾期待定：2027年的放假安排未录入。")


def test_an_extension_of_which_nobody_says_whether_it_was_told_is_open() -> None:
    found = ask("petition", "petition_accepted_on=2026-03-05;approver=unit_head")
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, ("told",))
    assert found.say == (
        "待定，尚缺：是否已告知延期理由；已告知的，办结最迟2026-06-03，否则办结，最迟2026-05-04。"
    )
    assert any("是否告知延期理由未填：已告知的延长至2026-06-03" in step.say for step in found.unused)
