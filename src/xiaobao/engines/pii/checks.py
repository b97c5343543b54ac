"""Checksums and shapes that tell a real number from a long one."""

from __future__ import annotations

from datetime import date
from operator import mul

from xiaobao.engines.pii.tables import CARD_PREFIXES, PROVINCES

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_ZEROS = ord("0") * sum(_ID_WEIGHTS)
_ID_CHECK = "10X98765432"
# ASCII digits to their value, and to the digit sum of twice their value.
_ONCE = bytes.maketrans(b"0123456789", bytes(range(10)))
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def is_resident_id(number: str) -> bool:
    """Whether 18 characters are a resident identity number: province, birth date, GB 11643 check.

    >>> is_resident_id("110101199003072818"), is_resident_id("110101199003072819")
    (True, False)
    """
    return has_id_shape(number) and has_id_check(number)


def has_id_check(number: str) -> bool:
    """Whether the check digit is right; the number has the shape."""
    total = sum(map(mul, number[:17].encode(), _ID_WEIGHTS)) - _ID_ZEROS
    return _ID_CHECK[total % 11] == number[17].upper()


def has_id_shape(number: str) -> bool:
    """Whether 18 characters look like an identity number, the check digit left aside."""
    if len(number) != 18 or not number[:17].isdigit() or number[17] not in "0123456789Xx":
        return False
    return number[:2] in PROVINCES and _is_day(number[6:14])


def is_old_resident_id(number: str) -> bool:
    """Whether 15 digits have the province and birth date of an identity number from before 1999."""
    return len(number) == 15 and number.isdigit() and number[:2] in PROVINCES and _is_day("19" + number[6:12])


def _is_day(digits: str) -> bool:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2100


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
