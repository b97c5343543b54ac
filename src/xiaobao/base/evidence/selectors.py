"""Reads of the evidence room: files of one object, one file, what may be disposed of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from xiaobao.base.evidence.models import Evidence
from xiaobao.base.evidence.owners import owner_seen
from xiaobao.base.people.selectors import path_range
from xiaobao.base.statements import Given, Statement
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

_FILES = Statement(
    lambda: Evidence.objects.filter(owner=Given("owner"), disposed_at__isnull=True).order_by(
        "stored_at", "pk"
    )
)


@dataclass(frozen=True, slots=True)
class Usage:
    """How much one object's files take."""

    files: int
    size: int


def evidence_of(owner: str, actor: Actor) -> list[Evidence]:
    """The object's files the actor may see, oldest first."""
    files = _FILES.objects(owner=owner)
    if files and not owner_seen(actor, owner):
        low, high = path_range(actor.scope)
        return [file for file in files if low <= file.org_path < high]
    return files


def evidence_get(actor: Actor, evidence_id: int) -> Evidence:
    """One file. Raises: NotFound `evidence.missing` where it is absent or not the actor's to see."""
    found = Evidence.objects.filter(pk=evidence_id, disposed_at__isnull=True).first()
    if found is None or not (actor.sees(found.org_path) or owner_seen(actor, found.owner)):
        raise NotFound("evidence.missing")
    return found


def usage_of(owner: str) -> Usage:
    """Files and bytes kept for the object."""
    kept = Evidence.objects.filter(owner=owner, disposed_at__isnull=True)
    sums = kept.aggregate(files=Count("pk"), size=Sum("size"))
    return Usage(sums["files"], sums["size"] or 0)


def evidence_past_keeping(day: date) -> QuerySet[Evidence]:
    """Files whose keeping time ended before `day`; those without a date are kept."""
    return Evidence.objects.filter(keep_until__lt=day, disposed_at__isnull=True).order_by("keep_until", "pk")
