"""Many at once: what stands before the click, one line a complaint, and what a line lacks."""

from __future__ import annotations

from dataclasses import dataclass

from xiaobao.duties.complaints.domain.guards import GUARDS, HOUSE
from xiaobao.duties.complaints.domain.lifecycle import stages_of
from xiaobao.duties.complaints.domain.rows import GuardItem
from xiaobao.duties.complaints.domain.terms import Command, Stage

LIMIT = 500
"""Most complaints in one go."""

BY_FORM: dict[Command, frozenset[str]] = {
    Command.CLOSE: frozenset({"has_cause"}),
    Command.CODE: frozenset({"is_coded"}),
    Command.ASSIGN: frozenset({"has_reason"}),
}
"""Conditions the form above the button can still meet, by the names of the guards."""

_PATH = (
    Stage.DRAFT,
    Stage.REGISTERED,
    Stage.ACCEPTED,
    Stage.HANDLING,
    Stage.PENDING,
    Stage.REPLIED,
    Stage.CLOSED,
)
REASON = GuardItem("has_reason", "已写明改派理由", False, "填写改派理由", "", HOUSE)
"""Asked of an assignment that takes a complaint out of somebody's hands."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One complaint before the click: where it stands, every condition, and whether it would go."""

    id: int
    no: str
    title: str
    state: str
    command: Command
    items: tuple[GuardItem, ...]

    @property
    def wanted(self) -> tuple[GuardItem, ...]:
        """Conditions that do not hold yet and that the form meets once it is filled in."""
        return tuple(item for item in self._unmet if item.name in BY_FORM.get(self.command, ()))

    @property
    def missing(self) -> tuple[GuardItem, ...]:
        """Conditions that do not hold and that no form here can meet."""
        return tuple(item for item in self._unmet if item.name not in BY_FORM.get(self.command, ()))

    @property
    def can(self) -> bool:
        """Whether it goes, once the form is filled in."""
        return not self.missing

    @property
    def sentence(self) -> str:
        """`5 项条件已满足 3 项`."""
        return f"{len(self.items)} 项条件已满足 {len(self.items) - len(self._unmet)} 项"

    @property
    def _unmet(self) -> tuple[GuardItem, ...]:
        return tuple(item for item in self.items if not item.ok)


@dataclass(frozen=True, slots=True)
class BulkOutlook:
    """What a click would do: the complaints in the order they were chosen, those that go first.

    `unseen`: how many of the chosen are not there, or not the asker's to see.
    """

    command: Command
    lines: tuple[BulkLine, ...]
    unseen: int = 0

    @property
    def can(self) -> int:
        """How many would go."""
        return sum(line.can for line in self.lines)

    @property
    def cannot(self) -> int:
        """How many would stay."""
        return len(self.lines) - self.can


def stage_item(command: Command, stage: Stage, state: str, following: Command | None) -> GuardItem:
    """The condition before all others: the stage is one the command starts from.

    `state` is the stage in words, `following` the step the main path takes from there.

    >>> stage_item(Command.CLOSE, Stage.HANDLING, "处理中", Command.PROPOSE).missing
    '现为“处理中”，“办结”要到“已答复”才能办；先办“提出处理决定”'
    >>> stage_item(Command.ACCEPT, Stage.HANDLING, "处理中", Command.PROPOSE).missing
    '现为“处理中”，已过“受理”这一步；下一步是“提出处理决定”'
    """
    starts = stages_of(command)
    missing = f"现为“{state}”，"
    if stage in _PATH and any(_PATH.index(stage) < _PATH.index(one) for one in starts if one in _PATH):
        words = "、".join(f"“{one.label}”" for one in starts)
        missing += f"“{command.label}”要到{words}才能办"
        missing += f"；先办“{following.label}”" if following else ""
    else:
        missing += f"已过“{command.label}”这一步"
        missing += f"；下一步是“{following.label}”" if following else "，无须再办"
    return GuardItem("stage", "办理阶段相符", stage in starts, missing, "", HOUSE)


def conditions_of(command: Command) -> tuple[GuardItem, ...]:
    """The command's conditions for reading, none of them asked of a complaint yet."""
    start = "、".join(f"“{stage.label}”" for stage in stages_of(command))
    stage = GuardItem("stage", f"办理阶段是{start}", True, "", "", HOUSE)
    return (stage, *(GuardItem(g.name, g.label, True, g.missing, g.rule, g.article) for g in GUARDS[command]))
