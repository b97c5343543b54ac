"""Writing the journal: one entry a command, in the command's own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from xiaobao.base.audit import sequencer
from xiaobao.base.audit.body import canonical, entry_facts
from xiaobao.base.audit.models import AuditEntry
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

SALT_BYTES = 16


def record(  # noqa: PLR0913 - an entry has as many parts as the law asks it to have
    *,
    actor: Actor,
    tag: str,
    object_id: str | int,
    org_path: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    rules: Iterable[str] = (),
    reason: str = "",
) -> AuditEntry:
    """The entry written; exactly one INSERT and no read.

    Call it inside the command's transaction, so that the command and its trace stand or fall
    together. `tag` is `room:object:verb`. `before` and `after` hold plain values without clear
    personal data; numbers of persons in `reason` are masked here.
    """
    at = ports.now()
    facts = entry_facts(actor, at, (tag, str(object_id), org_path), (before, after), (rules, reason))
    entry = AuditEntry(
        at=at,
        tag=tag,
        object_id=str(object_id),
        org_path=org_path,
        actor_id=actor.user_id,
        actor_name=actor.name,
        salt=ports.new_bytes(SALT_BYTES).hex(),
        body=canonical(facts),
    )
    entry.save(force_insert=True)
    transaction.on_commit(sequencer.nudge)
    return entry
