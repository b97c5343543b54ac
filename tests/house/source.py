"""The tree as the house checks see it: files, their lines and their syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src/xiaobao"
TESTS = ROOT / "tests"
BENCH = ROOT / "bench"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(*folders: Path) -> list[Path]:
    """Every Python file below the folders, in order."""
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def name_of(path: Path) -> str:
    """Path from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def line_count(path: Path) -> int:
    """Lines of the file, blank ones included."""
    return len(path.read_text(encoding="utf-8").splitlines())


@cache
def tree(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of the file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def open_functions(path: Path) -> Iterator[Function]:
    """Functions of the module and methods of its classes; those inside another function are its own affair."""
    owners = [tree(path), *(node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef))]
    return (node for owner in owners for node in owner.body if isinstance(node, Function))


def is_migration(path: Path) -> bool:
    """Whether the file is one of Django's migrations."""
    return "migrations" in path.parts
