"""What other systems told: complaints by the source's own number, and how late they were answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from xiaobao.duties.complaints.domain.lateness import Lateness, lateness
from xiaobao.duties.complaints.domain.values import Intake
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel.identity import Actor


@dataclass(frozen=True, slots=True)
class SourceState:
    """What was taken in under a source's number: our number, the fingerprint, the answer it told.

    `line`: where it stands in the file being read, while it has no number of ours to be named by.
    """

    no: str
    digest: str
    replied_at: datetime | None
    reply: str
    line: int = 0

    def says_the_same(self, other: SourceState) -> bool:
        """Whether both tell the same complaint with the same answer."""
        mine = (self.digest, self.replied_at, self.reply)
        return mine == (other.digest, other.replied_at, other.reply)


def source_states(actor: Actor, intakes: Iterable[Intake]) -> dict[str, SourceState]:
    """Those of one source that are here already, by the source's number. One statement."""
    told = list(intakes)
    if not told:
        return {}
    rows = visible(actor).filter(
        source_system=told[0].source_system, source_no__in=[intake.source_no for intake in told]
    )
    columns = ("source_no", "no", "source_digest", "source_replied_at", "source_reply")
    return {number: SourceState(*rest) for number, *rest in rows.values_list(*columns)}


def replies_lateness(*, actor: Actor, source: str = "") -> Lateness:
    """How many complaints were answered later than 15, 30 and 60 natural days after receipt.

    The answer's moment is ours (`replied_at`) or, for a history taken in, the source's.
    `source` narrows to one source system. Reads in a stream; memory stays flat.
    """
    rows = visible(actor).order_by()
    if "\x00" in source:  # PostgreSQL takes no such sign in a text, so no source holds one
        rows = rows.none()
    elif source:
        rows = rows.filter(source_system=source)
    pairs = rows.values_list("received_at", "replied_at", "source_replied_at").iterator(chunk_size=2_000)
    return lateness((received, ours or theirs) for received, ours, theirs in pairs)
