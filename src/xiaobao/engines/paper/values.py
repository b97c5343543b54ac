"""What a paper is made of."""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """A piece of a line: `bold`, or `grey` for what stands beside the matter."""

    text: str
    bold: bool = False
    grey: bool = False


class Heading(NamedTuple):
    """A heading of level 1, 2 or 3."""

    text: str
    level: int = 1


class Line(NamedTuple):
    """A paragraph; a plain string is one run."""

    runs: tuple[Run | str, ...]


class List(NamedTuple):
    """Short paragraphs one under another, each with a mark in front."""

    lines: tuple[str, ...]
    numbered: bool = False


class Table(NamedTuple):
    """A table: the heads are repeated on every page; `widths` are percent, empty for equal ones."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


class Paper(NamedTuple):
    """A document on A4: its title, who made it, and its blocks in order; `foot` stands at the foot of each page."""

    title: str
    blocks: tuple[Heading | Line | List | Table, ...]
    author: str = ""
    foot: str = ""
