"""What a figure's page shows, as plain values."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from xiaobao.base.figures.models import FigureFreeze
from xiaobao.base.figures.registry import Figure, MemberRow

PAGE = 50


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of members in the order of their ids.

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


def page_of(ids: tuple[str, ...], after: str) -> tuple[tuple[str, ...], str]:
    """The ids of the page that follows `after`, and where the next page starts ('' at the end).

    >>> page_of(("a", "b"), "a")
    (('b',), '')
    """
    keys = [item.encode() for item in ids]
    start = bisect_right(keys, after.encode()) if after else 0
    part = ids[start : start + PAGE]
    more = start + PAGE < len(ids)
    return part, part[-1] if more else ""
