"""What a chart is drawn from: frozen values, no numbers of pixels save in `Frame`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of one chart, in units of its own view box.

    `name` makes the ids of title and description unique on a page; `title` and `desc` are
    what a screen reader says.
    """

    name: str
    title: str
    desc: str
    width: int = 560
    height: int = 188
    left: int = 30
    right: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a column. `tone` is a class of the style sheet such as `c2`."""

    value: float
    tone: str
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: segments from the ground up, its label, a second line below it."""

    label: str
    parts: tuple[Part, ...]
    sub: str = ""
    is_marked: bool = False
    is_pale: bool = False
    is_rest: bool = False
    shows_total: bool = True

    @property
    def total(self) -> float:
        """Sum of the segments."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line; None leaves a gap."""

    value: float | None
    label: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line to compare with, such as a target."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The range of a line, its named ticks and an optional target."""

    low: float
    high: float
    ticks: tuple[Level, ...]
    target: Level | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One horizontal bar with a figure and a remark at its end."""

    label: str
    value: float
    shown: str
    tone: str = "c2"
    remark: str = ""
    remark_tone: str = ""
    href: str = ""
