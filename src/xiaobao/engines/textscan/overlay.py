"""A bank's overlay: rules added, tightened, words added. The law's own words and rules cannot be taken away.

A document (YAML or JSON) with `add` (rules of the bank's own), `change` (of shipped rules) and `off` (only rules that
are the house's practice). Every rule that comes out proves itself again.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, TypeVar

from xiaobao.engines.textscan.book import Book, book_of
from xiaobao.engines.textscan.matchers import Absence, Matcher, Pair, Pattern, Proximity, Question, Words
from xiaobao.engines.textscan.rules import Rule
from xiaobao.engines.textscan.values import (
    Angle,
    Audience,
    Channel,
    Example,
    Material,
    Product,
    Scope,
    Severity,
)
from xiaobao.kernel.errors import InvalidInput
from xiaobao.kernel.terms import Term

_LONGEST = 500
Kind = TypeVar("Kind", bound=Term)


class Overlay(NamedTuple):
    """What a bank adds and changes."""

    add: tuple[Rule, ...] = ()
    change: tuple[dict[str, Any], ...] = ()
    off: tuple[str, ...] = ()


def overlay_from(text: str) -> Overlay:
    """The overlay written in YAML or JSON. Raises: InvalidInput."""
    document = _parsed(text)
    if not isinstance(document, dict) or set(document) - {"extends", "add", "change", "off"}:
        raise _refused("应为带 add、change、off 的键值对")
    try:
        added = tuple(_rule(entry) for entry in document.get("add") or ())
        changes = tuple(dict(entry) for entry in document.get("change") or ())
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(f"规则写法有误（{error}）") from None
    return Overlay(added, changes, tuple(map(str, document.get("off") or ())))


def book_with(book: Book, overlay: Overlay) -> Book:
    """The book with the overlay over it. Raises: InvalidInput, UnprovenRuleError."""
    rules = {rule.id: rule for rule in book}
    for name in overlay.off:
        rule = _known(rules, name)
        if rule.cites:
            raise _refused(f"{name} 出自法规，不能停用；内部惯例才可以")
        del rules[name]
    for change in overlay.change:
        rule = _known(rules, str(change.get("rule")))
        rules[rule.id] = changed(rule, change)
    for rule in overlay.add:
        if rule.id in rules:
            raise _refused(f"{rule.id} 已有，改动请写在 change")
        rules[rule.id] = rule
    return book_of(rules.values(), book.plan.hints)


def changed(rule: Rule, change: dict[str, Any]) -> Rule:
    """The rule with words added or taken, severity raised, suggestion replaced. Raises: InvalidInput."""
    if unknown := set(change) - {"rule", "severity", "words_add", "words_remove", "suggest"}:
        raise _refused(f"{rule.id} 不能改 {'、'.join(sorted(unknown))}")
    severity = _term(Severity, change["severity"]) if "severity" in change else rule.severity
    if severity.rank < rule.severity.rank:
        raise _refused(f"{rule.id} 的级别只能调高")
    matcher = rule.matcher
    if "words_add" in change or "words_remove" in change:
        matcher = _with_words(
            rule, tuple(change.get("words_add") or ()), tuple(change.get("words_remove") or ())
        )
    return replace(
        rule,
        severity=severity,
        matcher=matcher,
        suggest=str(change.get("suggest", rule.suggest)),
        revision=rule.revision + 1,
    )


def _with_words(rule: Rule, added: tuple[str, ...], removed: tuple[str, ...]) -> Words:
    if not isinstance(rule.matcher, Words):
        raise _refused(f"{rule.id} 不是词表规则，不能增减词")
    if removed and rule.listed:
        raise _refused(f"{rule.id} 的词由法律列举，不能删")
    kept = tuple(word for word in rule.matcher.words if word not in removed)
    return replace(rule.matcher, words=tuple(dict.fromkeys((*kept, *map(str, added)))))


def _known(rules: dict[str, Rule], name: str) -> Rule:
    if name not in rules:
        raise _refused(f"没有规则 {name}")
    return rules[name]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    import yaml

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        raise _refused("不是 YAML，也不是 JSON") from None


def _rule(entry: dict[str, Any]) -> Rule:
    """A bank's own rule: without a citation, marked as its practice."""
    scope = entry.get("scope") or {}
    return Rule(
        id=str(entry["id"]),
        topic=str(entry["topic"]),
        angle=_term(Angle, entry["angle"]),
        severity=_term(Severity, entry["severity"]),
        why=str(entry["why"]),
        matcher=_matcher(entry["match"]),
        cites=(),
        scope=Scope(
            materials=_terms(Material, scope.get("material")),
            channels=_terms(Channel, scope.get("channel")),
            products=_terms(Product, scope.get("product")),
            audiences=_terms(Audience, scope.get("audience")),
            unknown_product=bool(scope.get("unknown_product", False)),
        ),
        since=_day(entry["since"]),
        until=_day(entry["until"]) if entry.get("until") else None,
        exempt=tuple(entry.get("exempt") or ()),
        suggest=str(entry.get("suggest", "")),
        bad=tuple(Example(str(text)) for text in entry["bad"]),
        good=tuple(Example(str(text)) for text in entry["good"]),
        practice=str(entry.get("practice") or "本行规定"),
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _matcher(entry: dict[str, Any]) -> Matcher:
    kinds: dict[str, Any] = {
        "words": lambda told: Words(
            tuple(map(str, told["words"])), _short(told.get("but")), bool(told.get("pinyin"))
        ),
        "pattern": lambda told: Pattern(_short(told["pattern"]), _short(told.get("but"))),
        "absence": lambda told: Absence(
            _short(told["needs"]), _short(told.get("when")), least=int(told.get("least", 0))
        ),
        "proximity": lambda told: Proximity(
            _short(told["claim"]), _short(told["needs"]), _short(told.get("within")) or "block"
        ),
        "pair": lambda told: Pair(_short(told["right"]), _short(told["counter"])),
        "question": lambda told: Question(
            str(told["ask"]), _short(told.get("when")), _short(told.get("unless"))
        ),
    }
    kind = str(entry["kind"])
    if kind not in kinds:
        raise ValueError(f"匹配方式 {kind} 不在 {'、'.join(kinds)} 之中")
    made: Matcher = kinds[kind](entry)
    return made


def _short(pattern: Any) -> str:
    """A pattern of bearable length that compiles."""
    import re

    text = str(pattern or "")
    if len(text) > _LONGEST:
        raise ValueError(f"表达式超过 {_LONGEST} 字")
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"表达式有误：{error}") from None
    return text


def _terms(kind: type[Kind], given: Any) -> frozenset[Kind]:
    return frozenset(_term(kind, one) for one in ([given] if isinstance(given, str) else given or ()))


def _term(kind: Any, said: Any) -> Any:
    """The member by its value or its Chinese label."""
    found = next((member for member in kind if said in (member.value, member.label)), None)
    if found is None:
        raise _refused(f"“{said}”不在 {'、'.join(member.label for member in kind)} 之中")
    return found


def _refused(say: str) -> InvalidInput:
    return InvalidInput("textscan.overlay", field="overlay", say=f"补充规则：{say}")
