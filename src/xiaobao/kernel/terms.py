"""Terms: string enums whose members carry the Chinese label the office reads."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A value stored as English, shown in Chinese.

    >>> class Colour(Term):
    ...     RED = "red", "红"
    >>> Colour("red").label
    '红'
    """

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs (value, label) in the order of the members, for forms and filters."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def label_of(cls, value: str) -> str:
        """Label of a stored value; the value itself when it is not a member."""
        return cls(value).label if value in cls._value2member_map_ else value
