"""The life of a rule set as a table: 起草 → 回测 → 影子 → 复核 → 生效 → 停用."""

from __future__ import annotations

import unicodedata
from enum import StrEnum


class Stage(StrEnum):
    """Where a rule set stands."""

    DRAFT = "draft"
    BACKTESTED = "backtested"
    SHADOW = "shadow"
    REVIEW = "review"
    LIVE = "live"
    RETIRED = "retired"


class Command(StrEnum):
    """What may be done to it."""

    EDIT = "edit"
    BACKTEST = "backtest"
    START_SHADOW = "start_shadow"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    BRAKE = "brake"
    RETIRE = "retire"


TABLE: dict[tuple[Stage, Command], Stage] = {
    (Stage.DRAFT, Command.EDIT): Stage.DRAFT,
    (Stage.DRAFT, Command.BACKTEST): Stage.BACKTESTED,
    (Stage.BACKTESTED, Command.EDIT): Stage.DRAFT,
    (Stage.BACKTESTED, Command.START_SHADOW): Stage.SHADOW,
    (Stage.SHADOW, Command.EDIT): Stage.DRAFT,
    (Stage.SHADOW, Command.SUBMIT): Stage.REVIEW,
    (Stage.REVIEW, Command.RETURN): Stage.DRAFT,
    (Stage.REVIEW, Command.APPROVE): Stage.LIVE,
    (Stage.LIVE, Command.BRAKE): Stage.SHADOW,
    (Stage.LIVE, Command.RETIRE): Stage.RETIRED,
}


STAGE_WORDS = dict(zip(Stage, ("起草", "回测", "影子", "复核", "生效", "停用"), strict=True))
COMMAND_WORDS = dict(
    zip(
        Command,
        ("修改", "回测", "转入影子", "提交复核", "复核通过", "退回", "刹车", "停用"),
        strict=True,
    )
)


class LifecycleError(ValueError):
    """The step is not in the table, or the approver wrote the rules."""


def same_person(one: str, other: str) -> bool:
    """Whether two spellings name one person: width, case, blanks and invisible letters tell nobody apart.

    >>> same_person("Li Na", "ｌｉ　na "), same_person("李娜", "李 娜"), same_person("李娜", "李那")
    (True, True, False)
    """
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKC", name).casefold()
    return "".join(one for one in letters if not one.isspace() and unicodedata.category(one) != "Cf")


def step(stage: Stage, command: Command, *, author: str, actor: str) -> Stage:
    """The next stage.

    Raises: LifecycleError where the table has no such step, or for an approval by the author.

    >>> step(Stage.REVIEW, Command.APPROVE, author="甲", actor="乙").value
    'live'
    """
    if (stage, command) not in TABLE:
        raise LifecycleError(f"规则集处于“{STAGE_WORDS[stage]}”，不能“{COMMAND_WORDS[command]}”")
    if command is Command.APPROVE and same_person(actor, author):
        raise LifecycleError("复核人不能是起草人本人，请由另一人复核")
    return TABLE[stage, command]
