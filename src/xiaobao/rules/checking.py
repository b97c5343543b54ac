"""What the book refuses to load: faults inside one rule, and two rules that answer alike questions unlike.

A rule answers questions: until when from this event, how long from that one, how much of a measure, yes or no to a
fact. Two rules that bind on the same day, for the same cases, and answer one question differently must say which of
them wins (`beats`, with its ground) or that both stand and the stricter result counts (`strictest`). Otherwise nobody
could tell what the law is, and the book is not loaded.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.articles import lacks
from xiaobao.rules.instruments import INSTRUMENTS, cite_zh
from xiaobao.rules.kinds.clock import ClockParams, StageParams
from xiaobao.rules.kinds.gate import GateParams
from xiaobao.rules.kinds.limit import LimitParams
from xiaobao.rules.kinds.retention import RetentionParams
from xiaobao.rules.values import Cite, Condition, Rule, Version

GROUNDS = ("特别法", "新法", "上位法", "例外")
Question = tuple[str, str]
Bound = tuple[Rule, Version]
_LOC = re.compile(r"(a?\d+(-\d+)?(\.\d+){0,3}((\.\.|,)a?\d+(-\d+)?(\.\d+){0,3})*)", re.ASCII)


class BookError(InvalidInput):
    """The book cannot be loaded; the sentence names file, row, rule and version."""


def refuse(code: str, rule: str, said: str, *others: str) -> BookError:
    """The error of a rule, with the file and row it is written in, where there is one."""
    places = "、".join(found for name in (rule, *others) if (found := written_at(name)))
    return BookError(
        code, rule=rule, others=others, places=places, say=f"{said}（{places}）" if places else said
    )


def written_at(rule: str) -> str:
    """File and row in which the rule is written, relative to this folder; empty for a rule made elsewhere.

    Read from the source, and only when an error is told.
    """
    here = os.path.dirname(__file__)
    for folder, _, names in os.walk(here):
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                if row := _row(path, rule):
                    return f"{os.path.relpath(path, here)}第{row}行"
    return ""


def _row(path: str, rule: str) -> int:
    """The row of the rule's id, which is followed by its kind; 0 where it is not written in this file."""
    with open(path, encoding="utf-8") as opened:
        lines = opened.read().splitlines()
    for row, (line, after) in enumerate(pairwise(lines), 1):
        if line.strip() == f'"{rule}",' and after.strip().startswith("Kind."):
            return row
    return 0


def check(rule: Rule) -> None:
    """Refuse a rule whose versions contradict each other or cite what is not there. Raises: BookError."""
    if not rule.versions:
        raise refuse("book.no_version", rule.id, f"规则{rule.id}没有版本")
    for version in rule.versions:
        _check_version(rule, version)
    for older, newer in zip(rule.versions, rule.versions[1:], strict=False):
        _check_pair(rule, older, newer)


def _check_version(rule: Rule, version: Version) -> None:
    where = f"规则{rule.id}版本{version.name}"
    if version.until is not None and version.until <= version.since:
        raise refuse(
            "book.dates_reversed", rule.id, f"{where}的起止日期颠倒：{version.since}至{version.until}"
        )
    if not version.cites:
        raise refuse("book.no_cite", rule.id, f"{where}没有引用条文")
    exceptions = (clause.cite for clause in version.unless if clause.cite is not None)
    for cite in (*version.cites, *exceptions):
        known = INSTRUMENTS.get(cite.instrument)
        if known is None or cite.version not in known.since:
            raise refuse("book.no_instrument", rule.id, f"{where}引用了没有登记的法规或者版本：{cite.full}")
        if not _LOC.fullmatch(cite.loc):
            raise refuse("book.no_article", rule.id, f"{where}引用的条款写法无法识别：{cite.full}")
        if why := lacks(cite):
            said = f"{where}引用的{cite_zh(cite)}（{cite.full}）不存在：{why}"
            raise refuse("book.no_place", rule.id, said)


def _check_pair(rule: Rule, older: Version, newer: Version) -> None:
    where = f"规则{rule.id}的版本{older.name}与{newer.name}"
    if older.until is None or older.until > newer.since:
        both = f"{cite_zh(older.cites[0])}、{cite_zh(newer.cites[0])}"
        raise refuse("book.overlap", rule.id, f"{where}重叠，自{newer.name}起有两个答案（{both}）")
    if older.until < newer.since and not older.transition:
        raise refuse("book.gap", rule.id, f"{where}之间有空档，且未写明理由")


