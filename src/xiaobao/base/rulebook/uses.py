"""Which guards, steps, screens, figures, calculators and tests lean on a rule: read from the code, never written by hand.

The source is parsed once a process; a string that is a rule's id is a use. What defines the rules is left out.
Tests are found where the source is a checkout; an installed package has none.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import xiaobao
from xiaobao.base.figures.registry import registered
from xiaobao.base.law.leaning import Follower
from xiaobao.kernel.terms import Term
from xiaobao.rules.book import SHELVES, book
from xiaobao.rules.calculators.registry import CALCULATORS

SRC = Path(xiaobao.__file__).parent
TESTS = SRC.parent.parent / "tests"

_PREFIXES = "|".join(prefix for prefixes in SHELVES.values() for prefix in prefixes)
_ID = re.compile(rf"\b(?:{_PREFIXES})-\d{{3}}\b")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_HERE = "base/rulebook"
_CALCULATORS = "rules/calculators"


class LeanerKind(Term):
    """What leans on the law, in the order in which a page lists it."""

    RULE = "rule", "规则"
    OVERLAY = "overlay", "应急通知与本行规定"
    GUARD = "guard", "节点机控"
    STEP = "step", "办理步骤与判定"
    CLOCK = "clock", "时限计算"
    CALCULATOR = "calculator", "计算器"
    FIGURE = "figure", "年报数字"
    SCREEN = "screen", "页面"
    COMMAND = "command", "命令与接口"
    TEST = "test", "测试"


class Use(NamedTuple):
    """One thing that leans on a rule: its name as a reader knows it, and where it stands in the code."""

    rule: str
    kind: LeanerKind
    name: str
    place: str

    @property
    def key(self) -> str:
        """What names it over all its rules."""
        return f"{self.kind.value}:{self.place.partition(':')[0]}:{self.name}"


def uses_of(rule: str) -> tuple[tuple[LeanerKind, tuple[Use, ...]], ...]:
    """The uses of a rule by kind; kinds without any are left out."""
    found: dict[LeanerKind, list[Use]] = defaultdict(list)
    for use in index().get(rule, ()):
        found[use.kind].append(use)
    return tuple((kind, tuple(found[kind])) for kind in LeanerKind if found[kind])


def followers(rules: Iterable[str]) -> Iterator[Follower]:
    """What leans on the law by way of these rules, for the law library's pages."""
    for rule in rules:
        for kind, found in uses_of(rule):
            for use in found:
                yield Follower(kind.label, use.key, use.name, rule, f"/rules/{rule}/#uses")


@lru_cache(maxsize=1)
def index() -> dict[str, tuple[Use, ...]]:
    """Rule -> its uses, each once."""
    found: dict[str, dict[tuple[str, str], Use]] = defaultdict(dict)
    for use in (*_code(), *_calculators(), *_figures(), *_tests()):
        if use.rule in book().rules:
            found[use.rule].setdefault((use.kind.value, use.name), use)
    return {rule: tuple(uses.values()) for rule, uses in found.items()}


def _calculators() -> Iterator[Use]:
    for calculator in CALCULATORS.values():
        for rule in calculator.rules:
            yield Use(rule, LeanerKind.CALCULATOR, calculator.title, calculator.name)


def _figures() -> Iterator[Use]:
    for figure in registered():
        for rule in figure.rules:
            yield Use(rule, LeanerKind.FIGURE, f"{figure.id} {figure.label}", figure.id)


def _code() -> Iterator[Use]:
    defining = tuple(name.removeprefix("xiaobao.").replace(".", "/") for name in SHELVES)
    for path in sorted(SRC.rglob("*.py")):
        place = path.relative_to(SRC).as_posix()
        if not place.startswith((*defining, _HERE, _CALCULATORS, "demo/")):
            yield from _in_module(path, place, _kind(place))
    for path in sorted(SRC.rglob("*.html")):
        place = path.relative_to(SRC).as_posix()
        for rule in dict.fromkeys(_ID.findall(path.read_text("utf-8"))):
            yield Use(rule, LeanerKind.SCREEN, path.stem, place)


def _kind(place: str) -> LeanerKind:
    if place.endswith("guards.py") or "/domain/approval" in place:
        return LeanerKind.GUARD
    if place.startswith("rules/"):
        return LeanerKind.CLOCK
    if "/web/" in place or "/templates/" in place:
        return LeanerKind.SCREEN
    return LeanerKind.COMMAND if place.startswith("site/") or "/api/" in place else LeanerKind.STEP


def _tests() -> Iterator[Use]:
    if not TESTS.is_dir():
        return
    for path in sorted(TESTS.rglob("test_*.py")):
        yield from _in_module(path, f"tests/{path.relative_to(TESTS).as_posix()}", LeanerKind.TEST)
    for path in sorted(TESTS.rglob("*.csv")):
        text = path.read_text("utf-8-sig")
        for rule in dict.fromkeys(_ID.findall(text)):
            rows = sum(rule in line for line in text.splitlines())
            place = f"tests/{path.relative_to(TESTS).as_posix()}"
            yield Use(rule, LeanerKind.TEST, f"{path.name}（{rows} 行）", place)


def _in_module(path: Path, place: str, kind: LeanerKind) -> Iterator[Use]:
    text = path.read_text("utf-8")
    if _ID.search(text):
        yield from _walk(ast.parse(text), _Where(place, kind))


class _Where(NamedTuple):
    """What stands around a node: the file, the kind, the function, the call's Chinese words."""

    place: str
    kind: LeanerKind
    owner: str = ""
    words: str = ""


def _walk(node: ast.AST, where: _Where) -> Iterator[Use]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            if _ID.fullmatch(child.value):
                name = where.words or where.owner or where.place.rpartition("/")[2].removesuffix(".py")
                yield Use(child.value, where.kind, name, f"{where.place}:{child.lineno}")
        else:
            yield from _walk(child, _inside(child, where))


def _inside(node: ast.AST, where: _Where) -> _Where:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return where._replace(owner=node.name, words="")
    if isinstance(node, ast.ClassDef):
        return where._replace(owner=node.name, words="")
    if isinstance(node, ast.Call) and where.kind is LeanerKind.GUARD:
        return where._replace(words=_chinese_word(node))
    return where


def _chinese_word(call: ast.Call) -> str:
    for argument in call.args:
        if (
            isinstance(argument, ast.Constant)
            and isinstance(argument.value, str)
            and _HANZI.search(argument.value)
        ):
            return argument.value
    return ""
