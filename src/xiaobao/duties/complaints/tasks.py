"""Scheduled work of the room; each is safe to run twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache

from xiaobao.duties.complaints.services import clock_breach, clock_rederive, drafts_expire, sealed_renew
from xiaobao.duties.complaints.services.notices import own_rules_stand
from xiaobao.kernel import ports
from xiaobao.kernel.identity import system_actor

DAY_SECONDS = 26 * 3600


def rederive_nightly(now: datetime) -> Mapping[str, Any]:
    """Differences between cached and re-derived clocks, once a day; reported, never silently rewritten.

    First the bank's standing own periods are put on open complaints that do not keep them yet.
    """
    as_of = ports.local(now).date()
    if not cache.add(f"complaints:rederived:{as_of}", True, DAY_SECONDS):
        return {"checked": False}
    own = own_rules_stand(actor=system_actor("本行规定"))
    found = clock_rederive(actor=system_actor("时限复核"), as_of=as_of)
    numbers = sorted({one.no for one in found})[:20]
    return {"checked": True, "own_rules": own, "differences": len(found), "complaints": numbers}


def reseal_nightly(now: datetime) -> Mapping[str, Any]:
    """How many sealed rows moved to the vault's newest key, once a day; none between two rotations."""
    if not cache.add(f"complaints:resealed:{ports.local(now).date()}", True, DAY_SECONDS):
        return {"checked": False}
    return {"checked": True, "resealed": sealed_renew(actor=system_actor("密钥轮换"))}


def record_breaches(now: datetime) -> Mapping[str, Any]:
    """How many breaches were put on record now."""
    return {"breaches": clock_breach(actor=system_actor("时限登记"))}


def drop_old_drafts(now: datetime) -> Mapping[str, Any]:
    """How many registration drafts nobody has touched for `DRAFT_DAYS` went away; 0 keeps them all."""
    days = settings.DRAFT_DAYS
    if not days:
        return {"drafts": 0}
    return {"drafts": drafts_expire(actor=system_actor("草稿清理"), before=now - timedelta(days))}
