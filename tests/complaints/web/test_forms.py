"""Every form of the lifecycle: sent whole it moves the complaint, sent empty it writes nothing at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.complaints.steps_table import expected
from tests.complaints.test_every_command import BRING, COMMANDS, WHO
from tests.factories import complaints as make
from xiaobao.base.audit.models import AuditEntry
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.models import Complaint, Event

Sign = Callable[[str], Client]
Text = Callable[..., str]

DAY = "2026-03-02"
FORMS: dict[Command, dict[str, Any]] = {
    Command.ACCEPT: {},
    Command.DECLINE: {"reason": "非本行业务", "notice": "已电话告知"},
    Command.TRANSFER: {"target": "合作机构", "reason": "非本行业务", "notice": "已电话告知"},
    Command.WITHDRAW: {"requested_on": "2026年3月2日", "document": "撤回申请书"},
    Command.MERGE: {"into_no": "", "reason": "同一事项"},
    Command.CORRECT: {
        "title": "更正后的事项",
        "facts": "更正后的事实",
        "received_at": "2026-03-01 09:00",
        "amount": "3,000",
        "currency": "CNY",
        "reason": "网点录入有误",
    },
    Command.ASSIGN: {"unit_code": "33001", "reason": "就近办理"},
    Command.INVESTIGATE: {"text": "调阅合同", "none_because": "电子件已在系统"},
    Command.CODE: {"channel_code": "A1.1", "business_code": "B3", "reason_code": "C3"},
    Command.PROPOSE: {
        "findings": "条款未加粗",
        "liability": "partial",
        "legal_basis": "合同第七条",
        "outcome": "退还违约金",
        "redress": "refund",
        "redress_yuan": "1,200.50",
        "redress_due_on": "2026/3/9",
    },
    Command.APPROVE: {"opinion": "同意"},
    Command.RETURN: {"opinion": "请补充依据"},
    Command.REPLY: {
        "facts_found": "条款未加粗",
        "grounds": "合同第七条",
        "remedies": ["recheck", "mediation", "arbitration", "litigation"],
        "mode": "posted",
    },
    Command.DELIVER: {"told_on": "２０２６-０３-０２", "proof": "签收回执"},
    Command.CLOSE: {"cause": "违约金披露不足"},
    Command.REOPEN: {"new_facts": "补交录音", "received_on": DAY},
    Command.RECHECK: {"applied_on": DAY, "request": "不服处理决定"},
    Command.CONCLUDE: {"outcome": "upheld", "findings": "均符合规定", "told_on": DAY},
    Command.EXTEND: {"to": "complex", "reason": "须调取异地资料"},
    Command.GRANT: {"opinion": "同意"},
    Command.DENY: {"opinion": "理由不足"},
    Command.NOTIFY: {"mode": "sms", "proof": "短信回执"},
    Command.SUSPEND: {"kind": "mediation", "from_on": DAY, "document": "双方调解申请", "reason": "双方申请"},
    Command.RESUME: {"on": DAY, "reason": "调解结束"},
    Command.RESTART: {"new_facts": "补交录音", "received_on": DAY},
    Command.REFER: {"body": "nfra", "number": "监转〔2026〕900号", "received_on": DAY, "given_due_on": ""},
    Command.REPORT: {"referral_id": "", "text": "已办结"},
    Command.ASK: {"papers": ["claim"], "reason": "核实经过"},
    Command.MEET: {"met_on": DAY, "persons": "30", "representatives": "5", "text": "面谈记录"},
    Command.MAJOR: {"cause": "accident", "plan": "成立处置小组"},
}
GOES_EMPTY = {Command.ACCEPT, Command.ASSIGN}
"""Nothing to fill in: the conditions say it all, and the routing finds the hands."""


def _ready(crew: make.Cast, command: Command) -> tuple[Any, dict[str, Any]]:
    """A complaint the command may move, and its form filled in."""
    done = BRING.get(command, make.handling)(crew)
    data = dict(FORMS[command])
    if command is Command.MERGE:
        data["into_no"] = f" {make.received(crew).no} "
    if command is Command.REPORT:
        data["referral_id"] = str(make.seen(crew, done).referrals[0]["id"])
    return done, data


@pytest.mark.parametrize("command", COMMANDS)
def test_a_whole_form_moves_the_complaint_as_the_specification_says(
    crew: make.Cast, sign: Sign, command: Command
) -> None:
    before, data = _ready(crew, command)
    path = f"/complaints/{before.complaint_id}/{command}/"
    response = sign(WHO.get(command, "xiaomin")).post(path, {**data, "version": before.version})
    assert response.status_code == 302, response.content.decode()[:3000]
    row = Complaint.objects.get(pk=before.complaint_id)
    assert (row.stage, row.version) == (expected()[command, before.stage], before.version + 1)
    assert Event.objects.filter(complaint=row).latest("pk").command == command


@pytest.mark.parametrize("command", [one for one in COMMANDS if one not in GOES_EMPTY])
def test_an_empty_form_comes_back_with_its_lacks_and_leaves_no_trace(
    crew: make.Cast, sign: Sign, command: Command
) -> None:
    before, _ = _ready(crew, command)
    client = sign(WHO.get(command, "xiaomin"))
    traces = (Complaint.objects.values(), Event.objects.values(), AuditEntry.objects.values())
    stood = [list(rows.order_by("pk")) for rows in traces]
    response = client.post(f"/complaints/{before.complaint_id}/{command}/", {})
    body = response.content.decode()
    assert response.status_code in {400, 422}, body[:3000]
    assert 'name="version"' in body
    assert '_error"' in body or "条件已满足" in body
    assert [list(rows.order_by("pk")) for rows in traces] == stood


def test_what_was_typed_in_the_propose_form_is_what_is_decided(crew: make.Cast, sign: Sign) -> None:
    done, data = _ready(crew, Command.PROPOSE)
    sign("xiaochen").post(f"/complaints/{done.complaint_id}/propose/", data)
    decision = make.seen(crew, done).decisions[-1]
    assert (decision["redress_fen"], str(decision["redress_due_on"])) == (120_050, "2026-03-09")
    assert decision["needs"] == "消保办负责人"


def test_money_nobody_can_read_is_said_beside_its_field(crew: make.Cast, sign: Sign, text_of: Text) -> None:
    done, data = _ready(crew, Command.PROPOSE)
    path = f"/complaints/{done.complaint_id}/propose/"
    body = text_of(sign("xiaochen").post(path, {**data, "redress_yuan": "一千二"}), 400)
    assert 'id="id_redress_yuan_error"' in body
    assert make.seen(crew, done).decisions == ()


def test_a_number_nobody_may_see_is_no_target_of_a_merge(crew: make.Cast, sign: Sign, text_of: Text) -> None:
    mine, theirs = make.received(crew), make.received(crew, org_code="33002")
    data = {"into_no": theirs.no, "reason": "同一事项"}
    path = f"/complaints/{mine.complaint_id}/merge/"
    assert "不在您的管辖范围内" in text_of(sign("laozhou").post(path, data), 400)


def test_looking_at_duplicates_and_accepting_is_one_step(crew: make.Cast, sign: Sign) -> None:
    done = make.received(crew, duplicates_seen=False)
    path = f"/complaints/{done.complaint_id}/accept/"
    sent = {"duplicates_seen": "on", "version": done.version}
    assert sign("xiaomin").post(path, sent).status_code == 302
    assert list(Event.objects.order_by("pk").values_list("command", flat=True)) == ["receive", "accept"]


def test_a_refused_acceptance_keeps_no_half_of_the_click(crew: make.Cast, sign: Sign) -> None:
    done = make.received(crew, persons=(), anonymous_reason="匿名", duplicates_seen=False)
    Complaint.objects.filter(pk=done.complaint_id).update(anonymous_reason="")
    path = f"/complaints/{done.complaint_id}/accept/"
    for _ in range(2):
        sent = {"duplicates_seen": "on", "version": done.version}
        assert sign("xiaomin").post(path, sent).status_code == 422
    assert make.seen(crew, done).version == done.version


def test_the_form_asks_for_the_last_day_that_does_not_count(
    crew: make.Cast, sign: Sign, text_of: Text
) -> None:
    done, _ = _ready(crew, Command.RESUME)
    body = text_of(sign("xiaomin").get(f"/complaints/{done.complaint_id}/resume/"))
    assert "不计入期限的最后一天" in body


def test_a_used_letter_number_is_told_beside_its_field(
    crew: make.Cast, office: Client, text_of: Text
) -> None:
    sent = {"body": "nfra", "number": "转〔2026〕1号", "received_on": "2026-03-02"}
    first, second = (f"/complaints/{make.accepted(crew).complaint_id}/refer/" for _ in range(2))
    assert office.post(first, sent).status_code == 302
    body = text_of(office.post(second, sent), 400)
    assert "转〔2026〕1号" in body.split('id="f_number"')[1].split("</div>")[0].split('class="msg"')[1]
