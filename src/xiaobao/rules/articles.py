"""Which articles, paragraphs and items a held text has: the shape of each, without a word of it.

`articles.txt` holds one line a text, made from the texts by `python -m tests.rules.shapes --write`: the version, the
number of its first article, one figure in base 36 an article (how many 款 it has), and the 款 that have 项 with their
last number. So a citation of an article nobody enacted is refused when the book is loaded, not when it is verified.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple

from xiaobao.rules.instruments import place_zh
from xiaobao.rules.values import Cite

FILE = os.path.join(os.path.dirname(__file__), "articles.txt")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PLACE = re.compile(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.\d+)?", re.ASCII)


class Shape(NamedTuple):
    """One text: its first article, how many paragraphs each has, and ` 29.2:3 ` for three items in 29.2."""

    first: int
    paragraphs: str
    items: str

    @property
    def last(self) -> int:
        """The number of its last article."""
        return self.first + len(self.paragraphs) - 1

    def has(self, article: int, paragraph: int, item: int) -> bool:
        """Whether the place is there; 0 for a part that is not named."""
        if not self.first <= article <= self.last:
            return False
        if paragraph > DIGITS.index(self.paragraphs[article - self.first]):
            return False
        return not item or item <= self._items(article, paragraph)

    def _items(self, article: int, paragraph: int) -> int:
        _, found, rest = self.items.partition(f" {article}.{paragraph}:")
        return int(rest.partition(" ")[0]) if found else 0


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """Every held text by `N00@2020-03-01`."""
    with open(FILE, encoding="ascii") as opened:
        rows = [line.rstrip("\n").split("|") for line in opened if not line.startswith("#")]
    return {name: Shape(int(first), counts, f" {items} ") for name, first, counts, items in rows}


@lru_cache(maxsize=4096)
def lacks(cite: Cite) -> str:
    """Why the cited place cannot be, in words; empty where it is there, or where nobody here holds the text.

    >>> lacks(Cite("N00", "2020-03-01", "18.1")), lacks(Cite("N00", "2020-03-01", "99"))
    ('', '该法规自第一条至第四十五条')
    """
    shape = shapes().get(f"{cite.instrument}@{cite.version}")
    if shape is None:
        return ""
    for place in re.split(r"\.\.|,", cite.loc):
        found = _PLACE.fullmatch(place)
        if place == "0" or place.startswith("a"):
            continue
        parts = [int(part or 0) for part in found.groups()] if found else [0, 0, 0]
        if not shape.has(*parts):
            within = shape.first <= parts[0] <= shape.last
            if within:
                return "该条没有这一款或者这一项"
            return f"该法规自{place_zh(str(shape.first))}至{place_zh(str(shape.last))}"
    return ""
