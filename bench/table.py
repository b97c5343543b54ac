"""The printed table: figure, bar, verdict."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; `bar` None means it is printed for information."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether the figure keeps its bar."""
        return self.bar is None or self.value <= self.bar

    def line(self) -> str:
        """The row as text: columns of fixed width, whatever the script."""
        bar = "" if self.bar is None else f"<= {self.bar:g}"
        verdict = "" if self.bar is None else "ok" if self.passed else "MISSED"
        return (
            f"{_padded(self.what, 44)}{self.value:>12,.2f} {self.unit:<10}{bar:>10}  {verdict:<7}{self.note}"
        )


def _padded(text: str, width: int) -> str:
    used = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, width - used)


def heading(text: str) -> None:
    """A heading on a line of its own."""
    print(f"\n{text}\n{'-' * 100}", flush=True)
