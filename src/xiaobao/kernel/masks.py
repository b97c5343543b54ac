"""Partial masks that keep the format: what a screen shows when nobody asked for more.

The law gives no widths (rule PI-014's reading); these are the product's defaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def mask_name(name: str) -> str:
    """The family name and asterisks: 王小敏 -> 王*敏, 王敏 -> 王*.

    >>> mask_name("王小敏"), mask_name("王敏"), mask_name("")
    ('王*敏', '王*', '')
    """
    if len(name) <= 1:
        return "*" * len(name)
    return name[0] + "*" if len(name) == 2 else name[0] + "*" * (len(name) - 2) + name[-1]


def mask_phone(phone: str) -> str:
    """First three and last four digits of a mobile; the last four of anything else.

    >>> mask_phone("13800001234"), mask_phone("0571-88001234")
    ('138****1234', '*********1234')
    """
    if len(phone) == 11 and phone.isdigit():
        return phone[:3] + "****" + phone[-4:]
    return mask_tail(phone, 4)


def mask_id_number(number: str) -> str:
    """First and last character of an identity number.

    >>> mask_id_number("11010119900101001X")
    '1****************X'
    """
    if len(number) <= 2:
        return "*" * len(number)
    return number[0] + "*" * (len(number) - 2) + number[-1]


def mask_card(number: str) -> str:
    """First six and last four digits of a card.

    >>> mask_card("6222021234567890123")
    '622202*********0123'
    """
    return number[:6] + "*" * (len(number) - 10) + number[-4:] if len(number) >= 12 else mask_tail(number, 4)


def mask_tail(text: str, keep: int) -> str:
    """Asterisks save the last `keep` characters; everything when it is not longer than that."""
    return "*" * len(text) if len(text) <= keep else "*" * (len(text) - keep) + text[-keep:]


_GAP = r"[\s.·_/()（）\-－‐-―]"
"""What people type between the groups of a number, at most two of it."""
_ID = rf"[1-9１-９]\d{{5}}{_GAP}{{0,2}}\d{{8}}{_GAP}{{0,2}}\d{{3}}[\dXxＸｘ]"
_MOBILE = rf"[1１][3-9３-９]\d{_GAP}{{0,2}}\d{{4}}{_GAP}{{0,2}}\d{{4}}"
_CARD = rf"\d{{12,}}|(?!(?:19|20)\d\d\D)\d{{4}}(?:{_GAP}{{1,2}}\d{{4}}){{2,}}(?:{_GAP}{{1,2}}\d{{1,4}})?"

_NUMBER = re.compile(rf"(?<!\d)(?:(?P<id>{_ID})|(?P<mobile>{_MOBILE})|(?P<card>{_CARD}))(?!\d)")
_RUN = re.compile(rf"\d(?:\d|{_GAP}){{9,}}[\dXxＸｘ]")
_ENDS = {"id": (1, 1), "mobile": (3, 4), "card": (6, 4)}


def numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Begin, end and mask of all that has the form of an identity number, a mobile or a card, grouped or not.

    Digits without a break, however many, may be two of them in one. The ends of a number and what
    separates its groups stay.

    >>> list(numbers("来电138-0000-1234"))
    [(2, 15, '138-****-1234')]
    """
    for run in _RUN.finditer(text):
        for found in _NUMBER.finditer(text, run.start(), run.end()):
            yield found.start(), found.end(), _starred(found.group(), *_ENDS[str(found.lastgroup)])


def _starred(number: str, front: int, back: int) -> str:
    places = [place for place, char in enumerate(number) if char.isalnum()]
    hidden = set(places[front : len(places) - back])
    return "".join("*" if place in hidden else char for place, char in enumerate(number))


def mask_text(text: str) -> str:
    """The text with identity numbers, card-like numbers and mobiles masked in place.

    A safety net for free text on lists, in exports and in logs; the engine `pii` is the
    thorough reader.

    >>> mask_text("电话13800001234，卡号6222 0212 3456 7890 123")
    '电话138****1234，卡号6222 02** **** ***0 123'
    """
    at, parts = 0, []
    for begin, end, masked in numbers(text):
        parts += [text[at:begin], masked]
        at = end
    return "".join([*parts, text[at:]])


def half_width(text: str) -> str:
    """Full-width digits as plain ones, blanks at the ends removed."""
    return text.translate(_DIGITS).strip()
