"""What comes round, ratios and prizes, as the calculators tell them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Confidence, Verdict


def test_the_whole_answer_of_case_x11() -> None:
    assert ask("self-assessment", "year=2026").text == (
        "最迟2027-01-31向人民银行或其分支机构报送自评估报告。"
        "① 2026年度的报告 "
        "② 向人民银行或其分支机构报送自评估报告，次年1月31日前（人民银行消保办法第五十六条第二款） "
        "③ 届满日为2027-01-31（星期日），含当日 "
        "④ 本行口径：“1月31日前”含当日，与条文中“以内含本数”的用法一致；节假日不顺延，从严。"
        "未采用：节假日——2027年的放假安排未录入，不影响：不顺延。"
    )


def test_a_holiday_that_is_known_is_named_and_left_out() -> None:
    found = ask("self-assessment", "year=2025")
    assert found.unused[0].say == "节假日顺延至2026-02-02——从严解释，本行口径不采用"
    assert ask("self-assessment", "year=2022").unused == ()


@pytest.mark.parametrize(
    ("report", "on", "rule"),
    [
        ("self_assessment", date(2026, 1, 31), "GOV-005"),
        ("annual_report", date(2026, 12, 31), "GOV-008"),
        ("complaint_report", date(2026, 12, 31), "CMP-026"),
    ],
)
def test_each_report_has_its_day(report: str, on: date, rule: str) -> None:
    found = ask("self-assessment", f"year=2025;report={report}")
    assert (found.value, found.rule) == (on, rule)


@pytest.mark.parametrize(
    ("done", "verdict", "said"),
    [
        ("2026-01-31", Verdict.PASS, "没有逾期。"),
        ("2026-02-02", Verdict.FAIL, "已逾期2日。"),
    ],
)
def test_a_report_is_in_time_or_late(done: str, verdict: Verdict, said: str) -> None:
    found = ask("self-assessment", f"year=2025;done_on={done}")
    assert (found.verdict, found.say.endswith(said)) == (verdict, True)


def test_a_year_before_the_rule_says_since_when() -> None:
    with pytest.raises(InvalidInput, match="第一版自2020-11-01起"):
        ask("self-assessment", "year=2019")


def test_the_whole_answer_of_an_audit_round() -> None:
    assert ask("audit-cycle", "audit=internal;last_on=2024-02-29").text == (
        "最迟2029-02-28再次审计这一部门或者分支机构。"
        "① 上次审计2024-02-29 "
        "② 5年内再次审计这一部门或者分支机构（消保办法第十九条） "
        "③ 届满日为2029-02-28（星期三），到期月的对应日（民法典第二百零二条） "
        "④ 本行口径：按单位滚动计算，施行之前的审计自施行之日起算；整轮覆盖由审计计划核对。"
    )


def test_the_privacy_audit_asks_for_the_number_of_persons() -> None:
    facts = "audit=privacy;last_on=2025-05-01"
    assert ask("audit-cycle", facts).missing == ("persons",)
    few = ask("audit-cycle", f"{facts};persons=10000000")
    assert (few.verdict, few.value) == (Verdict.DUE, None)
    assert few.say == "没有超过1000万人：应当定期开展合规审计，没有法定周期，由本行规定。"
    assert few.steps[0].cite == "L02@2021-11-01:54"
    many = ask("audit-cycle", f"{facts};persons=10000001;done_on=2027-05-02")
    assert (many.value, many.verdict) == (date(2027, 5, 1), Verdict.FAIL)


def test_before_the_two_years_the_audit_was_a_duty_without_a_number() -> None:
    found = ask("audit-cycle", "audit=privacy;last_on=2022-03-01;persons=10000000")
    assert (found.version, found.value, found.missing) == ("2021-11-01", None, ())
    assert found.say == "应当定期开展合规审计，法律没有规定周期，由本行规定。"


def test_ratios_are_computed_as_far_as_the_figures_go() -> None:
    found = ask("complaint-ratios", "complaints=10;period_end_on=2024-12-31;outlets=4")
    assert found.value == {"per_1000_outlets": 2500.0, "per_100_outlets": 250.0}
    assert found.say == "2,500.0 件/千营业网点；250.0 件/百网点。"
    assert found.missing == ("customers", "assets_yuan")
    assert [step.say for step in found.unused] == [
        "件/千万个人客户——个人客户数未填",
        "件/千亿元资产——资产总额未填",
    ]


def test_each_ratio_cites_who_publishes_it() -> None:
    found = ask(
        "complaint-ratios", "complaints=10;period_end_on=2024-12-31;outlets=4;customers=5;assets_yuan=6"
    )
    cited = {step.say.split()[-1]: step.cite.partition("@")[0] for step in found.steps}
    assert cited["件/千营业网点"] == cited["件/千万个人客户"] == "X15"
    assert cited["件/百网点"] == cited["件/千亿元资产"] == "X17"


def test_a_ratio_of_nothing_means_nothing() -> None:
    found = ask("complaint-ratios", "complaints=10;period_end_on=2024-12-31;outlets=0")
    assert (found.verdict, found.value) == (Verdict.UNDECIDED, None)
    assert "outlets" in found.missing


@pytest.mark.parametrize(
    ("facts", "verdict", "said"),
    [
        ("top_prize_yuan=50000;changes_after_start=0", Verdict.PASS, "最高奖可以设50,000元，距上限还有0元。"),
        ("top_prize_yuan=50001;changes_after_start=0", Verdict.REFUSE, "不得开展：最高奖超过上限。"),
        ("top_prize_yuan=100;changes_after_start=1", Verdict.REFUSE, "不得开展：开始后无正当理由变更奖项信息。"),
    ],
)  # fmt: skip
def test_prizes_by_the_newest_law(facts: str, verdict: Verdict, said: str) -> None:
    found = ask("prize", f"drawn_on=2026-03-01;{facts}")
    assert (found.verdict, found.say) == (verdict, said)


@pytest.mark.parametrize(
    ("drawn", "cite"),
    [
        ("2019-04-22", "L10@2018-01-01:10.1.3"),
        ("2025-10-14", "L10@2019-04-23:10.1.3"),
        ("2025-10-15", "L10@2025-10-15:11.1.4"),
    ],
)
def test_prizes_by_the_law_of_the_day(drawn: str, cite: str) -> None:
    found = ask("prize", f"drawn_on={drawn};top_prize_yuan=60000;changes_after_start=0")
    assert (found.verdict, found.steps[0].cite) == (Verdict.REFUSE, cite)
    assert "超过10,000元" in found.steps[0].say


def test_an_audit_before_the_two_years_is_told_of_them() -> None:
    found = ask("audit-cycle", "audit=privacy;last_on=2024-02-29;persons=20000000")
    assert found.say == (
        "应当定期开展合规审计，法律没有规定周期，由本行规定。"
        "自2025-05-01起超过10,000,000人的至少每两年一次，首次自该日起算，最迟2027-05-01。"
    )
    assert found.steps[-1].cite == "X07@2025-05-01:4"
    assert found.confidence is Confidence.LIKELY
    few = ask("audit-cycle", "audit=privacy;last_on=2024-02-29;persons=10000000")
    assert few.say == "应当定期开展合规审计，法律没有规定周期，由本行规定。"
