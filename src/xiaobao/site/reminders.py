"""From the complaints' events to the inbox: one task a complaint, one an open question.

Every handler looks up where the complaint stands now, so that an event heard late or twice
changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from xiaobao.base.inbox.services import task_close, task_open
from xiaobao.duties.complaints.domain.values import Command, Complexity
from xiaobao.duties.complaints.selectors.states import TaskState, extension_waits, task_state
from xiaobao.kernel import days, ports
from xiaobao.kernel.identity import Actor, system_actor
from xiaobao.kernel.roles import Role

KIND = "complaint"
CLOSING_DAYS = 15


def complaint_moved(payload: Mapping[str, Any], key: str) -> None:
    """The complaint's task follows its stage, its handler and its due date; finished, it closes."""
    state = task_state(complaint_id=payload["complaint_id"])
    if state is None:
        return
    if not state.is_open or state.next is None:
        task_close(actor=_me(), key=_key(state.id))
        return
    approving = state.next is Command.APPROVE
    task_open(
        actor=_me(),
        key=_key(state.id),
        title=f"{state.no} {state.title}：{state.next.label}",
        org_path=state.unit_path,
        due_at=_end(_wanted_on(state), state),
        opened_at=state.received_at,
        assignee_id=None if approving else state.handler_id,
        role=Role.UNIT_HEAD if approving else Role.OFFICER,
        link=f"/complaints/{state.id}/",
        kind=KIND,
    )


def extension_asked(payload: Mapping[str, Any], key: str) -> None:
    """Somebody who may grant is asked, until the old due date; answered, the task closes."""
    state = task_state(complaint_id=payload["complaint_id"])
    waits = extension_waits(complaint_id=payload["complaint_id"])
    if state is None:
        return
    if waits is None or not state.is_open:
        task_close(actor=_me(), key=_key(state.id, "extension"))
        return
    old_due_on, to = waits
    _ask(
        state,
        "extension",
        f"延期申请待批准（{Complexity.label_of(to)}）",
        due_at=_end(old_due_on, state),
        role=Role.LEADER if to == Complexity.SPECIAL else Role.UNIT_HEAD,
    )


def extension_granted(payload: Mapping[str, Any], key: str) -> None:
    """The handler is told to tell the complainant before the old due date, or it does not count."""
    state = task_state(complaint_id=payload["complaint_id"])
    if state is None:
        return
    _ask(state, "notify", "延期已批准，请在原到期日前告知投诉人", assignee_id=state.handler_id)


def extension_told(payload: Mapping[str, Any], key: str) -> None:
    """Told: the reminder to tell goes."""
    task_close(actor=_me(), key=_key(payload["complaint_id"], "notify"))


def referred(payload: Mapping[str, Any], key: str) -> None:
    """The office's head hears of a regulator's letter; the task goes with the case."""
    state = task_state(complaint_id=payload["complaint_id"])
    if state is None or not state.is_open:
        return
    number = payload.get("number", "")
    words = f"收到{payload.get('body', '监管')}转办 {number}，到期 {state.due_on}"
    _ask(state, f"referral:{number}", words, role=Role.LEADER, kind="referral")


def ping_pong(payload: Mapping[str, Any], key: str) -> None:
    """From the second hand-over on, the office's head is asked to settle who handles it."""
    if not payload.get("ping_pong"):
        return
    state = task_state(complaint_id=payload["complaint_id"])
    if state is None or not state.is_open:
        return
    words = f"已流转 {state.hand_overs} 次，请协调确定主办"
    _ask(state, "hand-over", words, role=Role.LEADER, kind="ping_pong")


def major_found(payload: Mapping[str, Any], key: str) -> None:
    """The office's head starts the emergency plan and reports; the article says 及时, the bank one day."""
    state = task_state(complaint_id=payload["complaint_id"])
    if state is None or not state.is_open:
        return
    tomorrow = days.end_of(days.add_days(ports.today(), 1))
    words = "重大投诉：启动应急预案，向监管机构报告"
    _ask(state, "major", words, due_at=tomorrow, role=Role.LEADER, kind="major")


def finished(payload: Mapping[str, Any], key: str) -> None:
    """Everything that hung on the complaint closes with it."""
    for about in ("extension", "notify", "hand-over", "major"):
        task_close(actor=_me(), key=_key(payload["complaint_id"], about))


def _ask(
    state: TaskState, about: str, words: str, *, due_at: datetime | None = None, kind: str = KIND, **who: Any
) -> None:
    """A task beside the complaint's own, due with it unless `due_at` is told; `who` is a role or an assignee."""
    task_open(
        actor=_me(),
        key=_key(state.id, about),
        title=f"{state.no} {words}",
        org_path=state.unit_path,
        due_at=due_at or _end(state.due_on, state),
        link=f"/complaints/{state.id}/",
        kind=kind,
        **who,
    )


def _me() -> Actor:
    return system_actor("投诉提醒", via="event")


def _key(complaint_id: int, about: str = "") -> str:
    return f"complaint:{complaint_id}:{about}" if about else f"complaint:{complaint_id}"


def _wanted_on(state: TaskState) -> date:
    """The due day; once the complainant was told, the bank's own days to close the file."""
    if state.told_on is None:
        return state.due_on
    return max(state.due_on, days.add_days(state.told_on, CLOSING_DAYS))


def _end(due_on: date, state: TaskState) -> datetime:
    """24:00 of the due day; a task is never due before it was opened."""
    return max(days.end_of(due_on), min(state.received_at, ports.now()))
