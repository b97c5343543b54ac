"""The limits of the house: a module, a function, its parameters, a test, a room.

`python -m tests.house.sizes` prints what is too large and the ratio of tests to code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import (
    BENCH,
    ROOT,
    SRC,
    TESTS,
    Function,
    functions,
    is_migration,
    line_count,
    modules,
    name_of,
)

MODULE_LINES = 400
FUNCTION_LINES = 50
TEST_LINES = 40
PARAMETERS = 5  # besides the actor
ROOM_LINES = 5000
RATIO = (0.9, 1.7)

# Named in docs/decisions/0007-wide-calls.md; keyword-only, called from every room.
WIDE = {"src/xiaobao/base/audit/services.py": {"record"}, "src/xiaobao/base/inbox/services.py": {"task_open"}}

# Tables of facts, not code: long because the law or the calendar is long.
DATA_TABLES: frozenset[str] = frozenset()


def offenders() -> list[str]:
    """One line for each thing that is larger than the house allows."""
    found: list[str] = []
    for path in modules(SRC, TESTS, BENCH):
        if not is_migration(path):
            found += _module(path)
            found += _functions(path)
    return found + list(_rooms())


def _module(path: Path) -> Iterator[str]:
    lines = line_count(path)
    if lines > MODULE_LINES and name_of(path) not in DATA_TABLES:
        yield f"{name_of(path)}: {lines} lines, the limit is {MODULE_LINES}"


def _functions(path: Path) -> Iterator[str]:
    for node in functions(path):
        is_test = node.name.startswith("test_") and TESTS in path.parents
        limit = TEST_LINES if is_test else FUNCTION_LINES
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > limit:
            yield f"{name_of(path)}:{node.lineno} {node.name}: {lines} lines, the limit is {limit}"
        wide = node.name in WIDE.get(name_of(path), set())
        if SRC in path.parents and not wide and (count := _parameters(node)) > PARAMETERS:
            yield f"{name_of(path)}:{node.lineno} {node.name}: {count} parameters, the limit is {PARAMETERS}"


def _parameters(node: Function) -> int:
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([name for name in names if name not in {"self", "cls", "actor"}])


def _rooms() -> Iterator[str]:
    decided = " ".join(path.name for path in (ROOT / "docs/decisions").glob("*.md"))
    for room in sorted({path.parent for path in SRC.glob("*/*/apps.py")}):
        lines = sum(line_count(path) for path in modules(room) if not is_migration(path))
        if lines > ROOM_LINES and f"size-of-{room.name}" not in decided:
            yield f"{name_of(room)}: {lines} lines; past {ROOM_LINES} a decision record size-of-{room.name} says why"


def ratio() -> tuple[int, int, float]:
    """Lines of tests, lines of code, and the one by the other; migrations left out."""
    code = sum(line_count(path) for path in modules(SRC) if not is_migration(path))
    tests = sum(line_count(path) for path in modules(TESTS))
    return tests, code, tests / max(code, 1)


def main() -> int:
    """Exit code 1 when something is too large."""
    found = offenders()
    print("\n".join(found), end="\n" if found else "")
    tests, code, by = ratio()
    judged = "" if RATIO[0] <= by <= RATIO[1] else "  (outside 0.9-1.7: to be questioned in review)"
    print(
        f"sizes: {len(found)} over the limit; tests {tests} lines, code {code} lines, ratio {by:.2f}{judged}"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
