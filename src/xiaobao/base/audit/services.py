"""Writing the journal: one entry a command, in the command's own transaction; and checking it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from xiaobao.base.audit.access import demand
from xiaobao.base.audit.body import canonical, entry_facts
from xiaobao.base.audit.models import AuditBreak, AuditCheck, AuditEntry, TreeHead
from xiaobao.base.audit.sequencer import nudge, sequence
from xiaobao.base.audit.signing import trusted_keys
from xiaobao.base.audit.verification import Break, journal_verify
from xiaobao.base.statements import Insert
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor

SALT_BYTES = 16

_ENTRIES = Insert(AuditEntry)
SHORTEST_EXPLANATION = 10


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
    _ENTRIES.put(entry)
    transaction.on_commit(nudge)
    return entry


def journal_check(*, actor: Actor, progress: Callable[[int, int], None] | None = None) -> AuditCheck:
    """Verify the whole journal, keep the result and every new broken link; numbers stragglers first."""
    demand(actor, "verify")
    sequence(everything=True)
    began = ports.stopwatch()
    result = journal_verify(trusted_keys(), progress=progress)
    now = ports.now()
    with transaction.atomic():
        AuditBreak.objects.bulk_create(
            [_kept(found, now) for found in result.breaks], ignore_conflicts=True, batch_size=100
        )
        check = AuditCheck.objects.create(
            at=now,
            rows=result.rows,
            heads=result.heads,
            breaks=len(result.breaks),
            first_bad=result.breaks[0].number if result.breaks else None,
            seconds=round(ports.stopwatch() - began, 3),
        )
        after = {"rows": check.rows, "breaks": check.breaks, "first_bad": check.first_bad}
        record(actor=actor, tag="audit:journal:verify", object_id=check.pk, org_path="", after=after)
    return check


def _kept(found: Break, now: datetime) -> AuditBreak:
    return AuditBreak(
        fingerprint=found.fingerprint,
        number=found.number,
        problem=found.problem,
        detail=found.detail,
        found_at=now,
    )


def break_explain(*, actor: Actor, break_id: int, explanation: str) -> AuditBreak:
    """Keep the audit admin's explanation; the alarm ends when every break has one.

    Raises: InvalidInput `audit.explain.empty`, NotFound `audit.break.missing`,
    IllegalStep `audit.break.explained` when it has been explained before.
    """
    demand(actor, "explain")
    text = explanation.strip()
    if len(text) < SHORTEST_EXPLANATION:
        raise InvalidInput(
            "audit.explain.empty",
            field="explanation",
            say=f"请写明原因、经过和处置，不少于 {SHORTEST_EXPLANATION} 个字",
        )
    with transaction.atomic():
        found = AuditBreak.objects.select_for_update().filter(pk=break_id).first()
        if found is None:
            raise NotFound("audit.break.missing", say="没有这条核验异常")
        if found.explained_at:
            raise IllegalStep("audit.break.explained", say=f"{found.explained_by}已说明过这条异常")
        found.explained_at, found.explained_by, found.explanation = ports.now(), actor.name, text
        found.save()
        after = {"number": found.number, "problem": found.problem}
        record(
            actor=actor,
            tag="audit:break:explain",
            object_id=found.pk,
            org_path="",
            after=after,
            reason=text,
        )
    return found


def head_sign(*, actor: Actor) -> TreeHead:
    """The newest head, signed now if rows are waiting for one.

    Raises: NotFound `audit.empty` for an empty journal.
    """
    demand(actor, "sign")
    sequence(everything=True, sign=True)
    head = TreeHead.objects.order_by("-size").first()
    if head is None:
        raise NotFound("audit.empty", say="审计日志还没有记录，没有可签名的树头")
    return head
