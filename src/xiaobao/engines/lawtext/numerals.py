"""Numbers as statutes write them, both ways."""

from __future__ import annotations

NUMERALS = "零〇一二三四五六七八九十百千两0-9０-９"
LARGEST = 9_999
_WRITTEN = "零一二三四五六七八九"
_DIGITS = {sign: value for value, sign in enumerate(_WRITTEN)} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}


def number(word: str) -> int:
    """The value of a numeral, Chinese or Arabic.

    >>> number("十二"), number("一千二百六十"), number("一百零三"), number("两"), number("18")
    (12, 1260, 103, 2, 18)
    """
    if word.isdecimal():
        return int(word)
    total = digit = 0
    for sign in word:
        if sign in _POWERS:
            total += (digit or 1) * _POWERS[sign]
            digit = 0
        else:
            digit = _DIGITS.get(sign, int(sign) if sign.isdigit() else 0)
    return total + digit


def chinese(value: int) -> str:
    """A number from 0 to 9,999 as a statute writes it; a larger one, which no statute has, in digits.

    >>> chinese(18), chinese(110), chinese(203), chinese(1260), chinese(0)
    ('十八', '一百一十', '二百零三', '一千二百六十', '零')
    """
    if value > LARGEST:
        return str(value)
    said, skipped = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, power)
        if digit:
            said += ("零" if skipped and said else "") + _WRITTEN[digit] + unit
        skipped = not digit
    return said[1:] if said.startswith("一十") else said or "零"
