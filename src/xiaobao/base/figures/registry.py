"""Every figure of the annual report as a value, registered by the room that owns its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xiaobao.kernel.identity import Actor

MemberId = int | str
Scope = str
Value = int | Decimal | str


@dataclass(frozen=True, slots=True)
class Members:
    """The rows a figure stands on, and the figure."""

    ids: tuple[MemberId, ...]
    value: Value


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member as a list shows it; never a clear name of a person."""

    id: str
    title: str
    link: str = ""
    note: str = ""


def no_rows(ids: Sequence[MemberId], actor: Actor) -> list[MemberRow]:
    """For figures whose members have no page: nobody sees more than the count."""
    return []


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: `members(year, scope)` counts it, `rows(ids, actor)` shows those the actor may see.

    `id` is the figure's number in the annual report (F03); `definition` is one Chinese sentence;
    `version` rises with every change of the definition; `sentence` is the report's sentence with
    `{year}` and `{value}`. `visible(ids, actor)` counts those the actor may see without fetching
    them; without it they are fetched and counted. `rules` are those of the book the figure leans on.
    """

    id: str
    section: str
    label: str
    unit: str
    kind: str
    definition: str
    version: int
    members: Callable[[int, Scope], Members]
    sentence: str = ""
    rows: Callable[[Sequence[MemberId], Actor], list[MemberRow]] = field(default=no_rows)
    visible: Callable[[Sequence[MemberId], Actor], int] | None = None
    rules: tuple[str, ...] = ()

    def say(self, year: int, value: object) -> str:
        """The report's sentence with this value; money and counts are written by the caller."""
        template = self.sentence or f"{self.label}{{value}}{self.unit}"
        return template.format(year=year, value=value)

    def count_visible(self, ids: Sequence[MemberId], actor: Actor) -> int:
        """How many of the members the actor may see."""
        return self.visible(ids, actor) if self.visible else len(self.rows(ids, actor))


_figures: dict[str, Figure] = {}


def register(figure: Figure) -> None:
    """Add the figure; the same id twice is a fault of the house."""
    known = _figures.get(figure.id)
    if known is not None and known != figure:
        raise ValueError(f"figure {figure.id} is registered twice")
    _figures[figure.id] = figure


def unregister(figure_id: str) -> None:
    """Take a figure out again; only tests do."""
    _figures.pop(figure_id, None)


def registered() -> tuple[Figure, ...]:
    """All figures in the order of their numbers."""
    return tuple(sorted(_figures.values(), key=lambda figure: figure.id))


def find(figure_id: str) -> Figure | None:
    """The figure, or None."""
    return _figures.get(figure_id)
