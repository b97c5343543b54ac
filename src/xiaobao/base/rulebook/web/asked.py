"""What the address asks for, read leniently where a filter means nothing, strictly where a day is wrong."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from xiaobao.base.rulebook.values import ROOMS, Filters, Standing
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.values import Confidence, Kind

CONFIDENCES = (
    ("verified", Confidence.VERIFIED.label),
    ("unverified", "未核原文（全部）"),
    ("likely", Confidence.LIKELY.label),
    ("memory", Confidence.MEMORY.label),
)
LONGEST_WORDS = 60


def day_of(text: str, default: date, field: str = "on") -> date:
    """The day in ISO form; the default for none. Raises: InvalidInput `rulebook.day`."""
    if not text.strip():
        return default
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput("rulebook.day", field=field, text=text[:40]) from None


def filters_of(query: QueryDict, today: date) -> Filters:
    """The list's filters; a value nobody knows counts as none."""
    room, confidence = query.get("room", ""), query.get("confidence", "")
    return Filters(
        on=day_of(query.get("on", ""), today),
        room=room if room in ROOMS else "",
        kind=next((kind for kind in Kind if kind.value == query.get("kind", "")), None),
        confidence=confidence if confidence in dict(CONFIDENCES) else "",
        standing=next((one for one in Standing if one.value == query.get("standing", "")), None),
        words=query.get("q", "").strip()[:LONGEST_WORDS],
    )
