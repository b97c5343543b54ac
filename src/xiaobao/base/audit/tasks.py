"""Scheduled work of the journal."""

from __future__ import annotations

from datetime import datetime

from xiaobao.base.audit.models import AuditCheck
from xiaobao.base.audit.sequencer import sequence
from xiaobao.base.audit.services import journal_check
from xiaobao.kernel import ports
from xiaobao.kernel.identity import system_actor

NIGHT_HOUR = 2


def number_entries(now: datetime) -> dict[str, int]:
    """Number what is committed; counts of leaves and heads made."""
    done = sequence()
    return {"leaves": done.leaves, "heads": int(done.head is not None)}


def verify_nightly(now: datetime) -> dict[str, int]:
    """Verify once a day, at the first run after two o'clock at night (Shanghai)."""
    local = ports.local(now)
    night = local.replace(hour=NIGHT_HOUR, minute=0, second=0, microsecond=0)
    if local < night or AuditCheck.objects.filter(at__gte=night).exists():
        return {"checks": 0, "breaks": 0}
    check = journal_check(actor=system_actor("审计核验"))
    return {"checks": 1, "breaks": check.breaks}
