"""How much a run measures: the sizes of the bars, or a tenth of them."""

from __future__ import annotations

from dataclasses import dataclass

SMALL, LARGE = "bench_small", "bench_large"


@dataclass(frozen=True, slots=True)
class Sizes:
    """`told` is the share of the demo bank's year told through the services before it is multiplied."""

    small: int
    large: int
    told: float
    requests: int
    commands: int
    journal: int
    clocks: int


def sizes(*, quick: bool) -> Sizes:
    """The sizes the bars name; a tenth of them for a quick look."""
    if quick:
        return Sizes(5_000, 50_000, 0.03, 20, 100, 100_000, 20_000)
    return Sizes(50_000, 1_000_000, 0.15, 60, 1_000, 1_000_000, 200_000)
