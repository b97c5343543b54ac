"""The transition table and the one function that reads it. Nothing else may set a stage."""

from __future__ import annotations

from xiaobao.duties.complaints.domain.values import Command, Stage
from xiaobao.kernel.errors import IllegalStep

TABLE: dict[tuple[Stage, Command], Stage] = {
    (Stage.DRAFT, Command.RECEIVE): Stage.REGISTERED,
    # 待受理
    (Stage.REGISTERED, Command.ACCEPT): Stage.ACCEPTED,
    (Stage.REGISTERED, Command.DECLINE): Stage.DECLINED,
    (Stage.REGISTERED, Command.TRANSFER): Stage.TRANSFERRED,
    (Stage.REGISTERED, Command.WITHDRAW): Stage.WITHDRAWN,
    (Stage.REGISTERED, Command.MERGE): Stage.MERGED,
    (Stage.REGISTERED, Command.CORRECT): Stage.REGISTERED,
    (Stage.REGISTERED, Command.CODE): Stage.REGISTERED,
    (Stage.REGISTERED, Command.REFER): Stage.REGISTERED,
    (Stage.REGISTERED, Command.REPORT): Stage.REGISTERED,
    (Stage.REGISTERED, Command.ARCHIVE): Stage.ARCHIVED,
    (Stage.REGISTERED, Command.ASK): Stage.REGISTERED,
    (Stage.REGISTERED, Command.MEET): Stage.REGISTERED,
    (Stage.REGISTERED, Command.MAJOR): Stage.REGISTERED,
    # 已受理，待分派
    (Stage.ACCEPTED, Command.ASSIGN): Stage.HANDLING,
    (Stage.ACCEPTED, Command.DECLINE): Stage.DECLINED,
    (Stage.ACCEPTED, Command.TRANSFER): Stage.TRANSFERRED,
    (Stage.ACCEPTED, Command.WITHDRAW): Stage.WITHDRAWN,
    (Stage.ACCEPTED, Command.MERGE): Stage.MERGED,
    (Stage.ACCEPTED, Command.CORRECT): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.CODE): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.REFER): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.REPORT): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.SUSPEND): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.RESUME): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.RESTART): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.EXTEND): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.GRANT): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.DENY): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.NOTIFY): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.ASK): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.MEET): Stage.ACCEPTED,
    (Stage.ACCEPTED, Command.MAJOR): Stage.ACCEPTED,
    # 处理中
    (Stage.HANDLING, Command.ASSIGN): Stage.HANDLING,
    (Stage.HANDLING, Command.INVESTIGATE): Stage.HANDLING,
    (Stage.HANDLING, Command.CODE): Stage.HANDLING,
    (Stage.HANDLING, Command.CORRECT): Stage.HANDLING,
    (Stage.HANDLING, Command.PROPOSE): Stage.PENDING,
    (Stage.HANDLING, Command.WITHDRAW): Stage.WITHDRAWN,
    (Stage.HANDLING, Command.REFER): Stage.HANDLING,
    (Stage.HANDLING, Command.REPORT): Stage.HANDLING,
    (Stage.HANDLING, Command.SUSPEND): Stage.HANDLING,
    (Stage.HANDLING, Command.RESUME): Stage.HANDLING,
    (Stage.HANDLING, Command.RESTART): Stage.HANDLING,
    (Stage.HANDLING, Command.EXTEND): Stage.HANDLING,
    (Stage.HANDLING, Command.GRANT): Stage.HANDLING,
    (Stage.HANDLING, Command.DENY): Stage.HANDLING,
    (Stage.HANDLING, Command.NOTIFY): Stage.HANDLING,
    (Stage.HANDLING, Command.ASK): Stage.HANDLING,
    (Stage.HANDLING, Command.MEET): Stage.HANDLING,
    (Stage.HANDLING, Command.MAJOR): Stage.HANDLING,
    # 待审批
    (Stage.PENDING, Command.APPROVE): Stage.PENDING,
    (Stage.PENDING, Command.RETURN): Stage.HANDLING,
    (Stage.PENDING, Command.REPLY): Stage.REPLIED,
    (Stage.PENDING, Command.WITHDRAW): Stage.WITHDRAWN,
    (Stage.PENDING, Command.CODE): Stage.PENDING,
    (Stage.PENDING, Command.CORRECT): Stage.PENDING,
    (Stage.PENDING, Command.REFER): Stage.PENDING,
    (Stage.PENDING, Command.REPORT): Stage.PENDING,
    (Stage.PENDING, Command.SUSPEND): Stage.PENDING,
    (Stage.PENDING, Command.RESUME): Stage.PENDING,
    (Stage.PENDING, Command.RESTART): Stage.HANDLING,
    (Stage.PENDING, Command.EXTEND): Stage.PENDING,
    (Stage.PENDING, Command.GRANT): Stage.PENDING,
    (Stage.PENDING, Command.DENY): Stage.PENDING,
    (Stage.PENDING, Command.NOTIFY): Stage.PENDING,
    (Stage.PENDING, Command.MEET): Stage.PENDING,
    (Stage.PENDING, Command.MAJOR): Stage.PENDING,
    # 已答复
    (Stage.REPLIED, Command.DELIVER): Stage.REPLIED,
    (Stage.REPLIED, Command.CODE): Stage.REPLIED,
    (Stage.REPLIED, Command.REFER): Stage.REPLIED,
    (Stage.REPLIED, Command.REPORT): Stage.REPLIED,
    (Stage.REPLIED, Command.MAJOR): Stage.REPLIED,
    (Stage.REPLIED, Command.CLOSE): Stage.CLOSED,
    (Stage.REPLIED, Command.REOPEN): Stage.HANDLING,
    # 办结与核查
    (Stage.CLOSED, Command.REOPEN): Stage.HANDLING,
    (Stage.CLOSED, Command.RECHECK): Stage.RECHECK,
    (Stage.RECHECK, Command.CONCLUDE): Stage.CLOSED,
    # 不予办理之后又有新的事实
    (Stage.DECLINED, Command.REOPEN): Stage.HANDLING,
}


def step(stage: Stage, command: Command) -> Stage:
    """The stage after `command`.

    Raises: IllegalStep `complaint.step` when the table has no such row.

    >>> step(Stage.REGISTERED, Command.ACCEPT).label
    '待分派'
    """
    target = TABLE.get((stage, command))
    if target is None:
        raise IllegalStep("complaint.step", stage=stage.label, command=command.label)
    return target


APPROVED = "已批准，待答复"


def state_label(stage: Stage, *, is_approved: bool = False) -> str:
    """Where a complaint stands, in words: a decision that passed waits for its reply, not for approval.

    >>> state_label(Stage.PENDING), state_label(Stage.PENDING, is_approved=True)
    ('待审批', '已批准，待答复')
    """
    return APPROVED if stage is Stage.PENDING and is_approved else stage.label


def commands_from(stage: Stage) -> tuple[Command, ...]:
    """Commands the table knows from here, in the order of the table."""
    return tuple(command for source, command in TABLE if source is stage)


def stages_of(command: Command) -> tuple[Stage, ...]:
    """Stages the command starts from, in the order of the table.

    >>> [stage.label for stage in stages_of(Command.CLOSE)]
    ['已答复']
    """
    return tuple(source for source, known in TABLE if known is command)


def diagram() -> str:
    """The table as Mermaid text for the README; steps that stay put are left out."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{stage.label}" as {stage.value}' for stage in Stage]
    lines += [
        f"    {source.value} --> {target.value}: {command.label}"
        for (source, command), target in TABLE.items()
        if source is not target
    ]
    return "\n".join(lines)
