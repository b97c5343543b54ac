"""Characters nobody sees on screen: controls, direction marks, zero-width signs.

What it decides
    The first character of a text that must not be stored, because it shows a reader other words
    than it holds (U+202E turns the order of reading round), or makes equal texts unequal.
Known limits
    The joiner between two emoji (U+200D) stays: without it one sign falls into several.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMOJI = "\u200d\ufe0e\ufe0f\u2190-\u2bff\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200c\u200e\u200f\u2028\u2029\u202a-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
    rf"|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
)
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Unseen:
    """One such character: where (1 is the first), which, and what kind it is."""

    place: int
    point: str
    kind: str


def first_unseen(text: str) -> Unseen | None:
    """The first unseen character of the text, or None.

    >>> first_unseen("违约\\u202e金")
    Unseen(place=3, point='U+202E', kind='改变文字方向的控制字符')
    """
    found = _UNSEEN.search(text)
    if found is None:
        return None
    sign = found.group()
    kind = "改变文字方向的控制字符" if sign in _DIRECTION else "不可见的控制字符"
    return Unseen(found.start() + 1, f"U+{ord(sign):04X}", kind)
