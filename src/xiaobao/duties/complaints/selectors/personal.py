"""What a person keeps for themselves: drafts and saved views; nobody else's, ever."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from xiaobao.base.people.vault import open_sealed
from xiaobao.base.statements import Given, Statement
from xiaobao.duties.complaints.models import Draft, SavedView
from xiaobao.kernel.identity import Actor

_VIEWS = Statement(
    lambda: SavedView.objects.filter(owner_id=Given("owner")).order_by("name").values_list("name", "filters")
)


def draft_get(*, actor: Actor, key: str) -> dict[str, Any] | None:
    """What stood in the form, None when there is no such draft of the actor's."""
    sealed = (
        Draft.objects.filter(key=key, owner_id=actor.user_id or 0).values_list("sealed", flat=True).first()
    )
    if sealed is None:
        return None
    found: dict[str, Any] = json.loads(open_sealed(sealed))
    return found


def drafts_of(*, actor: Actor) -> tuple[tuple[str, datetime, str], ...]:
    """Keys of the actor's newest twenty drafts with the time of saving and the title typed so far, newest first."""
    rows = Draft.objects.filter(owner_id=actor.user_id or 0).order_by("-saved_at")
    found = rows.values_list("key", "saved_at", "sealed")[:20]
    return tuple((key, saved_at, _title(sealed)) for key, saved_at, sealed in found)


def drafts_count(*, actor: Actor) -> int:
    """How many drafts the actor has."""
    return Draft.objects.filter(owner_id=actor.user_id or 0).count()


def _title(sealed: str) -> str:
    kept: dict[str, Any] = json.loads(open_sealed(sealed))
    return str(kept.get("title") or kept.get("facts") or "")[:40]


def views_of(*, actor: Actor) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The actor's saved views: name and filters, by name."""
    return tuple((name, filters) for name, filters in _VIEWS.rows(owner=actor.user_id or 0))
