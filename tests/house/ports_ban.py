"""Finds reads of the clock, random ids and chance outside `kernel/ports.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

BANNED_MODULES = {"random", "secrets", "uuid"}
BANNED_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "timezone.now",
    "timezone.localdate",
    "timezone.localtime",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "time.perf_counter",
    "os.urandom",
    "uuid.uuid1",
    "uuid.uuid4",
}
BANNED_FUNCTIONS = {"django.utils.timezone.now", "django.utils.timezone.localdate", "time.time", "os.urandom"}
BANNED_FUNCTIONS |= {"time.monotonic", "time.perf_counter", "django.utils.crypto.get_random_string"}


def breaches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of each forbidden import or call."""
    for node in _at_run_time(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, item.name) for item in node.names if _root(item.name) in BANNED_MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from _from_import(node)
        elif isinstance(node, ast.Attribute) and _dotted(node) in BANNED_CALLS:
            yield node.lineno, _dotted(node)


def _at_run_time(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node, save what stands under `if TYPE_CHECKING` and never runs."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            waiting += ast.iter_child_nodes(node)


def _from_import(node: ast.ImportFrom) -> Iterator[tuple[int, str]]:
    module = node.module or ""
    for item in node.names:
        name = f"{module}.{item.name}"
        if _root(module) in BANNED_MODULES or name in BANNED_FUNCTIONS:
            yield node.lineno, name


def _root(name: str) -> str:
    return name.split(".")[0]


def _dotted(node: ast.Attribute) -> str:
    """The last two words of `a.b.c`, so that `dt.datetime.now` is read as `datetime.now`."""
    owner = node.value
    word = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return f"{word}.{node.attr}"
