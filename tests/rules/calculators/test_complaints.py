"""The clock of a complaint and of one the PBOC passed on, as the calculators tell them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Verdict

EXTENDED = "approver={};approved_on=2026-03-10;approval_told_on=2026-03-11"


def test_the_whole_answer_of_case_x02() -> None:
    found = ask(
        "complaint",
        "received_on=2026-03-01;complexity=simple;mediation=2026-03-05..2026-03-24;mediation_both=是;"
        "appraisal=2026-03-05..2026-03-14;appraisal_told=否",
    )
    assert found.text == (
        "最迟2026-04-05 24:00前作出处理决定并告知投诉人。"
        "① 2026-03-01收到，当日不计入（民法典第二百零一条第一款） "
        "② 事实清楚、争议情况简单，15日（投诉办法第十八条第一款，2020-03-01起施行） "
        "③ 日为自然日，末日计入（投诉办法第四十三条第二款） "
        "④ 调解2026-03-05至2026-03-24，扣除20日（投诉办法第二十三条） "
        "⑤ 届满日为2026-04-05（星期日，清明节放假） "
        "⑥ 届满日逢节假日不顺延：从严解释，本行口径（民法典第二百零三条第一款未采用）。"
        "未采用：外部鉴定、检测、评估期间2026-03-05起——未告知投诉人，照常计入（投诉办法第十八条第二款）。"
    )


def test_what_an_empty_field_is_taken_for_is_said_and_named() -> None:
    found = ask("complaint", "received_on=2026-03-01")
    assert found.missing == ("complexity",)
    taken = [step.say for step in found.steps if step.ours and "未填" in step.say]
    assert [said.partition("未填")[0] for said in taken] == ["复杂程度"]
    assert ask("complaint", "received_on=2026-03-01;complexity=simple").missing == ()


EVENTS = [
    ("appraisal=2026-03-05..2026-03-14;appraisal_told=是", date(2026, 3, 26)),
    ("mediation=2026-03-05..2026-03-24;mediation_both=否", date(2026, 3, 16)),
    ("mediation=2026-03-05..;mediation_both=是;as_of=2026-03-24", date(2026, 4, 5)),
    ("new_facts_on=2026-03-10,2026-03-20", date(2026, 4, 4)),
    ("repeats_on=2026-03-10", date(2026, 3, 16)),
    ("withdrawn_on=2026-03-08", date(2026, 3, 8)),
    ("source=nfra", date(2026, 3, 16)),
    ("complexity=complex;reason=跨行取证", date(2026, 3, 31)),
    ("complexity=special;" + EXTENDED.format("superior"), date(2026, 4, 30)),
    ("complexity=special;" + EXTENDED.format("outlet"), date(2026, 3, 31)),
    ("complexity=special;approver=head_office;approved_on=2026-03-10", date(2026, 3, 31)),
]


@pytest.mark.parametrize(("facts", "on"), EVENTS, ids=[facts.split(";")[0] for facts, _ in EVENTS])
def test_what_happened_moves_the_day(facts: str, on: date) -> None:
    found = ask("complaint", f"received_on=2026-03-01;{facts}")
    assert (found.value, found.law_value) == (on, on)


def test_missing_reasons_and_ends_are_asked_for_beside_the_day() -> None:
    found = ask(
        "complaint", "received_on=2026-03-01;complexity=complex;mediation=2026-03-05..;mediation_both=是"
    )
    assert found.missing == ("reason", "pause_until")
    assert found.missing_zh == ("延长的原因", "暂停的结束日期")


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("2026-03-16", "2026-03-16作出处理决定并告知，没有逾期。"),
        ("2026-03-18", "2026-03-18作出处理决定并告知，已逾期2日。"),
    ],
)
def test_it_says_whether_it_was_late(told: str, said: str) -> None:
    found = ask("complaint", f"received_on=2026-03-01;told_on={told}")
    assert found.say.endswith(said)
    assert found.steps[-1].cite == "N00@2020-03-01:18.1"


def test_before_the_law_nothing_is_concluded() -> None:
    found = ask("complaint", "received_on=2020-02-29;told_on=2020-03-20")
    assert (found.verdict, found.missing, found.value) == (Verdict.UNDECIDED, ("law",), None)


def test_impossible_days_are_refused_by_field() -> None:
    with pytest.raises(InvalidInput, match="早于收到投诉") as caught:
        ask("complaint", "received_on=2026-03-01;withdrawn_on=2026-02-01")
    assert caught.value.field == "withdrawn_on"


def test_the_pboc_answer_names_both_days() -> None:
    found = ask("pboc-transfer", "received_on=2026-03-01;complexity=complex;reason=跨行")
    assert found.value == {
        "due": date(2026, 3, 16),
        "pboc_due": date(2026, 3, 16),
        "n00_due": date(2026, 3, 31),
    }
    assert found.say == (
        "最迟2026-03-16 24:00前答复投诉人。人民银行的期限为2026-03-16，投诉办法的期限为2026-03-31，"
        "两者同时适用，取早。"
    )
    assert (found.rule, found.version) == ("CMP-023", "2020-11-01")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (EXTENDED.format("outlet"), "批准人为网点负责人，应由本机构投诉处理工作负责人批准"),
        (
            "approver=complaint_lead;approved_on=2026-03-10;approval_told_on=2026-03-17",
            "批准或者告知晚于原期限2026-03-16",
        ),
    ],
)
def test_a_flawed_pboc_extension_says_why(facts: str, said: str) -> None:
    found = ask("pboc-transfer", f"received_on=2026-03-01;{facts}")
    assert found.value["pboc_due"] == date(2026, 3, 16)
    assert any(said in step.say for step in found.unused)


def test_a_good_pboc_extension_does_not_move_the_other_regulators_day() -> None:
    found = ask("pboc-transfer", "received_on=2026-03-01;" + EXTENDED.format("complaint_lead"))
    assert (found.value["pboc_due"], found.value["due"]) == (date(2026, 4, 30), date(2026, 3, 16))


def test_before_the_pbocs_rule_it_says_since_when() -> None:
    with pytest.raises(InvalidInput, match="第一版自2020-11-01起"):
        ask("pboc-transfer", "received_on=2020-10-31")


def test_what_is_taken_for_granted_stands_on_its_own_article() -> None:
    found = ask("complaint", "received_on=2026-03-01")
    place = next(step.cite for step in found.steps if step.say.startswith("复杂程度未填"))
    assert place == "N00@2020-03-01:18.1"


OPEN = [
    ("complexity=special", ("approver",), date(2026, 3, 31), date(2026, 4, 30)),
    (
        "complexity=special;approver=superior",
        ("approved_on", "approval_told_on"),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ),
    (
        "complexity=special;approver=superior;approved_on=2026-03-10",
        ("approval_told_on",),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ),
    ("mediation=2026-03-05..2026-03-24", ("mediation_both",), date(2026, 3, 16), date(2026, 4, 5)),
    ("appraisal=2026-03-05..2026-03-06", ("appraisal_told",), date(2026, 3, 16), date(2026, 3, 18)),
]


@pytest.mark.parametrize(("facts", "missing", "first", "last"), OPEN, ids=[row[0] for row in OPEN])
def test_what_nobody_tells_leaves_the_day_open_and_both_days_are_told(
    facts: str, missing: tuple[str, ...], first: date, last: date
) -> None:
    found = ask("complaint", f"received_on=2026-03-01;{facts}")
    assert (found.verdict, found.value) == (Verdict.UNDECIDED, first)
    assert set(missing) == set(found.missing) - {"complexity"}
    assert found.say.startswith("待定，尚缺：")
    assert f"最迟{last}；否则最迟{first} 24:00前" in found.say
    assert any("未填：" in step.say for step in found.unused)


def test_what_makes_no_difference_does_not_leave_the_day_open() -> None:
    found = ask("complaint", "received_on=2026-03-01;complexity=simple;mediation=2026-05-01..2026-05-03")
    assert (found.verdict, found.missing, found.value) == (Verdict.DUE, (), date(2026, 3, 16))
    assert any(step.say.endswith("未填，不影响期限（投诉办法第二十三条）") for step in found.unused)


def test_a_late_notice_is_refused_whatever_day_it_was_approved() -> None:
    found = ask(
        "complaint",
        "received_on=2026-03-01;complexity=special;approver=superior;approval_told_on=2026-04-01",
    )
    assert (found.verdict, found.value, found.missing) == (Verdict.DUE, date(2026, 3, 31), ())


def test_a_pboc_extension_without_its_notice_is_open() -> None:
    found = ask(
        "pboc-transfer",
        "received_on=2026-03-01;complexity=complex;reason=跨行;approver=complaint_lead;approved_on=2026-03-10",
    )
    assert (found.verdict, found.missing) == (Verdict.UNDECIDED, ("approval_told_on",))
    assert found.value["pboc_due"] == date(2026, 3, 16)
    assert "最迟2026-03-31（人民银行的期限为2026-04-30），否则最迟2026-03-16" in found.say


def test_a_mediation_still_running_is_not_said_to_have_ended() -> None:
    found = ask(
        "complaint", "received_on=2026-03-01;mediation=2026-03-05..;mediation_both=是;as_of=2026-03-10"
    )
    step = next(step for step in found.steps if step.say.startswith("调解"))
    assert step.say == "调解2026-03-05起尚未结束，计到2026-03-10，扣除6日（投诉办法第二十三条）"
