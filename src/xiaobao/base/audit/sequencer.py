"""The one place that gives committed entries their number in the tree."""

from __future__ import annotations


def nudge() -> None:
    """Ask this process to sequence soon; returns at once."""
