"""The overlays this process works with, set once at start by whoever reads the configuration.

Nothing here reads a disk or a clock; before `stand` is called there are none.
"""

from __future__ import annotations

from xiaobao.rules.own_rules import OwnRule

_STANDING: list[OwnRule] = []


def stand(own: tuple[OwnRule, ...]) -> tuple[OwnRule, ...]:
    """Put these overlays in place of the former ones; the former come back, so that a test can restore them."""
    former = tuple(_STANDING)
    _STANDING[:] = own
    return former


def standing() -> tuple[OwnRule, ...]:
    """The overlays in place, in the order of their file."""
    return tuple(_STANDING)
