"""Checksums and shapes that tell a real number from a long one."""

from __future__ import annotations

import re
from calendar import isleap, monthrange

from xiaobao.engines.pii.tables import CARD_PREFIXES, PROVINCES

_ID_CHECK = "10X98765432"
_DAYS = frozenset(
    f"{month:02}{day:02}" for month in range(1, 13) for day in range(1, monthrange(2000, month)[1] + 1)
)
_ID_SHAPE = re.compile(r"[0-9]{6}(?:18[89][0-9]|19[0-9]{2}|20[0-9]{2}|2100)[0-9]{7}[0-9Xx]").fullmatch
# ASCII digits to their value, and to the digit sum of twice their value.
_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
# By length, the first two digits of every card of that length: few other numbers pass this first look.
_CARD_LEADS = {
    size: frozenset(
        lead
        for lead in map("{:02}".format, range(100))
        for prefix, lengths in CARD_PREFIXES.items()
        if size in lengths and lead.startswith(prefix[:2])
    )
    for size in range(13, 20)
}
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birth date, GB 11643 check.

    >>> is_resident_id("110101199003072818"), is_resident_id("110101199003072819")
    (True, False)
    """
    return has_id_shape(number) and has_id_check(number)


def has_id_check(number: str) -> bool:
    """Whether the check digit is right; the number has the shape.

    GB 11643 weighs each digit with a power of 2 modulo 11, and 13 is 2 modulo 11: the digits read to base 13 are the sum.
    """
    return _ID_CHECK[int(number[:17], 13) * 2 % 11] == number[17].upper()


def has_id_shape(number: str) -> bool:
    """Whether 18 characters look like an identity number, the check digit left aside."""
    day = number[10:14]
    if number[:2] not in PROVINCES or day not in _DAYS or not _ID_SHAPE(number):
        return False
    return day != "0229" or isleap(int(number[6:10]))


def is_old_resident_id(number: str) -> bool:
    """Whether 15 digits have the province and birth date of an identity number from before 1999."""
    return len(number) == 15 and number.isdigit() and number[:2] in PROVINCES and _is_day("19" + number[6:12])


def _is_day(digits: str) -> bool:
    day = digits[4:]
    if day not in _DAYS or not "1880" <= digits[:4] <= "2100":
        return False
    return day != "0229" or (digits[:4].isdigit() and isleap(int(digits[:4])))


def passes_luhn(number: str) -> bool:
    """Whether the digits pass the Luhn check of ISO/IEC 7812.

    >>> passes_luhn("6225880137654324"), passes_luhn("6217001234567890123")
    (True, False)
    """
    digits = number.encode()
    total = sum(digits[-1::-2].translate(_ONCE)) + sum(digits[-2::-2].translate(_DOUBLED))
    return total % 10 == 0


def is_card_length(number: str) -> bool:
    """Whether the issuer's prefix is known and the length is one that issuer uses."""
    if number[:2] not in _CARD_LEADS.get(len(number), ()):
        return False
    for size in (6, 5, 4, 3, 2, 1):
        lengths = CARD_PREFIXES.get(number[:size])
        if lengths:
            return len(number) in lengths
    return False


def is_uscc(code: str) -> bool:
    """Whether 18 characters are a unified social credit code with a right check (GB 32100)."""
    if len(code) != 18 or any(char not in _USCC_ALPHABET for char in code):
        return False
    total = sum(
        _USCC_ALPHABET.index(char) * weight for char, weight in zip(code, _USCC_WEIGHTS, strict=False)
    )
    return _USCC_ALPHABET[(31 - total % 31) % 31] == code[17]


def is_iban(code: str) -> bool:
    """Whether the code passes ISO 13616's remainder of 1 modulo 97."""
    moved = code[4:] + code[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def is_ipv4(text: str) -> bool:
    """Whether four dotted groups are each at most 255."""
    return all(int(group) <= 255 for group in text.split("."))
