"""What one row of somebody else's file becomes: a row ready for intake, or the faults found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xiaobao.duties.complaints.domain.values import Intake


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one cell: what is wrong, and what to do about it.

    `field` is the column as the file names it; `value` is the raw text, to be masked
    before anybody sees it; `code` is stable English.
    """

    field: str
    value: str
    code: str
    wrong: str
    remedy: str


@dataclass(frozen=True, slots=True)
class IntakeRow:
    """A complaint as the source tells it.

    `is_history` True: the source has closed it, so it goes to the records and not to the desk.
    `replied_at` and `reply` are what the source tells of the answer; either may be missing.
    """

    line: int
    intake: Intake
    is_history: bool = False
    replied_at: datetime | None = None
    reply: str = ""

    @property
    def number(self) -> str:
        """The source's own number."""
        return self.intake.source_no


@dataclass(frozen=True, slots=True)
class RowFaults:
    """A row that cannot become a complaint, with every fault found, not only the first.

    `told` is what could be read of it, faulty cells left empty, so that later gates can look at the rest.
    """

    line: int
    number: str
    faults: tuple[Fault, ...]
    told: Intake | None = None


def with_original(facts: str, original: tuple[tuple[str, str], ...]) -> str:
    """The facts, followed by the source's own words for what became a code; nothing is lost in mapping.

    >>> with_original("多收年费", (("Issue", "Fees"),))
    '多收年费\\n\\n【来源原始分类】\\nIssue：Fees'
    """
    if not original:
        return facts
    return facts + "\n\n【来源原始分类】\n" + "\n".join(f"{name}：{word}" for name, word in original)
