"""Acceptance scenarios 6-8, 11, 14, 15: bulk, recusal, duplicates, search, figures, audit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.rows import ListFilters
from xiaobao.duties.complaints.domain.values import (
    AssignOrder,
    Body,
    Channel,
    Codes,
    Command,
    ReferralLetter,
    Stage,
    Tab,
)
from xiaobao.duties.complaints.models import Complaint, Event
from xiaobao.kernel.errors import NotFound, RuleBroken
from xiaobao.kernel.ports import Ports


def test_scenario_06_bulk_cannot_cheat(crew: make.Cast) -> None:
    ids = [make.delivered(crew).complaint_id for _ in range(50)]
    Complaint.objects.filter(pk__in=ids[:3]).update(reason_code="")
    report = services.complaints_bulk(
        actor=crew.actor("xiaomin"), command=Command.CLOSE, ids=ids, payload={"cause": "披露不足"}
    )
    assert report.done == tuple(ids[3:])
    assert [one.id for one in report.refused] == ids[:3]
    assert {item.name for one in report.refused for item in one.missing} == {"is_coded"}
    assert "CMP-027" in report.refused[0].reason


def test_scenario_06_the_database_itself_refuses_an_uncoded_closing(crew: make.Cast) -> None:
    done = make.delivered(crew)
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=done.complaint_id).update(stage=Stage.CLOSED, reason_code="")


def test_scenario_07_the_person_complained_of_is_refused(crew: make.Cast) -> None:
    done = make.accepted(crew, counterpart="xiaochen")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_assign(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=AssignOrder("", "xiaochen")
        )
    assert (caught.value.rule, caught.value.code) == ("CMP-015", "complaint.recuse.person")


def test_scenario_07_the_unit_complained_of_is_refused(crew: make.Cast) -> None:
    done = make.accepted(crew, counterpart="xiaochen")
    with pytest.raises(RuleBroken) as caught:
        services.complaint_assign(
            actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=AssignOrder("33001")
        )
    assert caught.value.facts["upper"] == "杭州分行"


def test_scenario_07_routing_goes_one_level_up(crew: make.Cast) -> None:
    done = make.accepted(crew, counterpart="xiaochen")
    services.complaint_assign(
        actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=AssignOrder()
    )
    case = make.seen(crew, done)
    assert (case.handling_name, case.handler_name) == ("杭州分行", "何立")


def test_scenario_07_without_a_person_the_outlet_handles_it_itself(crew: make.Cast) -> None:
    done = make.accepted(crew)
    services.complaint_assign(
        actor=crew.actor("xiaomin"), complaint_id=done.complaint_id, order=AssignOrder()
    )
    assert make.seen(crew, done).handling_name == "杭州延安支行"


def test_scenario_08_the_copy_from_12345_is_recognised(crew: make.Cast, clock: Ports) -> None:
    first = make.received(crew, facts="2月底办理提前还款，被收取违约金3000元，签合同时没有人告诉我。")
    make.later(clock, days=1)
    found = selectors.complaint_duplicates(
        actor=crew.actor("xiaomin"),
        phone="１３８ ００００ １２３４",
        text="提前还款被收取违约金3000元，签合同时没有人告诉我有这一条",
    )
    assert [one.no for one in found] == [first.no]
    assert found[0].reasons[0] == "联系电话相同"
    assert any("内容相近" in reason for reason in found[0].reasons)
    assert "相隔 1 天" in found[0].reasons


def test_scenario_08_linking_keeps_both_numbers_and_one_set_of_facts(crew: make.Cast, clock: Ports) -> None:
    first = make.handling(crew)
    make.later(clock, days=1)
    letter = ReferralLetter(Body.HOTLINE_12345, "12345-20260303-77", date(2026, 3, 8))
    copy = make.received(crew, channel=Channel.HOTLINE_12345, referral=letter)
    actor = crew.actor("xiaomin")
    services.complaint_merge(
        actor=actor, complaint_id=copy.complaint_id, into_id=first.complaint_id, reason="同一客户同一事项"
    )
    merged, kept = make.seen(crew, copy), make.seen(crew, first)
    assert (merged.stage, merged.no, merged.merged_into_id) == (Stage.MERGED, copy.no, first.complaint_id)
    assert kept.due_on == date(2026, 3, 8)
    assert kept.referrals[0]["number"] == "12345-20260303-77"


def test_scenario_08_nobody_elses_cases_are_shown(crew: make.Cast) -> None:
    make.received(crew)
    assert selectors.complaint_duplicates(actor=crew.actor("stranger"), phone="13800001234") == ()


@pytest.mark.parametrize("word", ["违约金", "征信", "违", "提前还款 违约金"])
def test_scenario_11_search_is_exact_and_keeps_to_the_subtree(crew: make.Cast, word: str) -> None:
    mine = [make.received(crew, title="征信异议与违约金").no for _ in range(3)]
    make.received(crew, org_code="33002", title="征信异议与违约金")
    filters = ListFilters(tab=Tab.EVERY, text=word)
    page = selectors.complaint_list(actor=crew.actor("laozhou"), filters=filters, limit=2)
    rest = selectors.complaint_list(actor=crew.actor("laozhou"), filters=filters, limit=2, cursor=page.next)
    assert (page.total, rest.total) == (3, 3)
    assert sorted(row.no for row in (*page.rows, *rest.rows)) == sorted(mine)


def test_scenario_14_a_frozen_figure_stays_and_shows_what_came_since(crew: make.Cast, clock: Ports) -> None:
    from xiaobao.base.figures import selectors as figures
    from xiaobao.base.figures import services as freezing

    first = [make.received(crew).complaint_id for _ in range(3)]
    freezing.figure_freeze(actor=crew.actor("linjie"), figure_id="F03", year=2026)
    make.later(clock, days=3)
    late = make.received(crew, received_at=make.START)
    shown = figures.figure_show(figure_id="F03", year=2026, actor=crew.actor("linjie"))
    assert (shown.value, shown.live_value, shown.digest_holds) == ("3", "4", True)
    assert [int(row.id) for row in shown.members.rows] == first
    assert shown.since is not None
    assert [int(row.id) for row in shown.since.added.rows] == [late.complaint_id]


def test_scenario_15_the_timeline_and_the_clock_cannot_be_altered(crew: make.Cast) -> None:
    done = make.received(crew)
    for table in ("complaints_event", "complaints_clockevent"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET entered_at = entered_at")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE complaint_id = %s", [done.complaint_id])
    assert Event.objects.filter(complaint_id=done.complaint_id).count() == 1


def test_scenario_15_every_command_leaves_exactly_one_entry(crew: make.Cast) -> None:
    from xiaobao.base.audit.models import AuditEntry

    done = make.closed(crew)
    tags = list(
        AuditEntry.objects.filter(tag__startswith="complaints:complaint:", object_id=str(done.complaint_id))
        .order_by("id")
        .values_list("tag", flat=True)
    )
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert [tag.rsplit(":", 1)[1] for tag in tags] == [str(item.command) for item in reversed(timeline)]


def test_a_sibling_never_learns_that_it_exists(crew: make.Cast) -> None:
    done = make.received(crew)
    for complaint_id in (done.complaint_id, 10**9):
        with pytest.raises(NotFound) as caught:
            selectors.complaint_get(actor=crew.actor("stranger"), complaint_id=complaint_id)
        assert caught.value.code == "complaint.missing"


def test_codes_are_the_same_gate_for_everybody(crew: make.Cast) -> None:
    done = make.handling(crew)
    payload: dict[str, Any] = {"codes": Codes("A1.1", "B3", "")}
    report = services.complaints_bulk(
        actor=crew.actor("xiaomin"), command=Command.CODE, ids=[done.complaint_id], payload=payload
    )
    assert report.refused[0].missing[0].name == "is_coded"
