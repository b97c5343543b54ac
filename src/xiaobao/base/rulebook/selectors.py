"""Every read of the rule book: the law on a day, one rule with its history, what changed between two days.

The book is a value; nothing here touches the database.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xiaobao.base.rulebook.plain import params_of, summary
from xiaobao.base.rulebook.values import Became, Changed, Edit, Filters, Past, Row, Standing
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.rules.book import RuleBook, book
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.values import Confidence, Rule, Version

LONGEST_NAME = 40


def rules_list(filters: Filters) -> tuple[Row, ...]:
    """The rules the filters leave, in the book's order, each as it stands on the day asked for."""
    rows = (row_of(rule, filters.on) for rule in book())
    return tuple(row for row in rows if _fits(row, filters))


def row_of(rule: Rule, on: date) -> Row:
    """The rule on a day: the version that binds, else the next to come, else the last."""
    version = rule.at(on)
    standing = Standing.IN_FORCE
    if version is None:
        coming = next((one for one in rule.versions if one.since > on), None)
        version = coming or rule.versions[-1]
        standing = Standing.FUTURE if coming else Standing.ENDED
    return Row(rule, version, standing, summary(version))


def _fits(row: Row, filters: Filters) -> bool:
    if filters.room and row.rule.room != filters.room:
        return False
    if filters.kind and row.rule.kind is not filters.kind:
        return False
    if filters.standing and row.standing is not filters.standing:
        return False
    if filters.confidence and not _sure(row.version.confidence, filters.confidence):
        return False
    text = f"{row.rule.id} {row.rule.title} {row.summary} {cite_zh(row.version.cites[0])}".casefold()
    return all(word in text for word in filters.words.casefold().split())


def _sure(confidence: Confidence, wanted: str) -> bool:
    if wanted == "unverified":
        return confidence is not Confidence.VERIFIED
    return confidence.value == wanted


def version_shown(rule: Rule, on: date, name: str = "") -> Version:
    """The version named, or without a name the one the list would show on that day.

    Raises: NotFound `rulebook.version`.
    """
    if not name:
        return row_of(rule, on).version
    named = next((one for one in rule.versions if one.name == name), None)
    if named is None:
        held = "、".join(one.name for one in rule.versions)
        raise NotFound(
            "rulebook.version", name=f"{rule.id}“{rule.title}”", version=name[:LONGEST_NAME], held=held
        )
    return named


def rule_get(rule_id: str) -> Rule:
    """The rule with all its versions. Raises: NotFound `rulebook.unknown`."""
    found = book().rules.get(rule_id)
    if found is None:
        raise NotFound("rulebook.unknown", asked=rule_id)
    return found


def history(rule: Rule, on: date) -> tuple[Past, ...]:
    """Every version, newest first, with what it changed in the one before."""
    found: list[Past] = []
    older: Version | None = None
    for version in rule.versions:
        edits = edits_between(older, version) if older else ()
        found.append(Past(version, _standing(version, on), params_of(version.params), edits))
        older = version
    return tuple(reversed(found))


def _standing(version: Version, on: date) -> Standing:
    if version.since > on:
        return Standing.FUTURE
    return Standing.IN_FORCE if version.holds_on(on) else Standing.ENDED


def edits_between(old: Version, new: Version) -> tuple[Edit, ...]:
    """What differs between two versions, in words: parameters, scope, reading, then the articles.

    Of a list only what was cut and what was added is told.
    """
    edits = (
        Edit(label, _told(before, after), _told(after, before)) for label, before, after in _pairs(old, new)
    )
    return tuple(edit for edit in edits if edit.old or edit.new)


def _told(these: tuple[str, ...], others: tuple[str, ...]) -> str:
    return "、".join(one for one in these if one not in others)


def _pairs(old: Version, new: Version) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    before = {param.label: param.says for param in params_of(old.params)}
    after = {param.label: param.says for param in params_of(new.params)}
    for label in dict.fromkeys((*before, *after)):
        yield label, before.get(label, ()), after.get(label, ())
    yield "不适用的情形", _one(old.scope_say), _one(new.scope_say)
    yield "例外", _unless(old), _unless(new)
    yield "本行口径", _one(old.reading), _one(new.reading)
    yield "条文", _cites(old), _cites(new)


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _unless(version: Version) -> tuple[str, ...]:
    return tuple(clause.say for clause in version.unless)


def _cites(version: Version) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{cite_zh(cite)}（{cite.version} 版）" for cite in version.cites))


def changes_between(first: date, last: date, rules: RuleBook | None = None) -> tuple[Changed, ...]:
    """The rules that are not the same on the two days, by the day of their first change.

    A rule that changed and changed back is named too. Raises: InvalidInput `rulebook.dates_reversed`.
    """
    if last < first:
        raise InvalidInput("rulebook.dates_reversed", field="to", first=first, last=last)
    found = (_changed(rule, first, last) for rule in rules or book())
    return tuple(sorted((one for one in found if one), key=lambda one: (one.on[0], one.rule.id)))


def _changed(rule: Rule, first: date, last: date) -> Changed | None:
    days = {day for version in rule.versions for day in (version.since, version.until) if day}
    between = tuple(sorted(day for day in days if first < day <= last))
    if not between:
        return None
    old, new = rule.at(first), rule.at(last)
    if old is None:
        old = rule.at(between[0] - timedelta(1))
    became = Became.CHANGED if old and new else Became.BEGUN if new else Became.ENDED
    return Changed(rule, became, between, old, new, edits_between(old, new) if old and new else ())


def change_days() -> tuple[date, ...]:
    """Every day on which some rule begins, ends or changes, oldest first."""
    return book().change_dates
