"""Which code says how a period is counted: 民法典 from 2021, 民法总则 from 2017-10-01, 民法通则 before; only 民法典 is held."""

from __future__ import annotations

from datetime import date

from xiaobao.rules.values import Cite, Role

CIVIL_CODE = date(2021, 1, 1)
GENERAL_RULES = date(2017, 10, 1)
_PRINCIPLES = {"201.1": "154.2", "201.2": "154.2", "202": "154.1", "203.1": "154.3", "203.2": "154.4"}


def civil(on: date, loc: str, role: Role = Role.COUNTING) -> Cite:
    """The place in the civil law in force on `on` that says what 民法典 says at `loc`.

    >>> civil(date(2026, 3, 1), "201.1").full, civil(date(2020, 3, 1), "201.1").full
    ('L20@2021-01-01:201.1', 'X14@2017-10-01:201.1')
    """
    if on >= CIVIL_CODE:
        return Cite("L20", "2021-01-01", loc, role)
    if on >= GENERAL_RULES:
        return Cite("X14", "2017-10-01", loc, role)
    return Cite("X16", "1987-01-01", _PRINCIPLES[loc], role)
