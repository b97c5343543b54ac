"""What a pattern needs: where the words of none of its ways stand together, the pattern need not be tried.

A way is one branch of the pattern. It needs a word of each of its sets: 由.{0,6}(?:甲方|我行).{0,6}(?:解释|裁定) needs
甲方 or 我行, and 解释 or 裁定.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

_PARSER: Any = getattr(re, "_parser", None)
_MOST = 60  # strings grown by joining pieces
_WIDE = 900  # strings listed as they stand: the classes of words are long
_SETS = 4  # sets of a way that are looked up; beside the best only such without single signs, which stand everywhere
Options = frozenset[str] | None
Way = tuple[frozenset[str], ...]
Ways = tuple[Way, ...]


def ways(pattern: str) -> Ways:
    """The ways a match can be made, each with sets of literals of which it holds one each; none where none can be told.

    >>> [[sorted(words) for words in way] for way in ways("(?:保证|承诺).{0,4}收益|保本")]
    [[['收益'], ['保证', '承诺']], [['保本']]]
    """
    if _PARSER is None or not pattern:
        return ()
    found = tuple(_ways(_PARSER.parse(pattern)))
    return found if all(found) else ()


def _ways(items: Iterable[Any]) -> Iterator[Way]:
    items = list(items)
    operation, value = items[0] if len(items) == 1 else (None, [])
    if str(operation) == "BRANCH":
        for branch in value[1]:
            yield from _ways(branch)
    elif str(operation) == "SUBPATTERN":
        yield from _ways(value[3])
    else:
        best = sorted(dict.fromkeys(_choices(items)), key=_worth, reverse=True)
        more = (words for words in best[1:_SETS] if min(map(len, words)) > 1)
        yield (*best[:1], *more)


def _sequence(items: Iterable[Any]) -> Options:
    """The best choice along a sequence: longest words first, then the fewest."""
    return max(_choices(items), key=_worth, default=None)


def _choices(items: Iterable[Any]) -> list[frozenset[str]]:
    """Sets of words along a sequence, of each of which a match holds one."""
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
    return [choice for choice in choices if len(choice) <= _WIDE]


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
