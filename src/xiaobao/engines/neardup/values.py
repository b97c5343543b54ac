"""What flows in (complaints as they come), what is set (window, numbers), what comes out (clusters, alerts)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Event:
    """One complaint as it reached the bank; `key` makes a second delivery the same event.

    `at` is when the customer complained (event time), not when the queue delivered it.
    `declared` is the number of persons the text or the form says it speaks for (0: not said).
    """

    key: str
    at: datetime
    customer: str
    text: str
    branch: str = ""
    declared: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """Thresholds are the bank's: no article of law fixes when complaints are one mass complaint.

    `window_days`: a window holds both its ends. `min_customers`: distinct customers (or declared
    persons) in one window that raise the alert. `min_tickets`: fewer in a window are no cluster.
    `alike`: weighted Jaccard from which two texts say the same.
    """

    window_days: int = 7
    min_customers: int = 5
    min_tickets: int = 3
    alike: float = 0.42

    def __post_init__(self) -> None:
        for name in ("window_days", "min_customers", "min_tickets"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} 应为 1 或更大")
        if not 0 < self.alike <= 1:
            raise ValueError("alike 应在 0 到 1 之间")

    @property
    def window(self) -> timedelta:
        """Length of the window."""
        return timedelta(days=self.window_days)


class State(StrEnum):
    """Where a cluster stands: quiet is below the alert, growing gained tickets in the newest window."""

    QUIET = "quiet"
    OPEN = "open"
    GROWING = "growing"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Complaints that say the same within windows of time; keys in order of event time."""

    head: str
    keys: tuple[str, ...]
    customers: int
    persons: int
    branches: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    peak_customers: int
    state: State


@dataclass(frozen=True, slots=True)
class Alert:
    """Raised once a cluster: when the window first held enough persons."""

    head: str
    raised_at: datetime
    keys: tuple[str, ...]
    persons: int
    branches: tuple[str, ...]
