"""Scheduled work: files no row speaks of are taken off the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from xiaobao.base.evidence import storage
from xiaobao.base.evidence.models import Evidence

GRACE = timedelta(days=1)
_BATCH = 500


def sweep(now: datetime) -> Mapping[str, int]:
    """How many files were removed: uploads cut off or rolled back, and disposed ones, a day old at least."""
    removed = 0
    found = storage.kept_before((now - GRACE).timestamp())
    while batch := list(islice(found, _BATCH)):
        for orphan in _orphans(batch):
            storage.remove(orphan)
            removed += 1
    return {"removed": removed}


def _orphans(paths: list[str]) -> Iterator[str]:
    known = set(
        Evidence.objects.filter(path__in=paths, disposed_at__isnull=True).values_list("path", flat=True)
    )
    return (path for path in paths if path not in known)
