"""Many at once: only what makes sense, each on its own, the rest listed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.base.people.models import User
from xiaobao.duties.complaints import selectors, services
from xiaobao.duties.complaints.domain.bulk import BulkOutlook
from xiaobao.duties.complaints.domain.values import Command, Done
from xiaobao.kernel.errors import InvalidInput, NotAllowed


def test_what_can_go_goes_and_the_invisible_is_only_missing(crew: make.Cast) -> None:
    mine, other = make.received(crew), make.received(crew, org_code="33002")
    bare = make.received(crew, duplicates_seen=False)
    ids = [mine.complaint_id, other.complaint_id, bare.complaint_id, mine.complaint_id]
    report = services.complaints_bulk(actor=crew.actor("laozhou"), command=Command.ACCEPT, ids=ids)
    assert report.done == (mine.complaint_id,)
    assert [(one.no, len(one.missing)) for one in report.refused] == [("", 0), (bare.no, 1)]
    assert "没有找到" in report.refused[0].reason


def test_assigning_many_spreads_the_load(crew: make.Cast) -> None:
    from xiaobao.kernel.roles import Role

    make.user("xiaoli", "李小", crew.outlet, Role.HANDLER)
    ids = [make.accepted(crew).complaint_id for _ in range(4)]
    services.complaints_bulk(
        actor=crew.actor("xiaomin"), command=Command.ASSIGN, ids=ids, payload={"unit_code": "33001"}
    )
    from xiaobao.duties.complaints.selectors import load_of_handlers

    assert sorted(load.cases for load in load_of_handlers(actor=crew.actor("linjie"))) == [2, 2]


@pytest.mark.parametrize("command", [Command.REPLY, Command.WITHDRAW, Command.ARCHIVE])
def test_some_commands_are_never_for_many(crew: make.Cast, command: Command) -> None:
    with pytest.raises(InvalidInput):
        services.complaints_bulk(actor=crew.actor("linjie"), command=command, ids=[1])


def test_the_post_is_asked_before_anything_else(crew: make.Cast) -> None:
    with pytest.raises(NotAllowed):
        services.complaints_bulk(actor=crew.actor("xiaochen"), command=Command.ACCEPT, ids=[1])
    with pytest.raises(InvalidInput):
        services.complaints_bulk(actor=crew.actor("linjie"), command=Command.ACCEPT, ids=range(501))


def outlook(crew: make.Cast, command: Command, *done: Done) -> BulkOutlook:
    ids = [one.complaint_id for one in done]
    return selectors.bulk_outlook(actor=crew.actor("xiaomin"), command=command, ids=ids)


def test_before_the_click_each_line_says_whether_it_goes_and_what_it_lacks(crew: make.Cast) -> None:
    lacking, ready, early = make.replied(crew), make.delivered(crew), make.handling(crew)
    seen = outlook(crew, Command.CLOSE, lacking, ready, early)
    assert [line.no for line in seen.lines] == [ready.no, lacking.no, early.no]
    assert (seen.can, seen.cannot) == (1, 2)
    assert seen.lines[0].sentence == "5 项条件已满足 4 项"
    assert [item.name for item in seen.lines[0].wanted] == ["has_cause"]
    assert [item.missing for item in seen.lines[1].missing] == ["登记送达日期和送达凭证"]
    assert [item.missing for item in seen.lines[2].missing] == [
        "现为“处理中”，“办结”要到“已答复”才能办；先办“提出处理决定”"
    ]


@pytest.mark.parametrize("command", services.BULK)
def test_what_the_outlook_says_is_what_the_command_does(crew: make.Cast, command: Command) -> None:
    stages = (make.received, make.accepted, make.handling, make.pending, make.approved, make.delivered)
    every = [*(one(crew) for one in stages), make.closed(crew), make.received(crew, duplicates_seen=False)]
    actor, ids = crew.actor("linjie"), [done.complaint_id for done in every]
    seen = selectors.bulk_outlook(actor=actor, command=command, ids=ids)
    payload = {
        "cause": "无",
        "reason": "均衡负荷",
        "channel_code": "A1.1",
        "business_code": "B3",
        "reason_code": "C3",
        "opinion": "同意",
    }
    report = services.complaints_bulk(actor=actor, command=command, ids=ids, payload=payload)
    assert {line.id for line in seen.lines if line.can} == set(report.done)
    for refused in report.refused:
        (line,) = (one for one in seen.lines if one.id == refused.id)
        assert (line.state, line.missing) == (refused.state, refused.missing)


def test_nobody_to_assign_to_is_a_missing_condition(crew: make.Cast) -> None:
    User.objects.filter(roles__icontains="handler").update(is_active=False)
    (line,) = outlook(crew, Command.ASSIGN, make.accepted(crew)).lines
    assert [item.name for item in line.missing] == ["has_unit", "has_handler"]


def test_the_outlook_costs_two_statements_however_many(
    crew: make.Cast, django_assert_num_queries: Any
) -> None:
    every = [make.delivered(crew) for _ in range(4)]
    with django_assert_num_queries(2):
        outlook(crew, Command.CLOSE, *every)


def test_the_invisible_is_counted_and_not_named(crew: make.Cast) -> None:
    other = make.received(crew, org_code="33002")
    seen = selectors.bulk_outlook(
        actor=crew.actor("laozhou"), command=Command.ACCEPT, ids=[other.complaint_id]
    )
    assert (seen.lines, seen.unseen) == ((), 1)
