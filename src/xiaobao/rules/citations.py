"""Whether every citation of the book stands in its text, and the words it hangs on stand in the cited place.

The texts are the caller's to read: this module is told how to look a place up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from xiaobao.rules.book import RuleBook
from xiaobao.rules.checking import written_at
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh, is_held
from xiaobao.rules.values import Cite, Rule, Version

# The text of a place, None where the text has no such place; LookupError where nobody gave the text.
Look = Callable[[Cite], str | None]


class Fault(NamedTuple):
    """One citation that does not stand: where it is written, what it cites, and what is wrong."""

    rule: str
    version: str
    cite: str
    say: str
    place: str


class Checked(NamedTuple):
    """How many citations stand, how many lean on texts nobody has, how many texts were not given; and the faults."""

    standing: int
    not_held: int
    not_given: int
    faults: tuple[Fault, ...]


def check_citations(rules: RuleBook, look: Look) -> Checked:
    """Every citation of every version looked up; a fault names file, row, rule, version and place."""
    standing = not_held = not_given = 0
    faults: list[Fault] = []
    for rule, version, cite in every_cite(rules):
        if not is_held(cite):
            not_held += 1
            continue
        try:
            wrong = _wrong(cite, look(cite))
        except LookupError:
            not_given += 1
            continue
        if wrong:
            faults.append(Fault(rule.id, version.name, cite.full, wrong, written_at(rule.id)))
        else:
            standing += 1
    return Checked(standing, not_held, not_given, tuple(faults))


def every_cite(rules: RuleBook) -> Iterator[tuple[Rule, Version, Cite]]:
    """Each citation with its rule and version, those of exceptions too."""
    for rule in rules:
        for version in rule.versions:
            exceptions = (clause.cite for clause in version.unless if clause.cite is not None)
            for cite in (*version.cites, *exceptions):
                yield rule, version, cite


def _wrong(cite: Cite, found: str | None) -> str:
    if found is None:
        return f"{INSTRUMENTS[cite.instrument].short}没有这一处：{cite_zh(cite)}"
    if cite.words and cite.words not in found.replace(" ", ""):
        return f"{cite_zh(cite)}里没有“{cite.words}”"
    return ""
