"""How long the journal is kept: segments that no recovery needs, and that are old enough, go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from xiaobao.engines.fraud.journal import segments_of
from xiaobao.engines.fraud.setups import forget
from xiaobao.engines.fraud.snapshots import KEEP, whole

DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Pruned:
    """Segments removed, their bytes, and why the rest stayed."""

    segments: int
    bytes: int
    say: str


def prune(folder: Path, days: float) -> Pruned:
    """Remove journal segments that lie before every kept snapshot and were closed over `days` ago.

    Recovery falls back to the older of two snapshots: what that one needs stays, and without two
    whole ones everything does. Ages count from the newest snapshot, not from a clock that may be
    wrong. The oldest goes first, so that a stop in the middle leaves no gap.
    """
    snapshots = whole(folder / "snapshots")
    if len(snapshots) < KEEP:
        return Pruned(0, 0, f"完好的快照不足 {KEEP} 份，日志全部保留")
    needed = min(position.segment for position, _ in snapshots)
    oldest = max(saved for _, saved in snapshots) - days * DAY_SECONDS
    gone = size = 0
    for number, path in segments_of(folder / "journal"):
        found = path.stat()
        if number >= needed or found.st_mtime >= oldest:
            break
        path.unlink()
        gone, size = gone + 1, size + found.st_size
    forget(folder, min((number for number, _ in segments_of(folder / "journal")), default=0))
    return Pruned(gone, size, f"第 {needed} 段起为恢复所需，且保留最近 {days:g} 天")
