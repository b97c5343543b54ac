"""Many at once: only what makes sense, each on its own, the rest listed."""

from __future__ import annotations

import pytest

from tests.factories import complaints as make
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.values import Command
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
