"""Scheduled work of the room; each is safe to run twice."""

from __future__ import annotations

from xiaobao.duties.complaints.domain.rows import ClockDifference
from xiaobao.duties.complaints.services import clock_breach, clock_rederive
from xiaobao.kernel.identity import system_actor


def nightly() -> tuple[ClockDifference, ...]:
    """Differences between cached and re-derived clocks; reported, never silently rewritten."""
    return clock_rederive(actor=system_actor("时限复核"))


def breaches() -> int:
    """How many breaches were recorded now; run by every tick."""
    return clock_breach(actor=system_actor("时限登记"))
