"""Partial masks that keep the format: what a screen shows when nobody asked for more.

The law gives no widths (rule PI-014's reading); these are the product's defaults.
"""

from __future__ import annotations

import re

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


_ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[0-9Xx](?![0-9A-Za-z])")
_LONG_NUMBER = re.compile(r"(?<!\d)\d{12,19}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def mask_text(text: str) -> str:
    """The text with identity numbers, card-like numbers and mobiles masked in place.

    A safety net for free text on lists, in exports and in logs; the engine `pii` is the
    thorough reader.

    >>> mask_text("电话13800001234，卡号6222021234567890123")
    '电话138****1234，卡号622202*********0123'
    """
    text = _ID_NUMBER.sub(lambda found: mask_id_number(found.group()), text)
    text = _LONG_NUMBER.sub(lambda found: mask_card(found.group()), text)
    return _MOBILE.sub(lambda found: mask_phone(found.group()), text)


def half_width(text: str) -> str:
    """Full-width digits as plain ones, blanks at the ends removed."""
    return text.translate(_DIGITS).strip()
