"""Assigning: lightest load, assisting units, hand-overs with reasons, who may be chosen."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.values import AssignOrder, Stage
from xiaobao.kernel.errors import InvalidInput, NotAllowed, RuleBroken
from xiaobao.kernel.roles import Role


def _assign(crew: make.Cast, pk: int, who: str = "xiaomin", **order: object) -> None:
    services.complaint_assign(
        actor=crew.actor(who),
        complaint_id=pk,
        order=AssignOrder(**order),  # type: ignore[arg-type]
    )


def test_the_lightest_load_gets_it(crew: make.Cast) -> None:
    make.user("xiaoli", "李小", crew.outlet, Role.HANDLER)
    make.handling(crew)
    done = make.accepted(crew)
    _assign(crew, done.complaint_id)
    assert make.seen(crew, done).handler_name == "李小"


def test_a_harder_case_weighs_more(crew: make.Cast) -> None:
    make.user("xiaoli", "李小", crew.outlet, Role.HANDLER)
    first = make.handling(crew)
    from xiaobao.duties.complaints.models import Complaint

    Complaint.objects.filter(pk=first.complaint_id).update(complexity="special")
    for _ in range(2):
        _assign(crew, make.accepted(crew).complaint_id)
    loads = {load.name: load.weight for load in selectors.load_of_handlers(actor=crew.actor("linjie"))}
    assert loads == {"陈小": 3.0, "李小": 2.0}


def test_assisting_units_stand_beside(crew: make.Cast) -> None:
    done = make.accepted(crew)
    _assign(crew, done.complaint_id, unit_code="33001", assisting=("330",))
    rows = make.seen(crew, done).assignments
    assert [(row["org_name"], row["is_main"]) for row in rows] == [
        ("杭州延安支行", True),
        ("杭州分行", False),
    ]


@pytest.mark.parametrize("named", [{"unit_code": "330"}, {"username": "fenjingban"}, {}])
def test_the_unit_complained_of_does_not_assist_either(crew: make.Cast, named: dict[str, str]) -> None:
    done = make.accepted(crew, counterpart="xiaochen")
    with pytest.raises(RuleBroken) as caught:
        _assign(crew, done.complaint_id, assisting=("33001",), **named)
    assert (caught.value.rule, caught.value.code) == ("CMP-015", "complaint.recuse.unit")
    assert (caught.value.facts["field"], make.seen(crew, done).stage) == ("assisting", Stage.ACCEPTED)


def test_without_a_person_complained_of_its_unit_may_assist(crew: make.Cast) -> None:
    done = make.accepted(crew)
    _assign(crew, done.complaint_id, unit_code="330", assisting=("33001",))
    assert [row["org_name"] for row in make.seen(crew, done).assignments] == ["杭州分行", "杭州延安支行"]


def test_an_assisting_unit_nobody_knows_is_refused_at_its_own_field(crew: make.Cast) -> None:
    done = make.accepted(crew)
    with pytest.raises(InvalidInput) as caught:
        _assign(crew, done.complaint_id, assisting=("000000",))
    assert (caught.value.code, caught.value.field) == ("complaint.assign.unit", "assisting")


def test_a_hand_over_needs_a_reason(crew: make.Cast) -> None:
    done = make.handling(crew)
    with pytest.raises(InvalidInput) as caught:
        _assign(crew, done.complaint_id, username="fenjingban")
    assert caught.value.field == "reason"


def test_the_second_hand_over_escalates(crew: make.Cast) -> None:
    done = make.handling(crew)
    _assign(crew, done.complaint_id, username="fenjingban", reason="涉及分行制度")
    _assign(crew, done.complaint_id, username="xiaochen", reason="退回网点")
    case = make.seen(crew, done)
    assert (case.hand_overs, case.stage) == (2, Stage.HANDLING)
    timeline = selectors.complaint_timeline(actor=crew.actor("xiaomin"), complaint_id=done.complaint_id)
    assert "已流转 2 次" in timeline[0].say
    assert [row["until_at"] is None for row in case.assignments] == [False, False, True]


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ({"unit_code": "000000"}, "complaint.assign.unit"),
        ({"username": "nobody"}, "complaint.assign.person"),
        ({"unit_code": "33001", "username": "fenjingban"}, "complaint.assign.person"),
        ({"username": "laozhou"}, "complaint.assign.person"),
    ],
)
def test_who_cannot_be_chosen(crew: make.Cast, order: dict[str, str], code: str) -> None:
    done = make.accepted(crew)
    with pytest.raises(InvalidInput) as caught:
        _assign(crew, done.complaint_id, **order)
    assert caught.value.code == code


def test_an_outlets_head_cannot_push_it_to_the_neighbour(crew: make.Cast) -> None:
    done = make.accepted(crew)
    with pytest.raises(InvalidInput):
        _assign(crew, done.complaint_id, who="laozhou", unit_code="33002")


def test_a_handler_does_not_assign(crew: make.Cast) -> None:
    done = make.accepted(crew)
    with pytest.raises(NotAllowed):
        _assign(crew, done.complaint_id, who="xiaochen")


def test_the_choice_offered_leaves_the_recused_out(crew: make.Cast) -> None:
    plain, against = make.accepted(crew), make.accepted(crew, counterpart="xiaochen")
    actor = crew.actor("xiaomin")
    offered = {load.name for load in selectors.handlers_for(actor=actor, complaint=make.seen(crew, plain))}
    left = {load.name for load in selectors.handlers_for(actor=actor, complaint=make.seen(crew, against))}
    assert "陈小 · 杭州延安支行" in offered
    assert "陈小 · 杭州延安支行" not in left
    assert "何立 · 杭州分行" in left


def test_whoever_handles_it_sees_it_though_it_lies_elsewhere(crew: make.Cast) -> None:
    done = make.accepted(crew)
    _assign(crew, done.complaint_id, username="xiaomin")
    assert make.seen(crew, done, "xiaomin").handling_name == "消费者权益保护办公室"
