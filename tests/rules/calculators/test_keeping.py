"""How long a file is kept: the longest of several, holds, transitions, and a wish to delete."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rules.calculators.asking import ask
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calculators.keeping import FILES, STARTS, TRIGGERS
from xiaobao.rules.privacy.keeping import DELETION
from xiaobao.rules.values import Verdict


def test_the_whole_answer_of_case_x10() -> None:
    facts = "files=sale_recording;product_end_on=2026-06-30;contract_end_on=2026-07-05"
    assert ask("retention", facts).text == (
        "至少保存至2031-07-05（含当日），此前不得销毁。期满后目的已实现的个人信息应当删除；本行规定更长的，保存至本行规定的日期。"
        "① 双录和适当性资料：产品终止2026-06-30起6个月，至2026-12-30（银监办发〔2017〕110号） "
        "② 双录和适当性资料：合同关系终止2026-07-05起5年，至2031-07-05（适当性办法第十七条） "
        "③ 本行口径（双录和适当性资料）：产品终止后的六个月为转述，尚无原文；合同在2026-02-01之前终止的适用原六个月；"
        "尚在保存中的延至五年为从严处理，由本行决定 "
        "④ 有无纠纷未终结、司法或者监管要求保全未填，按没有计算；有的，终结前不得销毁。"
        "未采用：最迟何时删除——触发删除的情形未填（个人信息保护法第四十七条第一款）。未核原文（转述）。"
    )


@pytest.mark.parametrize("kind", FILES, ids=[one.key for one in FILES])
def test_each_kind_of_file_has_its_rule_and_its_start(kind: object) -> None:
    key, rule, start = kind.key, kind.rule, kind.start  # type: ignore[attr-defined]
    found = ask("retention", f"files={key};{start}=2026-03-01")
    assert (found.rule, found.verdict) == (rule, Verdict.DUE)
    assert found.value > date(2026, 3, 1)
    assert start in dict(STARTS)
    assert ask("retention", f"files={key}").missing == (start,)


def test_the_longest_of_several_binds_and_is_named() -> None:
    found = ask("retention", "files=sale_file,identity;relation_end_on=2026-03-01")
    assert (found.value, found.rule) == (date(2036, 3, 1), "PI-016")
    assert found.steps[-1].say == "几个期限取最长：客户身份资料，至2036-03-01"


def test_an_event_that_has_not_happened_is_said() -> None:
    found = ask("retention", "files=sale_recording;contract_end_on=2026-07-05")
    assert found.unused[0].say.endswith("产品终止日期未填")


@pytest.mark.parametrize(
    ("fact", "why"), [("dispute_open", "纠纷未终结"), ("legal_hold", "司法或者监管要求保全")]
)
def test_a_hold_stops_everything(fact: str, why: str) -> None:
    found = ask("retention", f"files=complaint,log;closed_on=2026-01-25;logged_on=2026-01-01;{fact}=是")
    assert (found.verdict, found.value, found.rule) == (Verdict.HOLD, None, "CMP-025")
    assert found.say == f"不得销毁：{why}，终结后再按期限计算。"


def test_the_transition_of_2025_goes_to_a_jurist() -> None:
    found = ask("retention", "files=identity;relation_end_on=2020-01-01")
    assert (found.verdict, found.value) == (Verdict.UNDECIDED, date(2030, 1, 1))
    assert found.missing == ("transition_reading",)
    assert found.missing_zh == ("法务对新旧衔接的认定",)
    assert found.say == "暂至少保存至2030-01-01（含当日）：适用哪一个年限须法务认定，认定前从严。"
    assert "须法务认定" in found.steps[-1].say


WISH = "files=complaint;closed_on=2026-01-25;trigger=consent_withdrawn;triggered_on={}"


def test_a_wish_to_delete_waits_for_the_period() -> None:
    early = ask("retention", WISH.format("2029-01-25"))
    assert early.say.endswith("期满前只存储和保护，停止其他处理；2029-01-26起应当删除。")
    assert early.steps[-1].cite == "L02@2021-11-01:47.2"
    late = ask("retention", WISH.format("2029-01-26"))
    assert late.say.endswith("已过保存期限，应当删除。")
    assert late.steps[-1].cite == "L02@2021-11-01:47.1"


def test_a_wish_without_its_day_is_asked_for() -> None:
    with pytest.raises(InvalidInput, match="触发的日期") as caught:
        ask("retention", "files=complaint;closed_on=2026-01-25;trigger=unlawful")
    assert caught.value.field == "triggered_on"


def test_the_triggers_are_those_of_the_rule() -> None:
    newest = DELETION.versions[-1]
    known = next(iter(newest.scope)).value
    assert {value for value, _ in TRIGGERS} <= set(known)


def test_logs_are_cited_by_the_law_of_their_day() -> None:
    old, new = (ask("retention", f"files=log;logged_on={day}") for day in ("2025-12-31", "2026-01-01"))
    assert (old.steps[0].cite, new.steps[0].cite) == (
        "L04@2017-06-01:21.1.3",
        "L04@2026-01-01:23.1.3",
    )


def test_a_file_has_two_bounds() -> None:
    """At least until, and delete by: the second only once something asks for it."""
    free = ask("retention", "files=complaint;closed_on=2026-03-01")
    assert free.say.startswith("至少保存至2029-03-01（含当日），此前不得销毁。")
    assert any("最迟何时删除" in step.say for step in free.unused)
    asked = ask(
        "retention", "files=complaint;closed_on=2026-03-01;trigger=account_closed;triggered_on=2026-05-01"
    )
    assert "2029-03-02起应当删除" in asked.say
    assert "方可" not in free.say + asked.say


def test_what_would_stop_the_destroying_is_asked_once() -> None:
    found = ask("retention", "files=complaint,sale_recording;closed_on=2026-03-01;contract_end_on=2026-03-01")
    assert sum("纠纷未终结" in step.say for step in found.steps) == 1
    assert {"dispute_open", "legal_hold"} <= set(found.missing)


def test_identity_and_transactions_run_from_their_own_ends() -> None:
    found = ask(
        "retention", "files=identity,transaction;relation_end_on=2026-03-01;transaction_end_on=2025-03-01"
    )
    assert (found.value, found.missing) == (date(2036, 3, 1), ())
    assert [step.say for step in found.steps if "起10年" in step.say] == [
        "客户身份资料：业务关系结束2026-03-01起10年，至2036-03-01（反洗钱法第三十四条第三款）",
        "客户交易信息：交易结束2025-03-01起10年，至2035-03-01（反洗钱法第三十四条第三款）",
    ]


def test_an_open_end_stands_on_the_later_law_and_forgets_no_hold() -> None:
    found = ask(
        "retention", "files=sale_recording,identity;contract_end_on=2023-07-05;relation_end_on=2023-07-05"
    )
    longest = next(step for step in found.steps if "几个期限取最长" in step.say)
    assert longest.cite == "L11@2025-01-01:34.3"
    assert {"transition_reading", "dispute_open", "legal_hold"} <= set(found.missing)
