"""Checks of many numbers at once, a column a digit: what `checks` says of one number, said of rows."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from xiaobao.engines.pii.tables import CARD_PREFIXES, PROVINCES

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Digits = NDArray[np.uint8]

LETTER, X = 10, 11  # what stands in a column beside the digits 0..9
_ID_WEIGHTS = np.array((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), dtype=np.int32)
_ID_CHECK = np.array((1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2), dtype=np.int32)  # 10 stands for X
_MONTH_DAYS = np.array((0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), dtype=np.int32)


def identity(digits: Digits) -> tuple[Flags, Flags]:
    """Which rows are identity numbers, and which have at least their shape (they are no cards then)."""
    if digits.shape[1] != 18:
        none = np.zeros(len(digits), dtype=bool)
        return none, none
    shape = _provinces()[_number(digits, 0, 2)] & _is_day(digits, 6, _number(digits, 6, 10))
    shape &= (digits[:, :17] < LETTER).all(axis=1)
    check = np.where(digits[:, 17] == X, 10, digits[:, 17].astype(np.int32))
    right = _ID_CHECK[(digits[:, :17].astype(np.int32) @ _ID_WEIGHTS) % 11] == check
    return shape & right, shape


def old_identity(digits: Digits) -> Flags:
    """Rows of 15 digits that may be an old identity number: their words decide."""
    if digits.shape[1] != 15:
        return np.zeros(len(digits), dtype=bool)
    return _provinces()[_number(digits, 0, 2)] & _is_day(digits, 4, 1900 + _number(digits, 6, 8))


def mobile(digits: Digits) -> Flags:
    length = digits.shape[1]
    if length not in {11, 13, 15}:
        return np.zeros(len(digits), dtype=bool)
    lead = {11: (), 13: (8, 6), 15: (0, 0, 8, 6)}[length]
    right = (digits[:, -11] == 1) & (digits[:, -10] >= 3) & (digits[:, -1] < LETTER) & (digits[:, -10] <= 9)
    for place, digit in enumerate(lead):
        right &= digits[:, place] == digit
    found: Flags = right
    return found


def card(digits: Digits) -> Flags:
    length = digits.shape[1]
    if not 13 <= length <= 19:
        return np.zeros(len(digits), dtype=bool)
    plain = (digits < LETTER).all(axis=1)
    known = (_issuers()[_number(digits, 0, 6)] >> np.uint32(length)) & np.uint32(1) == 1
    doubled = digits[:, length - 2 :: -2].astype(np.int32) * 2
    total = digits[:, length - 1 :: -2].sum(axis=1, dtype=np.int32) + (doubled - 9 * (doubled > 9)).sum(
        axis=1
    )
    result: Flags = plain & known & (total % 10 == 0)
    return result


def _is_day(digits: Digits, year_at: int, year: Numbers) -> Flags:
    """Whether month and day (after the four, or two, digits of the year) exist in that year, 1880 to 2100."""
    month, day = _number(digits, year_at + 4, year_at + 6), _number(digits, year_at + 6, year_at + 8)
    is_month = (month >= 1) & (month <= 12)
    last = _MONTH_DAYS[np.where(is_month, month, 0)]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = last + (leap & (month == 2))
    found: Flags = is_month & (day >= 1) & (day <= last) & (year >= 1880) & (year <= 2100)
    return found


def _number(digits: Digits, first: int, last: int) -> Numbers:
    value = np.zeros(len(digits), dtype=np.int64)
    for place in range(first, last):
        value = value * 10 + np.minimum(digits[:, place], 9)
    return value


@cache
def _provinces() -> Flags:
    return np.array([f"{number:02}" in PROVINCES for number in range(100)], dtype=bool)


@cache
def _issuers() -> NDArray[np.uint32]:
    """For every six first digits the card lengths its issuer uses, one bit a length."""
    table = np.zeros(1_000_000, dtype=np.uint32)
    for prefix in sorted(CARD_PREFIXES, key=len):
        width = 10 ** (6 - len(prefix))
        first = int(prefix) * width
        table[first : first + width] = sum(1 << length for length in CARD_PREFIXES[prefix])
    return table
