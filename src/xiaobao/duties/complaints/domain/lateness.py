"""How late answers came: natural days, the first not counted, the last included (CMP-002, 第四十三条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
LIMITS = (15, 30, 60)
DEFINITION = (
    "自收到之日的次日起算，按自然日计到答复当日（含）；超过该日数的计入。"
    "“满24小时”口径为答复时刻减收到时刻、不足24小时舍去，仅供与外部统计核对。"
)


@dataclass(frozen=True, slots=True)
class Lateness:
    """Counts by limit in days. `full_days` counts whole 24 hours, as many outside statistics do."""

    answered: int
    unanswered: int
    later_than: Mapping[int, int] = field(default_factory=dict)
    full_days: Mapping[int, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values with the definition beside the figures."""
        return {
            "answered": self.answered,
            "unanswered": self.unanswered,
            "later_than": {str(limit): count for limit, count in self.later_than.items()},
            "later_than_full_days": {str(limit): count for limit, count in self.full_days.items()},
            "rule": "CMP-002",
            "definition": DEFINITION,
        }


def natural_days(received_at: datetime, replied_at: datetime) -> int:
    """Days from receipt to answer on Shanghai's calendar; the same day is 0.

    >>> day = lambda text: datetime.fromisoformat(text + "+08:00")
    >>> natural_days(day("2026-01-10T23:59"), day("2026-01-25T00:01"))
    15
    """
    return (replied_at.astimezone(SHANGHAI).date() - received_at.astimezone(SHANGHAI).date()).days


def lateness(pairs: Iterable[tuple[datetime, datetime | None]]) -> Lateness:
    """Counts over pairs (received, answered or None)."""
    by_days, by_hours = dict.fromkeys(LIMITS, 0), dict.fromkeys(LIMITS, 0)
    answered = unanswered = 0
    for received_at, replied_at in pairs:
        if replied_at is None:
            unanswered += 1
            continue
        answered += 1
        days, full = natural_days(received_at, replied_at), (replied_at - received_at).days
        for limit in LIMITS:
            by_days[limit] += days > limit
            by_hours[limit] += full > limit
    return Lateness(answered, unanswered, by_days, by_hours)
