"""How alike two short texts are: shared pairs of characters, blind to punctuation and blanks."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\w]+")
MOST = 2_000


def likeness(mine: str, other: str) -> float:
    """Share of the shorter text's character pairs that the other has: 0 to 1.

    >>> likeness("提前还款被收取违约金", "客户提前还款，被收取违约金未提示")
    1.0
    """
    one, two = _pairs(mine), _pairs(other)
    if not one or not two:
        return 0.0
    small, large = (one, two) if len(one) <= len(two) else (two, one)
    return len(small & large) / len(small)


def _pairs(text: str) -> frozenset[str]:
    plain = _LETTERS.sub("", text[:MOST]).lower()
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
