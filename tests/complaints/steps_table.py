"""The specification's table of steps, read from its own file."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "vectors/complaint_steps.csv"


@cache
def expected() -> dict[tuple[str, str], str]:
    """(command, stage) -> the stage after it; '' where there is no such step."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        (row["command"], stage): to
        for row in rows
        for stage, to in row.items()
        if stage not in {"command", "source"}
    }
