"""What a change of the law does: the same facts decided under two books, and every decision that differs.

What it decides: nothing of its own. A book is frozen on a day, or gets proposed versions; each case is decided under
both; a case whose answers are alike is left out.
Why: whoever reads a new law must see which decisions move before it binds (law-design.md section 6, layer c).
Example: PI-016's file of 2020 is kept 5 years under the book of 2024-12-31, 10 years under that of 2025-01-01.
Known limits: a rule that does not exist in a book answers `absent`; facts the new law asks for first are undecided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel.errors import XiaobaoError
from xiaobao.rules.book import BookError, RuleBook
from xiaobao.rules.deciding import decide
from xiaobao.rules.fact_words import value_word
from xiaobao.rules.values import Cite, Confidence, Rule, Unit, Verdict, Version

# The number of the case an example was taken from says nothing to a reader.
_CASE = re.compile(r"^[A-Z]+-[\w-]+\s*", re.ASCII)
FIRST_DAY = date(1949, 10, 1)


class Answered(NamedTuple):
    """What a book says to a case: the verdict ('' where it has no such rule) and its value, in words and plain."""

    verdict: str
    value: Any = None

    @property
    def say(self) -> str:
        """有期限：2026-01-25; 没有这条规则."""
        if not self.verdict:
            return "没有这条规则"
        label = Verdict(self.verdict).label if self.verdict in set(Verdict) else self.verdict
        plain = self.value is None or isinstance(self.value, bool) or self.value in ((), {})
        return label if plain else f"{label}：{value_word('value', self.value)}"


class Case(NamedTuple):
    """One thing to decide under both books: an example of a rule, or stored facts of the business.

    `answer` is asked with a book. `keeps_old`: the duty arose before the new law, so the old answer stands.
    """

    id: str
    title: str
    source: str
    rules: tuple[str, ...]
    answer: Callable[[RuleBook], Answered]
    link: str = ""
    is_open: bool = False
    keeps_old: bool = False


class Difference(NamedTuple):
    """A case that the two books decide differently."""

    case: Case
    old: Answered
    new: Answered


class Compared(NamedTuple):
    """How many cases were decided under both books, and those that differ, in their order."""

    cases: int
    differences: tuple[Difference, ...]


def frozen(book: RuleBook, on: date) -> RuleBook:
    """The book as if the law of `on` had always been and would always be; rules not in force then are not in it."""
    binding = {rule.id: (rule, version) for rule in book if (version := rule.at(on)) is not None}
    return RuleBook(_alone(rule, version, binding) for rule, version in binding.values())


def _alone(rule: Rule, version: Version, binding: Container[str]) -> Rule:
    always = version._replace(since=FIRST_DAY, until=None, transition="")
    return rule._replace(
        versions=(always,),
        beats=tuple(pair for pair in rule.beats if pair[0] in binding),
        strictest=tuple(other for other in rule.strictest if other in binding),
    )


def compare(cases: Iterable[Case], old: RuleBook, new: RuleBook) -> Compared:
    """Every case decided under both books."""
    differences, count = [], 0
    for case in cases:
        count += 1
        before, after = case.answer(old), case.answer(new)
        if before != after:
            differences.append(Difference(case, before, after))
    return Compared(count, tuple(differences))


def examples(book: RuleBook, rules: Iterable[str]) -> Iterator[Case]:
    """All examples of these rules, in every version, as cases; the same facts count once a rule."""
    for rule in (book.rule(id_) for id_ in rules):
        seen: set[str] = set()
        for version in rule.versions:
            for at, example in enumerate(version.examples, 1):
                if repr(example.facts) in seen:
                    continue
                seen.add(repr(example.facts))
                name = f"{rule.id}@{version.name} 例{at}"
                why = _CASE.sub("", example.why)
                yield Case(name, why or rule.title, "example", (rule.id,), _asking(rule.id, example.facts))


def _asking(rule_id: str, facts: dict[str, Any]) -> Callable[[RuleBook], Answered]:
    return lambda book: ask(book, rule_id, facts)


def ask(book: RuleBook, rule_id: str, facts: dict[str, Any]) -> Answered:
    """What the frozen book answers to these facts; a refusal is an answer too."""
    rule = book.rules.get(rule_id)
    if rule is None:
        return Answered("")
    try:
        found = decide(rule, rule.versions[-1], facts)
    except XiaobaoError as error:
        return Answered(error.say or error.code)
    return Answered(found.verdict.value, found.value)


def proposed(book: RuleBook, entries: Any, *, name: str = "") -> RuleBook:
    """The book with proposed versions: a list of mappings with rule, since, set and optionally cite.

    `set` gives parameters new values by their names; unlike an overlay a law may loosen. The new version begins on
    `since` and ends the one before. Raises: BookError `impact.entry` naming file, entry and rule.
    """
    if not isinstance(entries, list) or not entries:
        raise BookError("impact.entry", file=name, say=f"{name}：应为一组条目，每条写明 rule、since、set")
    rules = dict(book.rules)
    for number, entry in enumerate(entries, 1):
        where = f"{name}第{number}条"
        if not isinstance(entry, Mapping) or not {"rule", "since", "set"} <= set(entry) <= {
            "rule",
            "since",
            "set",
            "cite",
        }:
            raise BookError(
                "impact.entry", where=where, say=f"{where}：须有 rule、since、set，可有 cite，不得有其他键"
            )
        rules[str(entry["rule"])] = _with_version(rules, entry, where)
    return RuleBook(rules.values())


def _with_version(rules: Mapping[str, Rule], entry: Mapping[str, Any], where: str) -> Rule:
    rule = rules.get(str(entry["rule"]))
    if rule is None:
        raise BookError("impact.entry", where=where, say=f"{where}：没有规则“{entry['rule']}”")
    since, last = entry["since"], rule.versions[-1]
    if not isinstance(since, date) or since <= last.since or (last.until is not None and since < last.until):
        raise BookError(
            "impact.entry",
            where=where,
            say=f"{where}：{rule.id} 的 since 应为日期，且晚于现有版本 {last.name}",
        )
    version = last._replace(
        since=since, until=None, params=_changed(last.params, entry["set"], f"{where}（{rule.id}）"),
        confidence=Confidence.LIKELY, examples=(), transition="",
        cites=(_cite(entry["cite"], where), *last.cites[1:]) if entry.get("cite") else last.cites,
    )  # fmt: skip
    older: tuple[Version, ...] = (*rule.versions[:-1], last._replace(until=last.until or since))
    return rule._replace(versions=(*older, version))


def _cite(text: Any, where: str) -> Cite:
    from xiaobao.rules.instruments import parse_cite

    try:
        return parse_cite(str(text))
    except ValueError:
        raise BookError(
            "impact.entry", where=where, say=f"{where}：引用“{text}”读不懂，应写作 N00@2020-03-01:18.1"
        ) from None


def _changed(params: Any, changes: Any, where: str) -> Any:
    """The parameters with new values, each of the kind of the old one."""
    if not isinstance(changes, Mapping) or not changes:
        raise BookError("impact.entry", where=where, say=f"{where}：set 应写明改动的参数")
    known = params._asdict()
    for name, value in changes.items():
        if name not in known:
            raise BookError(
                "impact.entry", where=where, say=f"{where}：没有参数“{name}”，可用{'、'.join(known)}"
            )
        known[name] = _like(known[name], value, f"{where}：参数“{name}”")
    return type(params)(**known)


def _like(old: Any, value: Any, where: str) -> Any:
    if isinstance(old, Unit) and value in set(Unit):
        return Unit(value)
    given = tuple(value) if isinstance(old, tuple) and isinstance(value, list) else value
    if type(given) is not type(old) or (
        isinstance(old, tuple) and old and type(old[0]) is not type((*given, None)[0])
    ):
        raise BookError("impact.entry", where=where, say=f"{where}的类型不对，现值为{old!r}")
    return given
