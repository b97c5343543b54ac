"""Writes of the evidence room: store, move with its object, start the keeping time, dispose."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO

from django.db import connection, transaction

from xiaobao.base.audit.services import record
from xiaobao.base.evidence import intake, storage
from xiaobao.base.evidence.intake import Accepted
from xiaobao.base.evidence.limits import LIMITS, megabytes
from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.owners import owner_seen
from xiaobao.base.evidence.retention import keep_until
from xiaobao.base.evidence.selectors import usage_of
from xiaobao.kernel import ports
from xiaobao.kernel.errors import IllegalStep, InvalidInput, NotFound
from xiaobao.kernel.identity import Actor


def evidence_store(
    *, actor: Actor, org_path: str, owner: str, kind: str, name: str, content: BinaryIO | bytes | Accepted
) -> Evidence:
    """The checked and kept file of `owner` (`complaints:TS2026…`), which belongs to `org_path`.

    The same bytes for the same owner again are the same evidence. Images are written anew,
    so `sha256` is of what is kept and `source_sha256` of what was handed in.
    `content` may have been accepted before, by whoever stores inside a transaction of their own.
    Raises: InvalidInput with a sentence of messages.py; NotConfigured `evidence.scanner_away`;
    NotFound when neither the unit nor the object is the actor's to see.
    """
    if not (actor.sees(org_path) or owner_seen(actor, owner)):
        raise NotFound("evidence.missing")
    accepted = content if isinstance(content, Accepted) else intake.accept(name, content)
    kept = ""
    try:
        with transaction.atomic():
            _queue_up(owner)
            known = Evidence.objects.filter(
                owner=owner, source_sha256=accepted.source_sha256, disposed_at__isnull=True
            ).first()
            if known is not None:
                return known
            _check_quota(owner, len(accepted.data))
            kept = storage.keep(accepted.data, accepted.extension)
            return _written(actor, (org_path, owner, kind), accepted, kept)
    except BaseException:
        if kept:
            storage.remove(kept)
        raise


def evidence_move(*, actor: Actor, owner: str, org_path: str) -> int:
    """How many files followed their object to another unit."""
    with transaction.atomic():
        files = Evidence.objects.filter(owner=owner).exclude(org_path=org_path)
        moved = files.update(org_path=org_path)
        if moved:
            after = {"count": moved, "org_path": org_path}
            record(actor=actor, tag="evidence:file:move", object_id=owner, org_path=org_path, after=after)
        return moved


def evidence_retain(
    *, actor: Actor, owner: str, rule_id: str, started_on: date, facts: Mapping[str, Any] | None = None
) -> date | None:
    """Last day the owner's files must be kept, now written on each; None where the rule holds them without end.

    `facts` are what the rule asks for (`closed_at` and so on); the day asked of the rule book is `started_on`.
    Raises: InvalidInput `evidence.no_retention` where the rule gives no keeping time from these facts.
    """
    until = keep_until(rule_id, started_on, facts or {})
    with transaction.atomic():
        files = Evidence.objects.filter(owner=owner, disposed_at__isnull=True)
        unit = files.values_list("org_path", flat=True).first()
        if unit is None:
            return until
        files.update(retention_rule=rule_id, retention_from=started_on, keep_until=until)
        after = {"from": started_on.isoformat(), "keep_until": until.isoformat() if until else None}
        record(
            actor=actor,
            tag="evidence:file:retain",
            object_id=owner,
            org_path=unit,
            after=after,
            rules=[rule_id],
        )
        return until


def evidence_dispose(*, actor: Actor, evidence_id: int, reason: str) -> Evidence:
    """The file's row, its bytes gone for good after the commit.

    Raises: NotFound `evidence.missing`; IllegalStep `evidence.still_kept` before the day after its keeping time.
    """
    with transaction.atomic():
        found = Evidence.objects.select_for_update().filter(pk=evidence_id, disposed_at__isnull=True).first()
        if found is None or not actor.sees(found.org_path):
            raise NotFound("evidence.missing")
        if found.keep_until is None or found.keep_until >= ports.today():
            until = found.keep_until.isoformat() if found.keep_until else "保存期起算后确定的日期"
            raise IllegalStep("evidence.still_kept", until=until, rule=found.retention_rule or "未指定")
        found.disposed_at = ports.now()
        found.save(update_fields=["disposed_at"])
        record(
            actor=actor,
            tag="evidence:file:dispose",
            object_id=found.pk,
            org_path=found.org_path,
            before={"sha256": found.sha256, "keep_until": found.keep_until.isoformat()},
            rules=[found.retention_rule],
            reason=reason,
        )
        transaction.on_commit(lambda: storage.remove(found.path))
        return found


def evidence_read(*, actor: Actor, evidence: Evidence) -> None:
    """Note in the journal that the actor took the file."""
    with transaction.atomic():
        record(
            actor=actor,
            tag="evidence:file:read",
            object_id=evidence.pk,
            org_path=evidence.org_path,
            after={"sha256": evidence.sha256},
        )


def _queue_up(owner: str) -> None:
    """Two uploads for one object take turns, so that together they cannot pass the quota."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(7101, %s)", [zlib.crc32(owner.encode()) - 2**31])


def _check_quota(owner: str, size: int) -> None:
    usage = usage_of(owner)
    if usage.files >= LIMITS.owner_files:
        raise InvalidInput("evidence.quota_files", field="file", count=usage.files, limit=LIMITS.owner_files)
    if usage.size + size > LIMITS.owner_bytes:
        used, limit = megabytes(usage.size), megabytes(LIMITS.owner_bytes)
        raise InvalidInput("evidence.quota_bytes", field="file", used=used, limit=limit)


def _written(actor: Actor, place: tuple[str, str, str], accepted: Accepted, path: str) -> Evidence:
    org_path, owner, kind = place
    evidence = Evidence.objects.create(
        owner=owner,
        org_path=org_path,
        kind=kind,
        name=accepted.name,
        media_type=accepted.media_type,
        size=len(accepted.data),
        sha256=accepted.sha256,
        source_sha256=accepted.source_sha256,
        path=path,
        verdict=accepted.verdict,
        stored_at=ports.now(),
        stored_by_id=actor.user_id,
        stored_by_name=actor.name,
    )
    after = {"owner": owner, "kind": kind, "media_type": evidence.media_type, "size": evidence.size}
    record(
        actor=actor,
        tag="evidence:file:store",
        object_id=evidence.pk,
        org_path=org_path,
        after={**after, "sha256": evidence.sha256, "verdict": evidence.verdict},
    )
    return evidence