def check_answers(rules: Iterable[Rule]) -> None:
    """Refuse two rules that answer one question differently with neither priority nor strictest. Raises: BookError."""
    asked: dict[Question, list[Bound]] = {}
    for rule in rules:
        for version in rule.versions:
            for question in questions(version):
                for other in asked.setdefault(question, []):
                    if other[0] is not rule:
                        _check_two(question, other, (rule, version))
                asked[question].append((rule, version))


def check_priorities(rules: dict[str, Rule]) -> None:
    """Refuse priorities over rules that do not exist, without a ground, or of two rules over each other."""
    for rule in rules.values():
        for other, ground in rule.beats:
            if other not in rules:
                raise refuse("book.beats_unknown", rule.id, f"规则{rule.id}优先于没有的规则{other}")
            if not ground.startswith(GROUNDS):
                grounds = "、".join(GROUNDS)
                raise refuse("book.beats_ground", rule.id, f"规则{rule.id}优先于{other}须写明理由：{grounds}")
            if any(name == rule.id for name, _ in rules[other].beats):
                raise refuse("book.beats_circle", rule.id, f"规则{rule.id}与{other}互相优先", other)
        for other in rule.strictest:
            if other not in rules:
                raise refuse("book.strictest_unknown", rule.id, f"规则{rule.id}与没有的规则{other}同时适用")


def questions(version: Version) -> set[Question]:
    """The questions a version answers; two versions with one in common must agree or be ranked."""
    params = version.params
    if isinstance(params, StageParams):
        return {("until_when_from", one.start) for _, one in params.stages}
    if isinstance(params, ClockParams):
        return set() if params.length_fact else {("until_when_from", params.start)}
    if isinstance(params, RetentionParams):
        return {("how_long_from", span.start) for span in params.at_least}
    if isinstance(params, LimitParams):
        return {("how_much_of", bound.measure) for bound in params.bounds}
    if isinstance(params, GateParams):
        return {("yes_or_no", test.fact) for test in params.require if not params.any_of}
    return set()


def _check_two(question: Question, one: Bound, two: Bound) -> None:
    if not _at_once(one[1], two[1]) or _disjoint(one[1], two[1]) or _ranked(one[0], two[0]):
        return
    if _answer(question, one[1]) == _answer(question, two[1]):
        return
    said = "、".join(
        f"{rule.id}@{version.name}（{_place(version.cites[0])}）" for rule, version in (one, two)
    )
    raise refuse(
        "book.two_answers",
        one[0].id,
        f"{said}对同一问题（{question[1]}）给出不同的答案，既没有写明谁优先（beats），也没有写明从严（strictest）",
        two[0].id,
    )


def _place(cite: Cite) -> str:
    return f"{cite_zh(cite)} {cite.full}"


def _answer(question: Question, version: Version) -> object:
    """What the version answers to the question, sentences aside."""
    kind, name = question
    params = version.params
    if isinstance(params, StageParams):
        return next(one for _, one in params.stages if one.start == name)._replace(say="")
    if isinstance(params, ClockParams):
        return params._replace(say="")
    if kind == "how_long_from":
        return tuple((span.length, span.unit) for span in params.at_least if span.start == name)
    if kind == "how_much_of":
        bounds = (bound for bound in params.bounds if bound.measure == name)
        return tuple((bound.most, bound.least, bound.window, bound.over) for bound in bounds)
    return tuple((test.op, test.value) for test in params.require if test.fact == name)


def _at_once(one: Version, two: Version) -> bool:
    return one.since < (two.until or date.max) and two.since < (one.until or date.max)


def _ranked(one: Rule, two: Rule) -> bool:
    return (
        two.id in one.strictest
        or one.id in two.strictest
        or any(name == two.id for name, _ in one.beats)
        or any(name == one.id for name, _ in two.beats)
    )


def _disjoint(one: Version, two: Version) -> bool:
    """Whether no case falls under both, as far as their scopes say."""
    return any(exclude(first, second) for first in one.scope for second in two.scope)


def exclude(one: Condition, two: Condition) -> bool:
    """Whether no value of the fact can meet both conditions.

    >>> exclude(Condition("age", ">=", 65), Condition("age", "<", 65))
    True
    """
    if one.fact != two.fact:
        return False
    if (one.op, two.op) == ("is", "is"):
        return one.value is not two.value
    first, second = _allowed(one), _allowed(two)
    if first is not None and second is not None:
        return not first & second
    ups = {">": 1, ">=": 0}
    downs = {"<": 1, "<=": 0}
    for low, high in ((one, two), (two, one)):
        if low.op in ups and high.op in downs:
            strict = bool(ups[low.op] + downs[high.op])
            return bool(low.value > high.value or (strict and low.value == high.value))
    return False


def _allowed(test: Condition) -> set[object] | None:
    if test.op == "==":
        return {test.value}
    return set(test.value) if test.op == "in" else None
