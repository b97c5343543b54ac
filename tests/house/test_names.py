"""Names: no module without a room, no pinyin, Chinese labels where the office reads."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.source import BENCH, SRC, TESTS, modules, name_of, open_functions, tree

FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "core", "misc", "manager", "managers"}
FORBIDDEN |= {"services2", "models2", "tools", "stuff", "base_classes"}
FOLDERS = {"kernel", "rules", "engines", "base", "duties", "site", "demo"}

# Whole words of pinyin that a Chinese developer is tempted to write; none of them is English.
PINYIN = set((TESTS / "house/pinyin_words.txt").read_text(encoding="utf-8").split())


def test_the_listing_of_the_source_is_the_plan() -> None:
    assert {path.name for path in SRC.iterdir() if path.is_dir() and path.name != "__pycache__"} == FOLDERS


def test_every_module_has_a_name_of_its_own() -> None:
    places = (part for path in modules(SRC, TESTS, BENCH) for part in (path.stem, path.parent.name))
    assert not FORBIDDEN & set(places)


def _words(identifier: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", identifier)}


def _identifiers(module: ast.Module) -> set[str]:
    names = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
    names |= {node.arg for node in ast.walk(module) if isinstance(node, ast.arg)}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return names | {node.name for node in ast.walk(module) if isinstance(node, kinds)}


def test_no_identifier_is_pinyin() -> None:
    found = {
        f"{name_of(path)}: {name}"
        for path in modules(SRC, TESTS)
        for name in {*_identifiers(tree(path)), path.stem}
        if _words(name) & PINYIN
    }
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("name", ["tousu_list", "getKehu", "ZhuanbanForm"])
def test_pinyin_is_seen(name: str) -> None:
    assert _words(name) & PINYIN


def test_no_error_is_swallowed() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules(SRC)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and _swallows(node)
    ]
    assert not found, found


def _swallows(node: ast.ExceptHandler) -> bool:
    broad = node.type is None or (
        isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}
    )
    return broad and all(isinstance(line, ast.Pass | ast.Continue) for line in node.body)


def test_public_functions_of_the_lower_floors_say_what_comes_back() -> None:
    found = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules(SRC / "kernel", SRC / "rules", *SRC.glob("duties/*/domain"))
        for node in open_functions(path)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not found, "\n".join(found)


def test_no_todo_without_an_issue_number() -> None:
    loose = re.compile(r"#\s*(TODO|FIXME|XXX)(?!.*#\d+)")
    found = [
        name_of(path)
        for path in modules(SRC)
        if any(loose.search(line) for line in path.open(encoding="utf-8"))
    ]
    assert not found
