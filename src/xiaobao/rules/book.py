"""The rule book: every rule with its versions, asked for the day a duty arose.

Loading refuses what would surprise at run time (`checking`): an id used twice, versions that overlap or leave an
undeclared gap, dates reversed, a citation of nothing, two rules that answer one question unlike each other.
"""

from __future__ import annotations

import importlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.checking import BookError, check, check_answers, check_priorities, refuse
from xiaobao.rules.near import meant_by
from xiaobao.rules.values import Rule, Version

# Modules holding the rules, each with a tuple RULES, and the prefixes of the ids found there.
SHELVES = {
    "xiaobao.rules.complaints": ("CMP",),
    "xiaobao.rules.recordings": ("DR",),
    "xiaobao.rules.privacy": ("PI",),
    "xiaobao.rules.marketing": ("MKT",),
    "xiaobao.rules.review": ("REV",),
    "xiaobao.rules.service": ("AGE", "AF"),
    "xiaobao.rules.governance": ("GOV", "TRN", "EDU"),
}

__all__ = ["SHELVES", "BookError", "RuleBook", "Snapshot", "book", "book_for"]


class Snapshot:
    """Which versions bind on the days between two change dates."""

    __slots__ = ("since", "versions")

    def __init__(self, since: date, versions: dict[str, Version]) -> None:
        self.since = since
        self.versions = versions

    def get(self, rule: str) -> Version | None:
        """The version of `rule` that binds, or None."""
        return self.versions.get(rule)

    def __getitem__(self, rule: str) -> Version:
        return self.versions[rule]

    def __contains__(self, rule: object) -> bool:
        return rule in self.versions

    def __iter__(self) -> Iterator[str]:
        return iter(self.versions)

    def __len__(self) -> int:
        return len(self.versions)


class RuleBook:
    """Rules by id; `.at(day)` answers from one snapshot a change date.

    `compiled` holds what the complaint clock has made ready, by `place(day)`.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: dict[str, Rule] = {}
        for rule in rules:
            if rule.id in self.rules:
                raise refuse("book.id_twice", rule.id, f"规则{rule.id}出现两次")
            check(rule)
            self.rules[rule.id] = rule
        check_answers(self.rules.values())
        self.change_dates: tuple[date, ...] = tuple(sorted(_dates(self.rules.values())))
        self._snapshots: dict[int, Snapshot] = {}
        self.compiled: dict[int, Any] = {}
        self._starts = [day.toordinal() for day in self.change_dates]

    def place(self, day: date) -> int:
        """Which span between two change dates the day lies in; the key for what is compiled once a span."""
        return bisect_right(self._starts, day.toordinal())

    def at(self, day: date) -> Snapshot:
        """The versions that bind a duty arising on `day`."""
        at = self.place(day)
        found = self._snapshots.get(at)
        return found if found is not None else self._make(at)

    def _make(self, at: int) -> Snapshot:
        day = self.change_dates[at - 1] if at else date.min
        versions = {rule.id: version for rule in self.rules.values() if (version := rule.at(day))}
        self._snapshots[at] = snapshot = Snapshot(day, versions)
        return snapshot

    def get(self, rule: str, day: date) -> Version:
        """The version of `rule` binding on `day`.

        Raises: NotFound `rules.unknown`; InvalidInput `rules.not_in_force` naming the first day.
        """
        version = self.rule(rule).at(day)
        if version is None:
            raise self._not_in_force(self.rules[rule], day)
        return version

    def counted(self, rule: str, day: date) -> Version:
        """The version a duty that comes round is counted by, whose last time was on `day`.

        A last time before the law's first day counts as that day, where the version says so (`begins`).
        Raises: NotFound, InvalidInput as `get`.
        """
        first = self.rule(rule).versions[0]
        begins = getattr(first.params, "begins", None)
        return first if begins == first.since and day < first.since else self.get(rule, day)

    def rule(self, rule: str) -> Rule:
        """The rule with all its versions. Raises: NotFound `rules.unknown`."""
        if rule not in self.rules:
            meant = meant_by(rule, ids())
            raise NotFound(
                "rules.unknown", rule=rule, say=f"没有规则“{rule}”{meant}，可用 xiaobao rules list 查看"
            )
        return self.rules[rule]

    @staticmethod
    def _not_in_force(rule: Rule, day: date) -> InvalidInput:
        first = rule.versions[0].since
        last = rule.versions[-1].until
        before = rule.versions[0].transition if day < first else ""
        ended = f"，最后一版至{last.isoformat()}前" if last is not None and last <= day else ""
        return InvalidInput(
            "rules.not_in_force",
            rule=rule.id,
            on=day,
            first=first,
            say=f"规则{rule.id}“{rule.title}”在{day.isoformat()}没有版本：第一版自{first.isoformat()}起{ended}"
            + (f"；{before}" if before else ""),
        )

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules.values())

    def __len__(self) -> int:
        return len(self.rules)


def _dates(rules: Iterable[Rule]) -> set[date]:
    found: set[date] = set()
    for rule in rules:
        for version in rule.versions:
            found.add(version.since)
            if version.until is not None:
                found.add(version.until)
    return found


def ids() -> tuple[str, ...]:
    """Every id of the whole book, for an error that names the ones meant; loads the book."""
    return tuple(book().rules)


@lru_cache(maxsize=1)
def book() -> RuleBook:
    """The book of all shelves, loaded once."""
    found = RuleBook(rule for shelf in SHELVES for rule in importlib.import_module(shelf).RULES)
    check_priorities(found.rules)
    return found


@lru_cache(maxsize=16)
def book_for(rule: str) -> RuleBook:
    """The shelf the rule stands on, as a book of its own; the whole book when the prefix is unknown.

    For a command that asks one rule and ends: it need not read the other rooms.
    """
    prefix = rule.partition("-")[0]
    shelf = next((name for name, prefixes in SHELVES.items() if prefix in prefixes), None)
    return RuleBook(importlib.import_module(shelf).RULES) if shelf else book()
