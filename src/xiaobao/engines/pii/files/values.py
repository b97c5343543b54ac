"""What every file format shares: pieces of text with their place, edits, and the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from xiaobao.engines.pii.classes import class_of
from xiaobao.engines.pii.policy import Action
from xiaobao.engines.pii.values import Span

LISTED = 10_000


class UnreadableFileError(ValueError):
    """A file that cannot or must not be read; the Chinese message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text with the name it stands under, where it is, and how many characters came before it."""

    text: str
    label: str = ""
    place: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` of a piece becomes `shown`."""

    start: int
    end: int
    shown: str


Change = Callable[[Piece], list[Edit]]


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits made; they are in order and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.shown]
        at = edit.end
    return "".join([*parts, text[at:]])


@dataclass(slots=True)
class Report:
    """What was done, without the values: counts of all, places of the first ten thousand."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Findings in the whole file."""
        return sum(self.counts.values())

    def add(self, piece: Piece, span: Span, action: Action) -> None:
        """One finding more."""
        self.counts[span.kind.value, action.value] += 1
        if len(self.findings) < LISTED:
            self.findings.append(
                {
                    "place": piece.place,
                    "start": piece.offset + span.start,
                    "end": piece.offset + span.end,
                    "type": span.kind.value,
                    "class": class_of(span.kind).value,
                    "confidence": span.confidence.label,
                    "action": action.value,
                    "why": span.why,
                }
            )

    def document(self) -> dict[str, Any]:
        """The report as plain values."""
        counts = [{"type": kind, "action": act, "count": n} for (kind, act), n in sorted(self.counts.items())]
        return {
            "total": self.total,
            "counts": counts,
            "listed": len(self.findings),
            "findings": self.findings,
        }
