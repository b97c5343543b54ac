"""The digest of a frozen figure: SHA-256 of a text file anybody can write and hash again.

The file, UTF-8, every line ended by a line feed:

    xiaobao-figure/1
    F03 2020 v1
    as_of 2021-01-10T01:00:00.000000Z
    value 4106
    members 4106
    TS2020000001
    ...            the members' ids, one a line, in the order of `LC_ALL=C sort`
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FORMAT = "xiaobao-figure/1"


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the digest covers."""

    figure_id: str
    year: int
    version: int
    as_of: datetime
    value: str
    ids: tuple[str, ...]


def sorted_ids(ids: Iterable[object]) -> tuple[str, ...]:
    """The ids as text, each once, in byte order."""
    return tuple(sorted({str(item) for item in ids}, key=lambda text: text.encode()))


def freeze_text(frozen: Frozen) -> str:
    """The canonical text whose SHA-256 is the digest."""
    as_of = frozen.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = [
        FORMAT,
        f"{frozen.figure_id} {frozen.year} v{frozen.version}",
        f"as_of {as_of}",
        f"value {frozen.value}",
        f"members {len(frozen.ids)}",
        *frozen.ids,
    ]
    return "\n".join(lines) + "\n"


def digest_of(frozen: Frozen) -> str:
    """SHA-256 of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(freeze_text(frozen).encode()).hexdigest()
