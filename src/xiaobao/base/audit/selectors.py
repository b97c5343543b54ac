"""Every read of the journal, limited to what the asker may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from xiaobao.base.audit.access import demand, journal_scope, root_of
from xiaobao.base.audit.models import AuditBreak, AuditCheck, AuditEntry, AuditLeaf, TreeHead
from xiaobao.base.audit.terms import Problem
from xiaobao.base.audit.verification import row_problem
from xiaobao.kernel import ports
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

WHOLE_BANK = "全行"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of entries is narrowed to; empty fields do not narrow."""

    tag: str = ""
    actor_name: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None


def entries(actor: Actor, filters: Filters, *, before: int = 0, limit: int = 50) -> list[AuditEntry]:
    """Entries of the asker's subtree, newest first, with ids below `before` (0: from the newest)."""
    demand(actor, "read")
    found = _visible(actor).filter(**_conditions(filters))
    if before:
        found = found.filter(id__lt=before)
    return list(found.select_related("leaf").order_by("-id")[:limit])


def entry_get(actor: Actor, entry_id: int) -> AuditEntry:
    """The entry. Raises: NotFound `audit.entry.missing` when it is not there or not theirs to see."""
    demand(actor, "read")
    entry = _visible(actor).select_related("leaf").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("audit.entry.missing", say="没有这条审计记录，或不在您的查看范围内")
    return entry


def entry_problem(entry: AuditEntry) -> Problem | None:
    """What is wrong with this one entry by its own columns and leaf; None when they agree."""
    number = entry_number(entry)
    leaf = entry.leaf.hash if number is not None else None
    columns = (entry.at, entry.tag, entry.object_id, entry.org_path, entry.actor_id, entry.actor_name)
    return row_problem((number, leaf, entry.salt, entry.body, *columns))


def org_names(paths: Iterable[str]) -> dict[str, str]:
    """Names of the units at these paths; the room people stands above this one and is not imported."""
    units = apps.get_model("people", "OrgUnit").objects.filter(path__in={path for path in paths if path})
    return {"": WHOLE_BANK, **dict(units.values_list("path", "name"))}


def entry_number(entry: AuditEntry) -> int | None:
    """The entry's number in the tree; None while it waits for it."""
    return entry.leaf.number if hasattr(entry, "leaf") else None


def heads(actor: Actor, *, limit: int = 50) -> list[TreeHead]:
    """The newest signed heads."""
    demand(actor, "read")
    return list(TreeHead.objects.order_by("-size")[:limit])


def head_get(actor: Actor, size: int) -> TreeHead:
    """The head over `size` rows. Raises: NotFound `audit.head.missing`."""
    demand(actor, "read")
    head = TreeHead.objects.filter(size=size).first()
    if head is None:
        raise NotFound("audit.head.missing", say="没有这个树头")
    return head


def checks(actor: Actor, *, limit: int = 30) -> list[AuditCheck]:
    """The latest verifications."""
    demand(actor, "read")
    return list(AuditCheck.objects.order_by("-id")[:limit])


def breaks(actor: Actor) -> list[AuditBreak]:
    """Every broken link ever found, unexplained ones first."""
    demand(actor, "read")
    return sorted(AuditBreak.objects.all(), key=lambda found: (found.explained_at is not None, found.number))


def journal_size() -> int:
    """Rows that have a number."""
    last = AuditLeaf.objects.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def audit_alarm() -> str:
    """The sentence every case page shows while a broken link is unexplained; '' when all is well."""
    found = AuditBreak.objects.filter(explained_at__isnull=True).order_by("number").first()
    if found is None:
        return ""
    day = ports.local(found.found_at).date().isoformat()
    return f"审计日志核验未通过：{found.detail}（{day} 发现）。审计管理员说明原因之前，请勿仅凭系统记录作出认定。"


def _visible(actor: Actor) -> QuerySet[AuditEntry]:
    scope = journal_scope(actor)
    inside = Q(org_path__startswith=scope)
    if scope == root_of(scope):
        inside |= Q(org_path="")
    return AuditEntry.objects.filter(inside)


def _conditions(filters: Filters) -> dict[str, Any]:
    tag = "tag__startswith" if filters.tag.endswith(":") else "tag"
    wanted = {
        tag: filters.tag,
        "actor_name": filters.actor_name,
        "object_id": filters.object_id,
        "at__gte": _midnight(filters.since),
        "at__lt": _midnight(filters.until + timedelta(days=1)) if filters.until else None,
    }
    return {name: value for name, value in wanted.items() if value}


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ports.SHANGHAI) if day else None
