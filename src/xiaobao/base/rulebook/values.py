"""What the rule book's pages show, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from xiaobao.base.rulebook.plain import Param
from xiaobao.kernel.terms import Term
from xiaobao.rules.values import Confidence, Kind, Rule, Version

ROOMS = {
    "complaints": "投诉处理",
    "privacy": "个人信息保护",
    "marketing": "营销宣传",
    "recordings": "双录与适当性",
    "review": "消保审查",
    "service": "服务与适老",
    "antifraud": "反电信网络诈骗",
    "governance": "治理、培训与宣教",
}
# A rule nobody read again for this long is shown as stale.
STALE_DAYS = 365


class Standing(Term):
    """Whether a rule binds on the day asked for."""

    IN_FORCE = "in_force", "施行中"
    FUTURE = "future", "尚未施行"
    ENDED = "ended", "已停止施行"


class Became(Term):
    """What became of a rule between two days."""

    BEGUN = "begun", "新施行"
    CHANGED = "changed", "换了版本"
    ENDED = "ended", "停止施行"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; '' and None mean everything. `on` is the day the law is asked for."""

    on: date
    room: str = ""
    kind: Kind | None = None
    confidence: str = ""
    standing: Standing | None = None
    words: str = ""

    def query(self, today: date) -> dict[str, str]:
        """The same as parameters of an address; today's day is left out."""
        pairs = {
            "on": "" if self.on == today else self.on.isoformat(),
            "room": self.room,
            "kind": self.kind.value if self.kind else "",
            "confidence": self.confidence,
            "standing": self.standing.value if self.standing else "",
            "q": self.words,
        }
        return {name: value for name, value in pairs.items() if value}


class Row(NamedTuple):
    """One rule as the list shows it on the day asked for."""

    rule: Rule
    version: Version
    standing: Standing
    summary: str

    @property
    def room(self) -> str:
        """投诉处理."""
        return ROOMS[self.rule.room]

    @property
    def is_verified(self) -> bool:
        """Whether somebody read the article itself."""
        return self.version.confidence is Confidence.VERIFIED


class Edit(NamedTuple):
    """One parameter (or the articles) in two versions; '' where one has none."""

    label: str
    old: str
    new: str


class Past(NamedTuple):
    """One version in a rule's history, and what it changed in the version before."""

    version: Version
    standing: Standing
    params: tuple[Param, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """One rule that is not the same on two days."""

    rule: Rule
    became: Became
    on: tuple[date, ...]
    old: Version | None
    new: Version | None
    edits: tuple[Edit, ...] = field(default=())

    @property
    def shown(self) -> Version:
        """The version the line speaks of."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a change without versions")
        return found
