"""The complaint clock's answers a person reads: pitfalls, traces, second regulators, own periods."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from xiaobao.kernel.days import SHANGHAI
from xiaobao.kernel.errors import InvalidInput, RuleBroken
from xiaobao.rules.book import book
from xiaobao.rules.complaint_clock import (
    Approver,
    ClockFacts,
    Complexity,
    Due,
    Extension,
    ExtensionKind,
    GivenDue,
    Overlay,
    Pause,
    PauseKind,
    Source,
    due,
    extend_due,
)
from xiaobao.rules.values import Unit, Verdict

MAR_1 = date(2026, 3, 1)
TARGET = Overlay("T-1", "本行投诉处理目标", 10, Unit.WORKING_DAY, date(2020, 1, 1))


def ask(received: date = MAR_1, *overlays: Overlay, **more: object) -> Due:
    return due(ClockFacts(received, **more), book(), None, overlays)  # type: ignore[arg-type]


def special(approver: Approver | None, approved: date | None = MAR_1, told: date | None = MAR_1) -> Due:
    extension = Extension(ExtensionKind.SPECIAL, approver, approved, told)
    return ask(complexity=Complexity.SPECIAL, extensions=(extension,))


def test_day_zero_and_the_last_day() -> None:
    found = ask(date(2026, 1, 10))
    assert found.on == date(2026, 1, 25)
    assert not found.is_overdue(date(2026, 1, 25))
    assert found.is_overdue(date(2026, 1, 26))
    assert (found.days_left(date(2026, 1, 25)), found.days_left(date(2026, 1, 26))) == (0, -1)


def test_shares_run_from_the_day_after_receipt_to_midnight() -> None:
    found = ask(date(2026, 1, 10))
    assert found.closes_at == datetime(2026, 1, 26, tzinfo=SHANGHAI)
    assert found.share_at(datetime(2026, 1, 11, tzinfo=SHANGHAI)) == 0
    assert found.share_at(datetime(2026, 1, 26, tzinfo=SHANGHAI)) == 1
    assert found.moment_at(0.75) == datetime(2026, 1, 22, 6, tzinfo=SHANGHAI)


def test_the_trace_of_case_x02_reads_like_an_officer_wrote_it() -> None:
    pauses = (
        Pause(PauseKind.MEDIATION, date(2026, 3, 5), date(2026, 3, 24)),
        Pause(PauseKind.APPRAISAL, date(2026, 3, 5), date(2026, 3, 14)),
    )
    assert ask(pauses=pauses).text == (
        "最迟2026-04-05 24:00前作出处理决定并告知投诉人。"
        "① 2026-03-01收到，当日不计入（民法典第二百零一条第一款） "
        "② 事实清楚、争议情况简单，15日（投诉办法第十八条第一款，2020-03-01起施行） "
        "③ 日为自然日，末日计入（投诉办法第四十三条第二款） "
        "④ 调解2026-03-05至2026-03-24，扣除20日（投诉办法第二十三条） "
        "⑤ 届满日为2026-04-05（星期日，清明节放假） "
        "⑥ 届满日逢节假日不顺延：从严解释，本行口径（民法典第二百零三条第一款未采用）。"
        "未采用：外部鉴定、检测、评估期间2026-03-05起——未告知投诉人，照常计入（投诉办法第十八条第二款）。"
    )


def test_steps_are_few_and_each_has_its_place() -> None:
    pause = Pause(PauseKind.MEDIATION, date(2026, 3, 5), date(2026, 3, 24))
    found = ask(
        MAR_1,
        TARGET,
        pauses=(pause,),
        new_facts_on=(date(2026, 3, 10),),
        source=Source.PBOC,
        given=(GivenDue(date(2026, 3, 20), "监函12号"),),
    )
    assert len(found.steps) <= 12
    assert all(step.cite for step in found.steps)


@pytest.mark.parametrize(
    ("approver", "approved", "told", "said"),
    [
        (Approver.SUB_BRANCH, MAR_1, MAR_1, "审批人为支行行长"),
        (Approver.COMPLAINT_LEAD, MAR_1, MAR_1, "应由上级机构或者总行、总公司高级管理人员审批"),
        (None, MAR_1, MAR_1, "没有审批人"),
        (Approver.HEAD_OFFICE, None, MAR_1, "没有审批日期"),
        (Approver.HEAD_OFFICE, MAR_1, None, "未告知投诉人"),
        (Approver.HEAD_OFFICE, date(2026, 4, 1), date(2026, 4, 1), "期限已于2026-03-31届满"),
        (Approver.HEAD_OFFICE, MAR_1, date(2026, 4, 1), "2026-04-01才告知投诉人"),
    ],
)
def test_a_flawed_approval_leaves_thirty_days(
    approver: Approver | None, approved: date | None, told: date | None, said: str
) -> None:
    found = special(approver, approved, told)
    assert (found.on, found.broken, found.rule) == (date(2026, 3, 31), ("CMP-005",), "CMP-004")
    assert said in found.unused[0].say


def test_extend_due_raises_with_rule_source_and_the_day_that_stands() -> None:
    extension = Extension(ExtensionKind.SPECIAL, Approver.SUB_BRANCH, MAR_1, MAR_1)
    facts = ClockFacts(MAR_1, complexity=Complexity.SPECIAL, extensions=(extension,))
    with pytest.raises(RuleBroken) as caught:
        extend_due(facts, book())
    assert (caught.value.rule, caught.value.source) == ("CMP-005", "N00@2020-03-01:18.1")
    assert caught.value.facts["due"] == date(2026, 3, 31)


def test_a_good_approval_gives_sixty_days() -> None:
    assert special(Approver.HEAD_OFFICE).on == date(2026, 4, 30)
    assert special(Approver.HEAD_OFFICE, date(2026, 3, 31), date(2026, 3, 31)).rule == "CMP-005"


def test_special_alone_names_the_missing_approval() -> None:
    found = ask(complexity=Complexity.SPECIAL)
    assert (found.on, found.missing) == (date(2026, 3, 31), ("approver",))


def test_an_extension_in_the_middle_needs_to_be_told() -> None:
    kind = ExtensionKind.COMPLEX
    on_time = (Extension(kind, None, date(2026, 3, 10), date(2026, 3, 16)),)
    untold = (Extension(kind, None, date(2026, 3, 10), None),)
    assert ask(extensions=on_time).on == date(2026, 3, 31)
    assert ask(extensions=untold).on == date(2026, 3, 16)
    assert ask(extensions=untold).is_overdue(date(2026, 3, 17))


def test_two_regulators_two_approvers_the_earlier_day() -> None:
    extension = Extension(ExtensionKind.PBOC, Approver.COMPLAINT_LEAD, MAR_1, MAR_1)
    found = ask(source=Source.PBOC, complexity=Complexity.COMPLEX, reason="跨行", extensions=(extension,))
    assert {track.id: track.on for track in found.tracks} == {
        "CMP-004": date(2026, 3, 31),
        "CMP-023": date(2026, 4, 30),
    }
    assert (found.on, found.rule) == (date(2026, 3, 31), "CMP-004")


def test_the_pboc_clock_does_not_stop_for_mediation() -> None:
    pause = Pause(PauseKind.MEDIATION, date(2026, 3, 5), date(2026, 3, 24))
    found = ask(source=Source.PBOC, pauses=(pause,))
    assert (found.on, found.rule, found.version) == (date(2026, 3, 16), "CMP-023", "2020-11-01")


def test_before_the_pboc_rule_only_the_base_period_binds() -> None:
    assert [track.id for track in ask(date(2020, 10, 31), source=Source.PBOC).tracks] == ["CMP-003"]


def test_own_target_in_another_unit_tightens_or_is_left_out() -> None:
    tighter, looser = ask(date(2026, 1, 10), TARGET), ask(date(2026, 9, 25), TARGET)
    assert (tighter.on, tighter.legal_on) == (date(2026, 1, 23), date(2026, 1, 25))
    assert (looser.on, looser.legal_on) == (date(2026, 10, 10), date(2026, 10, 10))
    assert looser.unused[0].say == "本行投诉处理目标：10个工作日为2026-10-15，晚于法定2026-10-10，不采用"


def test_an_emergency_notice_binds_only_between_its_days() -> None:
    """Scenario 2: a tightened period from D keeps D-1 on its own rule."""
    notice = Overlay("E-1", "疫情期间应急通知", 5, Unit.DAY, date(2020, 3, 10), date(2020, 6, 1))
    ons = [
        ask(day, notice).on
        for day in (date(2020, 3, 9), date(2020, 3, 10), date(2020, 5, 31), date(2020, 6, 1))
    ]
    assert ons == [date(2020, 3, 24), date(2020, 3, 15), date(2020, 6, 5), date(2020, 6, 16)]


def test_an_own_period_may_be_for_one_complexity_only() -> None:
    only = TARGET._replace(stages=frozenset({Complexity.SIMPLE}), length=3, unit=Unit.DAY)
    assert ask(MAR_1, only).on == date(2026, 3, 4)
    assert ask(MAR_1, only, complexity=Complexity.COMPLEX, reason="跨行").on == date(2026, 3, 31)


def test_an_own_period_beyond_the_calendar_never_hides_the_legal_day() -> None:
    found = ask(date(2026, 12, 20), TARGET)
    assert (found.on, found.missing) == (date(2027, 1, 4), ("calendar",))
    assert "2027年的放假安排未录入" in found.unused[0].say


def test_a_regulators_day_wins_when_earlier_and_both_are_shown() -> None:
    """Scenario 3."""
    found = ask(given=(GivenDue(date(2026, 3, 8), "监函12号", "浙江监管局"),))
    assert (found.on, found.legal_on, found.binding) == (date(2026, 3, 8), date(2026, 3, 16), "监函12号")
    assert "法定期限为2026-03-16" in found.say


def test_overlapping_pauses_count_once() -> None:
    pauses = (
        Pause(PauseKind.MEDIATION, date(2026, 3, 5), date(2026, 3, 24)),
        Pause(PauseKind.MEDIATION, date(2026, 3, 20), date(2026, 3, 30)),
    )
    found = ask(pauses=pauses)
    assert found.on == date(2026, 4, 11)
    assert any("合计扣除26日" in step.say for step in found.steps)


def test_a_pause_that_still_runs_counts_up_to_as_of() -> None:
    running = (Pause(PauseKind.MEDIATION, date(2026, 3, 5), None),)
    assert ask(pauses=running).on == date(2026, 3, 17)
    found = ask(pauses=running, as_of=date(2026, 3, 24))
    assert (found.on, found.missing) == (date(2026, 4, 5), ("pause_until",))


def test_withdrawal_ends_it_and_a_late_one_hides_nothing() -> None:
    early, late = ask(withdrawn_on=date(2026, 3, 8)), ask(withdrawn_on=date(2026, 3, 20))
    assert (early.on, early.verdict) == (date(2026, 3, 8), Verdict.ENDED)
    assert (late.on, late.verdict) == (date(2026, 3, 16), Verdict.ENDED)
    assert "期限此前已于2026-03-16届满" in late.say


def test_before_the_law_there_is_no_legal_day_but_own_periods_bind() -> None:
    found = ask(date(2020, 2, 29))
    assert (found.on, found.legal_on, found.verdict) == (None, None, Verdict.UNDECIDED)
    assert "2020-03-01" in found.say
    own = ask(date(2020, 2, 28), TARGET)
    assert (own.on, own.legal_on, own.verdict) == (date(2020, 3, 13), None, Verdict.DUE)


def test_an_unknown_receipt_is_undecided() -> None:
    assert due(ClockFacts(None), book()).missing == ("received_on",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"new_facts_on": (date(2026, 2, 28),)},
        {"repeats_on": (date(2026, 2, 28),)},
        {"withdrawn_on": date(2026, 2, 28)},
        {"pauses": (Pause(PauseKind.MEDIATION, date(2026, 3, 9), date(2026, 3, 8)),)},
    ],
)
def test_impossible_days_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        ask(**wrong)
    assert caught.value.say
    assert caught.value.field


def test_an_own_period_for_simple_cases_ends_where_an_extension_leads_on() -> None:
    only = TARGET._replace(stages=frozenset({Complexity.SIMPLE}), length=10, unit=Unit.DAY)
    longer = (Extension(ExtensionKind.COMPLEX, None, date(2026, 3, 8), date(2026, 3, 8)),)
    assert ask(MAR_1, only).on == date(2026, 3, 11)
    assert ask(MAR_1, only, extensions=longer).on == date(2026, 3, 31)
