"""What a figure's page shows, as plain values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.registry import Figure, MemberRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of members in the natural order of their ids.

    `total` counts all of them, `masked` those the asker may not see; `rows` are the visible ones
    among this page; `after` starts the next page, '' at the end.
    """

    total: int
    masked: int
    rows: tuple[MemberRow, ...]
    masked_here: int
    after: str


@dataclass(frozen=True, slots=True)
class SinceFreeze:
    """Members that match now and were not frozen, and frozen ones that no longer match."""

    added: MemberPage
    vanished: MemberPage
    definition_changed: bool


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure of one year for one asker."""

    figure: Figure
    year: int
    sentence: str
    value: str
    live_value: str
    freeze: FigureFreeze | None
    digest_holds: bool
    members: MemberPage
    since: SinceFreeze | None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure on the report page."""

    figure: Figure
    year: int
    sentence: str
    value: str
    freeze: FigureFreeze | None


def natural_order(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids as a reader expects them: numbers by size, so that 9 stands before 10.

    >>> natural_order(("10", "9", "TS-10", "TS-9"))
    ('9', '10', 'TS-9', 'TS-10')
    """
    return tuple(sorted(ids, key=natural_key))


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """What `natural_order` sorts by: runs of digits by their number, the rest as written."""
    if text.isascii() and text.isdigit():
        return ((0, int(text), text),)
    parts = re.split(r"([0-9]+)", text)
    return tuple((0, int(part), part) if index % 2 else (1, 0, part) for index, part in enumerate(parts))


def page_of(ids: tuple[str, ...], after: str) -> tuple[tuple[str, ...], str]:
    """The ids of the page that follows `after`, and where the next page starts ('' at the end).

    `ids` stand in natural order.

    >>> page_of(("a", "b"), "a")
    (('b',), '')
    """
    start = bisect_right(ids, natural_key(after), key=natural_key) if after else 0
    part = ids[start : start + PAGE]
    more = start + PAGE < len(ids)
    return part, part[-1] if more else ""
