"""Axis steps and shades: the arithmetic of a chart, apart from its drawing."""

from __future__ import annotations

from collections.abc import Sequence

_STEPS = (1, 2, 5)


def ticks_up_to(top: float, most: int = 4) -> tuple[float, ...]:
    """Round steps from 0 to at least `top`, at most `most` above zero.

    >>> ticks_up_to(14), ticks_up_to(402), ticks_up_to(0)
    ((0, 5, 10, 15), (0, 200, 400, 600), (0, 1))
    """
    if top <= 1:
        return (0, 1)
    power = 1
    while True:
        for base in _STEPS:
            step = base * power
            if step * most >= top:
                return tuple(range(0, step * (int(-(-top // step)) + 1), step))
        power *= 10


def shade_of(value: float, all_values: Sequence[float]) -> int:
    """Shade 1 to 5 by where the value stands between 0 and the greatest; 0 for nothing.

    >>> [shade_of(value, [0, 1, 5, 10]) for value in (0, 1, 5, 10)]
    [0, 1, 3, 5]
    """
    top = max(all_values, default=0)
    if value <= 0 or top <= 0:
        return 0
    return min(5, int(value / top * 5 - 1e-9) + 1)
