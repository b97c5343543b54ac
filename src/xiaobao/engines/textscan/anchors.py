"""The words at least one of which a pattern needs: where none stands, the pattern need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_PARSER: Any = getattr(re, "_parser", None)
_MOST = 60  # strings grown by joining pieces
_WIDE = 900  # strings listed as they stand: the classes of words are long
Options = frozenset[str] | None


def anchors(pattern: str) -> frozenset[str]:
    """Literals of which every match holds at least one; empty where none can be told.

    >>> sorted(anchors("(?:保证|承诺).{0,4}收益"))
    ['收益']
    """
    if _PARSER is None:
        return frozenset()
    return _sequence(_PARSER.parse(pattern)) or frozenset()


def _sequence(items: Iterable[Any]) -> Options:
    """The best choice along a sequence: longest words first, then the fewest."""
    choices: list[frozenset[str]] = []
    runs: frozenset[str] = frozenset()
    for operation, value in items:
        exact = _exact(str(operation), value)
        grown = frozenset(run + word for run in runs or {""} for word in exact) if exact else frozenset()
        if grown and len(grown) <= _MOST:
            runs = grown
            continue
        choices += [runs] if runs else []
        runs = exact if exact and len(exact) <= _WIDE else frozenset()
        found = None if exact else _inner(str(operation), value)
        choices += [found] if found else []
    choices += [runs] if runs else []
    usable = [choice for choice in choices if len(choice) <= _WIDE]
    return max(usable, key=_worth) if usable else None


def _exact(operation: str, value: Any) -> Options:
    """Every string the item can match, where they can be listed."""
    if operation == "LITERAL":
        return frozenset({chr(value)})
    if operation == "IN":
        return _set(value)
    if operation == "SUBPATTERN":
        return _exact_sequence(value[3])
    if operation == "BRANCH":
        return _union(_exact_sequence(branch) for branch in value[1])
    return None


def _exact_sequence(items: Iterable[Any]) -> Options:
    found: frozenset[str] = frozenset({""})
    for operation, value in items:
        exact = _exact(str(operation), value)
        if exact is None or len(exact) * len(found) > _WIDE:
            return None
        found = frozenset(left + right for left in found for right in exact)
    return None if "" in found else found


def _inner(operation: str, value: Any) -> Options:
    if operation == "SUBPATTERN":
        return _sequence(value[3])
    if operation == "BRANCH":
        return _union(_sequence(branch) for branch in value[1])
    if operation in {"MAX_REPEAT", "MIN_REPEAT"} and value[0] > 0:
        return _sequence(value[2])
    return None


def _union(branches: Iterable[Options]) -> Options:
    found: set[str] = set()
    for words in branches:
        if not words:
            return None
        found |= words
    return frozenset(found)


def _set(members: Iterable[Any]) -> Options:
    if all(str(operation) == "LITERAL" for operation, _ in members):
        return frozenset(chr(value) for _, value in members)
    return None


def _worth(choice: frozenset[str]) -> tuple[int, int]:
    return min(map(len, choice)), -len(choice)
