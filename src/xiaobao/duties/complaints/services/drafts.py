"""What a person keeps for themselves: half-typed registrations and saved lists."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaobao.base.audit import services as audit
from xiaobao.base.people.vault import seal
from xiaobao.duties.complaints.domain.values import Command
from xiaobao.duties.complaints.models import Draft, SavedView
from xiaobao.duties.complaints.services.stepping import require
from xiaobao.kernel import ports
from xiaobao.kernel.errors import InvalidInput, NotFound
from xiaobao.kernel.identity import Actor

LIMIT = 60_000
NAME_LENGTH = 40


def draft_save(*, actor: Actor, key: str, payload: Mapping[str, Any]) -> None:
    """Keep what stands in the form, sealed, under the form's key; saving is not a command and leaves no trail.

    Raises: NotFound for a key another person's draft has; InvalidInput past 60,000 characters.
    """
    require(actor, Command.RECEIVE)
    text = json.dumps(dict(payload), ensure_ascii=False)
    if len(text) > LIMIT:
        raise InvalidInput("complaint.draft.large", field="facts", limit=LIMIT)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(key=key).first()
        if draft is not None and draft.owner_id != actor.user_id:
            raise NotFound("complaint.missing")
        draft = draft or Draft(key=key[:64], owner_id=_me(actor))
        draft.sealed, draft.saved_at = seal(text), ports.now()
        draft.save()


def draft_drop(*, actor: Actor, key: str) -> bool:
    """Whether a draft of the actor's went away."""
    return bool(Draft.objects.filter(key=key, owner_id=_me(actor)).delete()[0])


def drafts_drop(*, actor: Actor) -> int:
    """How many drafts of the actor's went away: all there were."""
    return int(Draft.objects.filter(owner_id=_me(actor)).delete()[0])


@transaction.atomic
def drafts_expire(*, actor: Actor, before: datetime) -> int:
    """How many drafts, whosever, last saved before this moment went away; the journal says how many.

    They name people and serve no purpose any more (最小必要): nobody came back for them.
    """
    dropped = int(Draft.objects.filter(saved_at__lt=before).delete()[0])
    if dropped:
        audit.record(
            actor=actor,
            tag="complaints:draft:expire",
            object_id=ports.local(before).date().isoformat(),
            org_path=actor.org_path,
            after={"drafts": dropped, "saved_before": ports.local(before).isoformat(timespec="minutes")},
        )
    return dropped


@transaction.atomic
def view_save(*, actor: Actor, name: str, filters: Mapping[str, Any]) -> int:
    """Id of the actor's view of this name, made or renewed."""
    name = name.strip()
    if not 0 < len(name) <= NAME_LENGTH:
        raise InvalidInput("complaint.view.name", field="name")
    view, _ = SavedView.objects.update_or_create(
        owner_id=_me(actor), name=name, defaults={"filters": dict(filters)}
    )
    _trace(actor, "save", view.pk, name)
    return int(view.pk)


@transaction.atomic
def view_drop(*, actor: Actor, name: str) -> bool:
    """Whether a view of the actor's went away."""
    dropped = bool(SavedView.objects.filter(owner_id=_me(actor), name=name).delete()[0])
    if dropped:
        _trace(actor, "drop", name, name)
    return dropped


def _me(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotFound("complaint.missing")
    return actor.user_id


def _trace(actor: Actor, verb: str, view: int | str, name: str) -> None:
    audit.record(
        actor=actor,
        tag=f"complaints:view:{verb}",
        object_id=str(view),
        org_path=actor.org_path,
        after={"name": name},
    )
