"""Checksums and shapes that tell a real number from a long one."""

from __future__ import annotations

import re
from calendar import isleap, monthrange

from xiaobao.engines.pii.tables import CARD_PREFIXES, PROVINCES

# By the remainder of the first 17 digits, read to base 13, modulo 11 (see `has_id_check`).
_ID_CHECKS = ("1", "Xx", "8", "6", "4", "2", "0", "9", "7", "5", "3")
_DAYS = frozenset(
    f"{month:02}{day:02}" for month in range(1, 13) for day in range(1, monthrange(2000, month)[1] + 1)
)
# Province, four digits of the district, a day that there was or will be between 1880 and 2100, a count.
ID_SHAPE = (
    rf"(?:{'|'.join(sorted(PROVINCES))})[0-9]{{4}}(?:(?:18[89][0-9]|19[0-9]{{2}}|20[0-9]{{2}}|2100)"
    r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])(?:29|30)|(?:0[13578]|1[02])31)"
    r"|(?:18(?:8[048]|9[26])|(?:19|20)(?:0[48]|[2468][048]|[13579][26])|2000)0229)[0-9]{3}"
)
_has_id_shape = re.compile(f"{ID_SHAPE}[0-9Xx]").fullmatch
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

    GB 11643 weighs each digit with a power of 2 modulo 11, and 13 is 2 modulo 11: the digits read to base 13 are half the sum.
    """
    return number[17] in _ID_CHECKS[int(number[:17], 13) % 11]


def has_id_shape(number: str) -> bool:
    """Whether 18 characters look like an identity number, the check digit left aside."""
    return _has_id_shape(number) is not None


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
