"""Leaks in hours, and requests whose day is the bank's own."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.kernel.days import parse_moment
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Verdict

LEAK = "confirmed_at=2026-03-01T09:00;endangers=否"


def test_the_whole_answer_of_case_x09() -> None:
    assert ask("leak-notice", LEAK).text == (
        "最迟2026-03-04 09:00（北京时间）报告住所地人民银行分支机构，并及时告知金融消费者。"
        "① 2026-03-01 09:00（北京时间）确认泄露，按小时计算的自该时起算（民法典第二百零一条第二款） "
        "② 立即采取补救措施（个人信息保护法第五十七条第一款） "
        "③ 可能产生其他不利影响：72小时以内报告，至2026-03-04 09:00（人民银行消保办法第三十四条第二款） "
        "④ 及时告知金融消费者，条文没有小时数（人民银行消保办法第三十四条第二款） "
        "⑤ 通知写明三项：信息种类、原因和可能的危害，补救措施和个人可采取的减轻措施，联系方式"
        "（个人信息保护法第五十七条第一款第（一）项等） "
        "⑥ 本行口径：按小时计算的自确认时刻起算，不自次日起算；均为北京时间。"
        "未采用：首日不计入——只适用于按日、月、年计算的期间；节假日顺延——按小时计算，不顺延。"
    )


def test_danger_leaves_no_hours() -> None:
    found = ask("leak-notice", "confirmed_at=2026-03-01T09:00;endangers=是")
    assert found.say == "立即向住所地人民银行分支机构报告，并立即告知金融消费者。"
    assert found.value == parse_moment("2026-03-01T09:00")
    assert found.unused[0].say.startswith("72小时——")


def test_not_knowing_the_danger_is_undecided_and_bounded() -> None:
    found = ask("leak-notice", "confirmed_at=2026-03-01T09:00")
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, ("endangers",))
    assert found.unused[0].say.startswith("2026-03-04 09:00——未定是否危及")


@pytest.mark.parametrize(
    ("reported", "said"),
    [
        ("2026-03-04T09:00", "2026-03-04 09:00报告，没有逾期。"),
        ("2026-03-04T09:01", "2026-03-04 09:01报告，已逾期0小时1分。"),
        ("2026-03-05T11:30", "2026-03-05 11:30报告，已逾期26小时30分。"),
    ],
)
def test_lateness_is_told_in_hours_and_minutes(reported: str, said: str) -> None:
    assert ask("leak-notice", f"{LEAK};reported_at={reported}").say.endswith(said)


def test_before_the_privacy_law_the_three_items_are_not_asked() -> None:
    found = ask("leak-notice", "confirmed_at=2021-10-31T09:00;endangers=否")
    assert not any("三项" in step.say for step in found.steps)
    assert found.version == "2021-01-01"


def test_a_moment_elsewhere_is_put_on_shanghais_clock() -> None:
    found = ask("leak-notice", "confirmed_at=2026-02-28T22:00-03:00;endangers=否")
    assert found.steps[0].say.startswith("2026-03-01 09:00（北京时间）")


RIGHTS = [
    ("copy", "复制：及时提供", "L02@2021-11-01:45.2"),
    ("correct", "更正：核实后及时更正", "L02@2021-11-01:46.2"),
    ("delete", "删除：符合五种情形的应当主动删除", "L02@2021-11-01:47.1"),
    ("transfer", "转移：提供转移的途径", "L02@2021-11-01:45.3"),
    ("explain", "解释处理规则：予以解释说明", "L02@2021-11-01:48"),
]


@pytest.mark.parametrize(("right", "said", "cite"), RIGHTS, ids=[right for right, *_ in RIGHTS])
def test_each_right_has_its_article_and_no_number(right: str, said: str, cite: str) -> None:
    found = ask("subject-request", f"requested_on=2026-03-01;right={right}")
    assert (found.steps[1].say.startswith(said), found.steps[1].cite) == (True, cite)
    assert (found.value, found.law_value) == (date(2026, 3, 16), None)
    assert found.steps[2].ours


def test_a_refusal_says_why_and_kin_have_their_own_ground() -> None:
    found = ask("subject-request", "requested_on=2026-03-01;right=copy;refused=是;requester=kin")
    cites = [step.cite for step in found.steps]
    assert "拒绝的须在同一期限内书面说明理由。" in found.say
    assert {"L02@2021-11-01:50.1", "L02@2021-11-01:50.2", "L02@2021-11-01:49"} <= set(cites)


def test_a_complaint_is_no_request_and_older_ones_had_no_law() -> None:
    found = ask("subject-request", "requested_on=2026-03-01;right=complain")
    assert found.verdict is Verdict.NOT_APPLICABLE
    with pytest.raises(InvalidInput, match="第一版自2021-11-01起"):
        ask("subject-request", "requested_on=2021-10-31;right=copy")
