"""The canonical text of an entry: sorted keys, no blanks, UTF-8; the same facts, the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from xiaobao.kernel.identity import Actor
from xiaobao.kernel.masks import mask_text

VERSION = 1


def canonical(facts: Mapping[str, Any]) -> str:
    """JSON text with sorted keys and no blanks.

    >>> canonical({"b": 1, "a": date(2026, 1, 10)})
    '{"a":"2026-01-10","b":1}'
    """
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def entry_facts(
    actor: Actor,
    at: datetime,
    place: tuple[str, str, str],
    change: tuple[Mapping[str, Any] | None, Mapping[str, Any] | None],
    why: tuple[Iterable[str], str],
) -> dict[str, Any]:
    """The facts of one entry; `place` is (tag, object id, org path), `why` is (rule ids, reason)."""
    tag, object_id, org_path = place
    rules, reason = why
    return {
        "v": VERSION,
        "at": moment(at),
        "actor": {
            "id": actor.user_id,
            "name": actor.name,
            "roles": sorted(actor.roles),
            "org": actor.org_path,
        },
        "via": actor.via,
        "ip": actor.ip,
        "request": actor.request_id,
        "tag": tag,
        "object": object_id,
        "org": org_path,
        "before": change[0],
        "after": change[1],
        "rules": list(rules),
        "reason": mask_text(reason) if reason else "",
    }


def moment(at: datetime) -> str:
    """UTC with microseconds: 2026-11-23T01:02:03.000004Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(str(item) for item in value)
    return str(value)
