"""Acceptance scenarios 1-5 of the specification: make-up days, rule change, regulators, extensions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain import clock as clocks
from xiaobao.duties.complaints.domain.values import (
    Body,
    Channel,
    Complexity,
    DayUnit,
    DueSource,
    NoticeMode,
    NoticeOrder,
    OverlayKind,
    ReferralLetter,
)
from xiaobao.kernel.errors import RuleBroken
from xiaobao.kernel.ports import Ports
from xiaobao.rules.calendar import calendar_at

BEFORE, AFTER = "2019-11-21", "2020-01-26"


def _overlay(number: str, amount: int, unit: DayUnit, since: str = "2020-01-01") -> dict[str, object]:
    return {
        "number": number,
        "title": "疫情期间应急投诉处理通知",
        "kind": str(OverlayKind.EMERGENCY),
        "amount": amount,
        "unit": str(unit),
        "received_from": since,
    }


def _events(received: str, amount: int) -> list[dict[str, object]]:
    plain = {"reason": "", "document": "", "detail": {}}
    on = make.on(received)
    return [
        {"kind": "start", "on": on, **plain},
        {
            "kind": "overlay",
            "on": on,
            **plain,
            "detail": _overlay("应急〔2020〕1号", amount, DayUnit.WORKING),
        },
    ]


def test_scenario_01_counts_the_make_up_sunday() -> None:
    derived = clocks.derive(
        Channel.PHONE, _events("2020-01-17", 5), as_of=date(2020, 1, 17), calendar=calendar_at(BEFORE)
    )
    assert derived.due_on == date(2020, 1, 23)
    sunday = next(step for step in clocks.stretches(derived) if step.start == date(2020, 1, 19))
    assert sunday.kind == "counted"
    assert "春节" in sunday.say


def test_scenario_01_a_longer_holiday_moves_the_open_clock_and_says_so() -> None:
    events = _events("2020-01-21", 5)
    known = {
        version: clocks.derive(Channel.PHONE, events, as_of=date(2020, 1, 27), calendar=calendar_at(version))
        for version in (BEFORE, AFTER)
    }
    assert known[BEFORE].due_on == date(2020, 2, 3)
    assert known[AFTER].due_on == date(2020, 2, 5)
    assert known[AFTER].calendar_version == AFTER
    skipped = [step for step in clocks.stretches(known[AFTER]) if step.kind == "skipped"]
    assert any("国办发明电〔2020〕1号" in step.say for step in skipped)


def test_scenario_01_the_re_derivation_shows_old_and_new_date(crew: make.Cast, monkeypatch: object) -> None:
    _notice(crew, 5, DayUnit.WORKING, "2026-01-01")
    done = make.received(crew)
    from xiaobao.duties.complaints.models import Complaint

    Complaint.objects.filter(pk=done.complaint_id).update(
        due_on=date(2026, 3, 3), calendar_version="2024-11-12"
    )
    found = services.clock_rederive(actor=make.tick_actor(), apply=True)
    assert ("due_on", "2026-03-03", done.due_on.isoformat()) in [
        (one.column, one.cached, one.derived) for one in found
    ]
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert timeline[0].detail["before"]["calendar_version"] == "2024-11-12"


def _notice(crew: make.Cast, amount: int, unit: DayUnit, since: str) -> int:
    order = NoticeOrder(
        number=f"应急〔{since[:4]}〕{amount}号",
        title="应急投诉处理通知",
        kind=OverlayKind.EMERGENCY,
        amount=amount,
        unit=unit,
        received_from=make.on(since),
        reason="投诉集中，收紧时限",
    )
    return services.notice_issue(actor=crew.actor("linjie"), order=order)


def test_scenario_02_each_case_keeps_its_own_rule(crew: make.Cast, clock: Ports) -> None:
    before = make.received(crew)
    make.later(clock, days=1)
    _notice(crew, 7, DayUnit.NATURAL, "2026-03-03")
    after = make.received(crew)
    assert (before.due_on, after.due_on) == (date(2026, 3, 17), date(2026, 3, 10))
    shown = selectors.complaint_list(actor=crew.actor("xiaomin")).rows
    assert {row.no: row.due_source for row in shown} == {
        before.no: DueSource.LEGAL,
        after.no: DueSource.EMERGENCY,
    }
    assert make.seen(crew, after).legal_due_on == date(2026, 3, 18)


def test_scenario_02_a_later_notice_moves_neither(crew: make.Cast, clock: Ports) -> None:
    done = make.received(crew)
    make.later(clock, days=1)
    _notice(crew, 3, DayUnit.NATURAL, "2026-03-03")
    assert make.seen(crew, done).due_on == done.due_on
    assert services.clock_rederive(actor=make.tick_actor()) == ()


def test_scenario_03_the_regulators_date_wins(crew: make.Cast, clock: Ports) -> None:
    done = make.delivered(crew)
    make.later(clock, hours=1)
    other = make.handling(crew)
    letter = ReferralLetter(Body.NFRA, "浙金监转〔2026〕15号", date(2026, 3, 7))
    services.complaint_refer(actor=crew.actor("xiaomin"), complaint_id=other.complaint_id, letter=letter)
    case = make.seen(crew, other)
    assert (case.due_on, case.legal_due_on) == (date(2026, 3, 7), date(2026, 3, 17))
    assert case.due_source is DueSource.REFERRAL
    late_letter = ReferralLetter(Body.NFRA, "浙金监转〔2026〕16号", date(2026, 3, 20))
    services.complaint_refer(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, letter=late_letter)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_close(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, cause="披露不足"
        )
    assert [item.name for item in caught.value.facts["items"]] == ["reports_sent"]


def test_scenario_03_the_report_back_lets_it_close(crew: make.Cast) -> None:
    done = make.delivered(crew)
    letter = ReferralLetter(Body.NFRA, "浙金监转〔2026〕17号", date(2026, 3, 9))
    actor = crew.actor("xiaomin")
    services.complaint_refer(actor=actor, complaint_id=done.complaint_id, letter=letter)
    referral = make.seen(crew, done).referrals[0]["id"]
    services.complaint_report(
        actor=actor, complaint_id=done.complaint_id, referral_id=referral, text="已退还违约金"
    )
    closed = services.complaint_close(actor=actor, complaint_id=done.complaint_id, cause="披露不足")
    assert closed.stage == "closed"


@pytest.mark.django_db(transaction=True)
def test_scenario_03_the_leader_is_told() -> None:
    from xiaobao.base.inbox.models import Task

    with make.at():
        crew = make.cast()
        done = make.handling(crew)
        letter = ReferralLetter(Body.NFRA, "浙金监转〔2026〕18号", date(2026, 3, 7))
        services.complaint_refer(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, letter=letter)
        task = Task.objects.get(key=f"complaint:{done.complaint_id}:referral:浙金监转〔2026〕18号")
    assert (task.role, task.due_at) == ("leader", datetime(2026, 3, 7, 16, 0, tzinfo=UTC))


def test_scenario_04_an_extension_past_the_due_date_is_refused(crew: make.Cast, clock: Ports) -> None:
    done = make.handling(crew)
    make.later(clock, days=16)
    services.clock_breach(actor=make.tick_actor())
    with pytest.raises(RuleBroken) as caught:
        services.complaint_extend(
            actor=crew.actor("xiaochen"),
            complaint_id=done.complaint_id,
            to=Complexity.COMPLEX,
            reason="需要向信贷部调阅档案",
        )
    assert "第十八条" in caught.value.source
    case = make.seen(crew, done)
    assert case.was_late is True
    assert case.clock_events[-1]["kind"] == "breach"


def _extended(crew: make.Cast, to: Complexity = Complexity.COMPLEX) -> int:
    done = make.handling(crew)
    actor = crew.actor("xiaochen")
    services.complaint_extend(actor=actor, complaint_id=done.complaint_id, to=to, reason="案情复杂")
    services.complaint_grant(actor=crew.actor("linjie"), complaint_id=done.complaint_id, opinion="同意")
    return done.complaint_id


def test_scenario_05_an_untold_extension_counts_as_late(crew: make.Cast, clock: Ports) -> None:
    pk = _extended(crew)
    make.later(clock, days=16)
    assert services.clock_breach(actor=make.tick_actor()) == 1
    view = selectors.complaint_clock(actor=crew.actor("xiaomin"), complaint_id=pk)
    assert view.due_on == date(2026, 3, 17)
    assert any("尚未告知" in warning for warning in view.warnings)


def test_scenario_05_told_in_time_it_moves_the_date(crew: make.Cast) -> None:
    pk = _extended(crew)
    done = services.complaint_notify(
        actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.PHONE, proof="录音 88012"
    )
    assert done.due_on == date(2026, 4, 1)


def test_scenario_05_told_late_it_does_not(crew: make.Cast, clock: Ports) -> None:
    pk = _extended(crew)
    make.later(clock, days=16)
    done = services.complaint_notify(
        actor=crew.actor("xiaochen"), complaint_id=pk, mode=NoticeMode.PHONE, proof="录音 88013"
    )
    assert done.due_on == date(2026, 3, 17)
