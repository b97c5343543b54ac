"""Many texts at once: which say the same. A text joins the one it is most like, never a chain of neighbours."""

from __future__ import annotations

from collections.abc import Sequence

ALIKE = 0.38


def group(texts: Sequence[str], *, alike: float = ALIKE) -> list[int]:
    """For each text the number of its group's head, the first text that said it (its own when alone).

    A text joins a head when the weight of the shingles they share is at least `alike` of the weight
    of all they have (weighted Jaccard); a shingle weighs by how few matters have it, so a common form
    letter does not join two matters, and a matter of a third of all texts stays one.
    """
    from xiaobao.engines.neardup.shingles import shingles  # numpy is loaded by those who group
    from xiaobao.engines.neardup.spread import grouped

    heads: list[int] = grouped(shingles(texts), alike).tolist() if texts else []
    return heads
