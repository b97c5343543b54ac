"""Each command by one table: allowed where the table says, refused to every other post, illegal elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.base.events.models import Event as Outbox
from xiaobao.duties.complaints import services
from xiaobao.duties.complaints.domain.access import ACCESS
from xiaobao.duties.complaints.domain.events import NAMES
from xiaobao.duties.complaints.domain.lifecycle import TABLE, state_label
from xiaobao.duties.complaints.domain.values import (
    AssignOrder,
    Command,
    Complexity,
    Done,
    MajorCause,
    MajorFinding,
    Meeting,
    NoticeMode,
    Paper,
    PauseKind,
    PauseOrder,
    RecheckOutcome,
    Stage,
)
from xiaobao.duties.complaints.models import Complaint, Event
from xiaobao.kernel.errors import IllegalStep, NotAllowed, XiaobaoError
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role

DAY = date(2026, 3, 2)
PAUSE = PauseOrder(PauseKind.MEDIATION, DAY, "双方调解申请", "双方申请调解")

ARGUMENTS: dict[Command, dict[str, Any]] = {
    Command.ACCEPT: {},
    Command.DECLINE: {"reason": "非本行业务", "notice": "已电话告知"},
    Command.TRANSFER: {"target": "合作机构", "reason": "非本行业务", "notice": "已电话告知"},
    Command.WITHDRAW: {"requested_on": DAY, "document": "撤回申请书"},
    Command.MERGE: {"into_id": 0, "reason": "同一事项"},
    Command.CORRECT: {"changes": {"title": "更正后的事项"}, "reason": "笔误"},
    Command.ASSIGN: {"order": AssignOrder("33001", "xiaochen", reason="改派")},
    Command.INVESTIGATE: {"text": "调阅合同", "none_because": "电子件已在系统"},
    Command.CODE: {"codes": make.CODES},
    Command.PROPOSE: {"ruling": make.ruling()},
    Command.APPROVE: {"opinion": "同意"},
    Command.RETURN: {"opinion": "请补充依据"},
    Command.REPLY: {"answer": make.answer()},
    Command.DELIVER: {"told_on": DAY, "proof": "短信回执"},
    Command.CLOSE: {"cause": "违约金披露不足"},
    Command.REOPEN: {"new_facts": "补交录音", "received_on": DAY},
    Command.RECHECK: {"applied_on": DAY, "request": "不服处理决定"},
    Command.CONCLUDE: {"outcome": RecheckOutcome.UPHELD, "findings": "均符合规定", "told_on": DAY},
    Command.EXTEND: {"to": Complexity.COMPLEX, "reason": "须调取异地资料"},
    Command.GRANT: {"opinion": "同意"},
    Command.DENY: {"opinion": "理由不足"},
    Command.NOTIFY: {"mode": NoticeMode.SMS, "proof": "短信回执"},
    Command.SUSPEND: {"order": PAUSE},
    Command.RESUME: {"on": DAY, "reason": "调解结束"},
    Command.RESTART: {"new_facts": "补交录音", "received_on": DAY},
    Command.REFER: {"letter": make.letter()},
    Command.REPORT: {"referral_id": 0, "text": "已办结"},
    Command.ASK: {"papers": (Paper.CLAIM,), "reason": "核实经过"},
    Command.MEET: {"meeting": Meeting(DAY, 30, 5, "面谈记录")},
    Command.MAJOR: {"finding": MajorFinding(MajorCause.ACCIDENT, "成立处置小组")},
}
COMMANDS = sorted(ARGUMENTS)


def _do(command: Command, actor: Actor, pk: int, **changes: Any) -> Done:
    service = getattr(services, f"complaint_{command}")
    done: Done = service(actor=actor, complaint_id=pk, **{**ARGUMENTS[command], **changes})
    return done


def _after(first: Callable[..., Done], *commands: Command) -> Callable[[make.Cast], Done]:
    """A complaint brought so far, and on by these commands."""

    def bring(crew: make.Cast) -> Done:
        done = first(crew)
        for command in commands:
            done = _do(command, crew.actor(WHO.get(command, "xiaomin")), done.complaint_id)
        return done

    return bring


BRING: dict[Command, Callable[[make.Cast], Done]] = {
    **dict.fromkeys(
        (Command.ACCEPT, Command.DECLINE, Command.TRANSFER, Command.MERGE, Command.CORRECT), make.received
    ),
    Command.ASSIGN: make.accepted,
    Command.PROPOSE: make.coded,
    **dict.fromkeys((Command.APPROVE, Command.RETURN), make.pending),
    Command.REPLY: make.approved,
    Command.DELIVER: make.replied,
    Command.CLOSE: make.delivered,
    **dict.fromkeys((Command.REOPEN, Command.RECHECK), make.closed),
    Command.CONCLUDE: _after(make.closed, Command.RECHECK),
    **dict.fromkeys((Command.GRANT, Command.DENY), _after(make.handling, Command.EXTEND)),
    Command.NOTIFY: _after(make.handling, Command.EXTEND, Command.GRANT),
    Command.RESUME: _after(make.handling, Command.SUSPEND),
    Command.REPORT: lambda crew: make.handling(crew, referral=make.letter()),
}
WHO = {
    **dict.fromkeys((Command.APPROVE, Command.RETURN), "hangzhang"),
    **dict.fromkeys((Command.GRANT, Command.DENY), "branch_head"),
    Command.CONCLUDE: "linjie",
}


def test_the_table_names_every_command_but_the_systems_own() -> None:
    assert set(ARGUMENTS) == set(Command) - {Command.RECEIVE, Command.ARCHIVE}


@pytest.mark.parametrize("command", COMMANDS)
def test_allowed_moves_by_the_table_and_leaves_one_trace_of_each_kind(
    crew: make.Cast, command: Command
) -> None:
    before = BRING.get(command, make.handling)(crew)
    changes: dict[str, Any] = {}
    if command is Command.MERGE:
        changes["into_id"] = make.received(crew).complaint_id
    if command is Command.REPORT:
        changes["referral_id"] = make.seen(crew, before).referrals[0]["id"]
    counts = [model.objects.count() for model in (Event, AuditEntry)]
    told = Outbox.objects.count()
    done = _do(command, crew.actor(WHO.get(command, "xiaomin")), before.complaint_id, **changes)
    assert done.stage is TABLE[before.stage, command]
    assert done.version == before.version + 1
    assert [model.objects.count() for model in (Event, AuditEntry)] == [n + 1 for n in counts]
    newest = AuditEntry.objects.latest("pk")
    assert newest.tag == f"complaints:complaint:{command}"
    # What no room listens to is not kept.
    published = Outbox.objects.order_by("pk").values_list("name", flat=True)[told:]
    assert list(published) in ([], [f"complaints.{NAMES[command]}"])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_post_without_the_command_is_refused_and_changes_nothing(
    crew: make.Cast, command: Command
) -> None:
    done = BRING.get(command, make.handling)(crew)
    before = Complaint.objects.values().get(pk=done.complaint_id)
    for role in Role:
        actor = replace(crew.actor("linjie"), roles=frozenset({role}))
        if command in ACCESS[role]:
            continue
        with pytest.raises(NotAllowed):
            _do(command, actor, done.complaint_id)
    assert Complaint.objects.values().get(pk=done.complaint_id) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_every_stage_outside_the_table_is_an_illegal_step(crew: make.Cast, command: Command) -> None:
    done = make.closed(crew)
    actor = crew.actor("linjie")
    actor = replace(actor, roles=actor.roles | {Role.HANDLER, Role.OFFICER})
    tried = 0
    for stage in Stage:
        if (stage, command) in TABLE:
            continue
        Complaint.objects.filter(pk=done.complaint_id).update(stage=stage)
        with pytest.raises(IllegalStep) as caught:
            _do(command, actor, done.complaint_id)
        assert caught.value.facts["stage"] == state_label(stage, is_approved=True)
        tried += 1
    assert tried == sum((stage, command) not in TABLE for stage in Stage) > 0


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_not_theirs_is_not_there(crew: make.Cast, command: Command) -> None:
    done = BRING.get(command, make.handling)(crew)
    stranger = replace(crew.actor("stranger"), roles=frozenset(Role) - {Role.SYSTEM})
    with pytest.raises(XiaobaoError) as caught:
        _do(command, stranger, done.complaint_id)
    assert caught.value.code == "complaint.missing"
