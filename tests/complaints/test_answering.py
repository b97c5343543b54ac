"""Replying, delivering, reopening, recheck: contents, proof, time limits."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import RecheckOutcome, RedressKind, RemedyKind, Stage
from xiaobao.kernel.errors import IllegalStep, InvalidInput, RuleBroken
from xiaobao.kernel.ports import Ports


@pytest.mark.parametrize("left_out", list(RemedyKind))
def test_a_reply_names_all_four_remedies(crew: make.Cast, left_out: RemedyKind) -> None:
    done = make.approved(crew)
    answer = make.answer(remedies=frozenset(RemedyKind) - {left_out})
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=answer)
    assert (caught.value.rule, caught.value.source) == ("CMP-012", "令2020年第3号第十九条")


def test_a_reply_has_findings_and_grounds(crew: make.Cast) -> None:
    done = make.approved(crew)
    answer = make.answer(facts_found="", grounds=" ")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_reply(actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=answer)
    assert [item.name for item in caught.value.facts["items"]] == ["reply_facts", "reply_grounds"]


def test_delivery_needs_a_proof_and_a_possible_day(crew: make.Cast) -> None:
    done = make.replied(crew)
    actor, pk = crew.actor("xiaochen"), done.complaint_id
    with pytest.raises(RuleBroken) as caught:
        services.complaint_deliver(actor=actor, complaint_id=pk, told_on=date(2026, 3, 2))
    assert caught.value.rule == "CMP-014"
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(InvalidInput):
            services.complaint_deliver(actor=actor, complaint_id=pk, told_on=day, proof="回执")


def test_told_on_the_last_day_is_in_time_and_a_day_later_is_not(crew: make.Cast, clock: Ports) -> None:
    first, second = make.approved(crew), make.approved(crew)
    for done, wait, late in ((first, 15, False), (second, 1, True)):
        make.later(clock, days=wait)
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
        services.complaint_deliver(
            actor=crew.actor("xiaochen"),
            complaint_id=done.complaint_id,
            told_on=make.ports.today(),
            proof="回执",
        )
        assert make.seen(crew, done).was_late is late


def test_redress_must_be_paid_or_scheduled_before_closing(crew: make.Cast) -> None:
    rule = make.ruling(redress=RedressKind.REFUND, redress_fen=300_000)
    done = make.delivered(crew, rule=rule)
    actor, pk = crew.actor("xiaochen"), done.complaint_id
    with pytest.raises(RuleBroken) as caught:
        services.complaint_close(actor=actor, complaint_id=pk, cause="披露不足")
    assert [item.name for item in caught.value.facts["items"]] == ["redress_settled"]
    closed = services.complaint_close(
        actor=actor, complaint_id=pk, cause="披露不足", redress_paid_on=date(2026, 3, 2)
    )
    assert closed.stage is Stage.CLOSED


def test_new_facts_reopen_with_a_period_of_their_own(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=30)
    actor, pk = crew.actor("xiaomin"), done.complaint_id
    with pytest.raises(RuleBroken):
        services.complaint_reopen(actor=actor, complaint_id=pk, new_facts=" ", received_on=date(2026, 4, 1))
    again = services.complaint_reopen(
        actor=actor, complaint_id=pk, new_facts="发现签字系代签", received_on=date(2026, 4, 1)
    )
    assert (again.stage, again.due_on) == (Stage.HANDLING, date(2026, 4, 16))
    case = make.seen(crew, done)
    assert (case.closed_at, case.was_late, len(case.replies)) == (None, None, 1)
    assert services.clock_rederive(actor=make.tick_actor()) == ()


def test_a_recheck_goes_to_the_superior_for_thirty_days(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=30)
    asked = services.complaint_recheck(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        applied_on=date(2026, 4, 1),
        request="对处理结果不服",
    )
    case = make.seen(crew, done)
    assert (asked.stage, asked.due_on) == (Stage.RECHECK, date(2026, 5, 1))
    assert (case.due_rule, case.rechecks[0]["unit_name"]) == ("CMP-013", "杭州分行")
    ended = services.complaint_conclude(
        actor=crew.actor("branch_head"),
        complaint_id=done.complaint_id,
        outcome=RecheckOutcome.UPHELD,
        findings="过程、时限、结果均符合规定",
        told_on=date(2026, 4, 1),
    )
    assert ended.stage is Stage.CLOSED


def test_a_recheck_asked_too_late_is_refused(crew: make.Cast, clock: Ports) -> None:
    done = make.closed(crew)
    make.later(clock, days=31)
    with pytest.raises(RuleBroken) as caught:
        services.complaint_recheck(
            actor=crew.actor("xiaomin"),
            complaint_id=done.complaint_id,
            applied_on=date(2026, 4, 2),
            request="不服",
        )
    assert caught.value.rule == "CMP-013"


def test_whoever_decided_does_not_recheck(crew: make.Cast) -> None:
    done = make.closed(crew)
    services.complaint_recheck(
        actor=crew.actor("xiaomin"),
        complaint_id=done.complaint_id,
        applied_on=date(2026, 3, 2),
        request="不服",
    )
    with pytest.raises(RuleBroken) as caught:
        services.complaint_conclude(
            actor=crew.actor("hangzhang"),
            complaint_id=done.complaint_id,
            outcome=RecheckOutcome.UPHELD,
            findings="维持",
            told_on=date(2026, 3, 2),
        )
    assert [item.name for item in caught.value.facts["items"]] == ["four_eyes"]


def test_closed_is_only_left_by_its_two_doors(crew: make.Cast) -> None:
    done = make.closed(crew)
    with pytest.raises(IllegalStep):
        services.complaint_reply(
            actor=crew.actor("xiaochen"), complaint_id=done.complaint_id, answer=make.answer()
        )
