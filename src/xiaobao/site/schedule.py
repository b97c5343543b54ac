"""Scheduled work of every room: one literal table, run by `xiaobao tick`.

Each work takes the present moment, is idempotent, and answers counts. One that fails is
reported and stops no other. A room's work is added in one line of `works`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from xiaobao.kernel import ports
from xiaobao.site.refusals import is_database_away

Work = Callable[[datetime], Mapping[str, Any]]

log = logging.getLogger(__name__)


def works() -> dict[str, Work]:
    """Name -> work, in the order they run. Imported late, when every room is loaded."""
    from xiaobao.base.audit import tasks as audit
    from xiaobao.base.events import tasks as events
    from xiaobao.base.evidence import tasks as evidence
    from xiaobao.base.impact import services as impact
    from xiaobao.base.inbox import ticking as inbox
    from xiaobao.base.search import renewal as search
    from xiaobao.duties.complaints import tasks as complaints

    return {
        "events.deliver": events.deliver_waiting,
        "search.renew": search.renew_if_stale,
        "complaints.breach": complaints.record_breaches,
        "complaints.rederive": complaints.rederive_nightly,
        "complaints.reseal": complaints.reseal_nightly,
        "complaints.drafts": complaints.drop_old_drafts,
        "inbox.remind": lambda now: asdict(inbox.tick(now)),
        "impact.renew": impact.reviews_renew,
        "events.prune": events.prune,
        "evidence.sweep": evidence.sweep,
        "audit.number": audit.number_entries,
        "audit.verify": audit.verify_nightly,
    }


def run_all(now: datetime, table: Mapping[str, Work] | None = None) -> dict[str, dict[str, Any]]:
    """What each work reports: its counts, seconds, and `error` if it failed."""
    return {name: _run(name, work, now) for name, work in (table or works()).items()}


def _run(name: str, work: Work, now: datetime) -> dict[str, Any]:
    began = ports.stopwatch()
    try:
        result = dict(work(now))
    except Exception as error:
        # A database that is away is no fault of the work: one line a minute, no traceback.
        away = is_database_away(error)
        log.error("scheduled work %s failed: %s", name, type(error).__name__, exc_info=not away)
        result = {"error": f"{type(error).__name__}: {error}"}
    return result | {"seconds": round(ports.stopwatch() - began, 3)}
