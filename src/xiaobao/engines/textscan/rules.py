"""One review rule with its dates, its citations and its own tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xiaobao.engines.textscan.citations import Cite
from xiaobao.engines.textscan.matchers import Matcher
from xiaobao.engines.textscan.values import Angle, Example, Scope, Severity


@dataclass(frozen=True)
class Rule:
    """One review rule. `listed`: its words stand in the law, so a bank may not take them out.

    `general` marks a rule of word classes: of two rules that find the same place, the one with its own words speaks.
    `practice` marks the house's own practice: such a rule has no citation and says so.
    """

    id: str
    topic: str
    angle: Angle
    severity: Severity
    why: str
    matcher: Matcher
    cites: tuple[Cite, ...]
    scope: Scope
    since: date
    until: date | None = None
    exempt: tuple[str, ...] = ()
    suggest: str = ""
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()
    listed: bool = False
    practice: str = ""
    revision: int = 1
    general: bool = False

    @property
    def version(self) -> str:
        """The first day it binds, and its revision since: 2021-04-29.1."""
        return f"{self.since.isoformat()}.{self.revision}"

    @property
    def article(self) -> str:
        """The article in Chinese, or that it is the house's practice."""
        return "；".join(cite.chinese for cite in self.cites) or f"内部惯例（{self.practice}）"

    def holds_on(self, day: date) -> bool:
        """Whether it binds on `day`."""
        return self.since <= day and (self.until is None or day < self.until)
