"""An empty page is no dead end: every empty state names the next step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/xiaobao"
CALL = re.compile(r"ui\.empty\(")
TEMPLATES = sorted(
    path for path in SOURCE.rglob("*.html") if path.name != "ui.html" and CALL.search(path.read_text("utf-8"))
)


def arguments(text: str, start: int) -> list[str]:
    """The arguments of the call that begins at `start`, parted at its own commas."""
    parts, depth, quoted, piece = [], 0, "", ""
    for sign in text[start:]:
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"":
            quoted = sign
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            if depth == 0:
                return [*parts, piece.strip()]
            depth -= 1
        elif sign == "," and depth == 0:
            parts, piece = [*parts, piece.strip()], ""
            continue
        piece += sign
    raise AssertionError("the call does not end")


def test_there_are_empty_states() -> None:
    assert len(TEMPLATES) > 10


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_empty_state_leads_on(path: Path) -> None:
    text = path.read_text("utf-8")
    for found in CALL.finditer(text):
        told = arguments(text, found.end())
        assert len(told) == 4, told
        assert not any("else ''" in argument for argument in told), told
