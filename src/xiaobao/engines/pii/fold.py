"""Folding a text for reading without moving a single character.

Every replacement is one character for one, so a span found in the folded text is the
same span of the original: the offset map is the identity.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE |= {
    0x3000: 0x20,
    0x00A0: 0x20,
    0x2010: 0x2D,
    0x2011: 0x2D,
    0x2012: 0x2D,
    0x2013: 0x2D,
    0x2014: 0x2D,
    0x2212: 0x2D,
}
_ZERO_WIDTH = {0x200B: 0x20, 0x200C: 0x20, 0x200D: 0x20, 0x2060: 0x20, 0xFEFF: 0x20}
_TABLE = {**_WIDE, **_ZERO_WIDTH}
_SIGNS = re.compile(f"[{''.join(re.escape(chr(code)) for code in _TABLE)}]")
# Punctuation that every Chinese text has: no number and no mail address turns on its width.
_EVERYDAY = "，：（）；！？"
_RARE = re.compile(f"[{''.join(re.escape(chr(code)) for code in _TABLE if chr(code) not in _EVERYDAY)}]")
HANZI_DIGITS = "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖"
_HANZI_VALUES = str.maketrans(HANZI_DIGITS, "00123456789112345678" + "9")
_FEWEST = 7
_SPOKEN = re.compile(f"[{HANZI_DIGITS}]{{{_FEWEST},}}")
_SPOKEN_DIGIT = re.compile(f"[{HANZI_DIGITS}]")


def _folder(signs: re.Pattern[str]) -> Callable[[str], str]:
    has_sign, has_spoken = signs.search, _SPOKEN_DIGIT.search

    def folded(text: str) -> str:
        if not text.isascii() and has_sign(text):
            for sign in set(signs.findall(text)):
                text = text.replace(sign, chr(_TABLE[ord(sign)]))
        if "\r" in text:
            text = text.replace("\r", " ")
        # Every seventh character is looked at first: no run of seven passes between.
        if has_spoken(text[_FEWEST - 1 :: _FEWEST]) and _SPOKEN.search(text):
            return _SPOKEN.sub(_figures, text)
        return text

    return folded


def _figures(found: re.Match[str]) -> str:
    return found.group().translate(_HANZI_VALUES)


# The text with full-width forms narrowed and spoken digits written as figures, same length.
fold = _folder(_SIGNS)
# The same, everyday punctuation left wide: enough for whoever reads numbers and mail alone.
fold_numbers = _folder(_RARE)
