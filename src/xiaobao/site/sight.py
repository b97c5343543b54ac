"""Whether the asker may know that the objects of an address exist.

A post that lacks a command is told so (403) about an object it may see. About any other
object it is told what it is told about an object that does not exist: 404.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xiaobao.base.evidence.selectors import evidence_get
from xiaobao.base.people.selectors import org_seen, user_get
from xiaobao.duties.complaints.selectors.scope import complaint_row
from xiaobao.kernel.errors import NotAllowed, NotFound
from xiaobao.kernel.identity import Actor

SEEN: dict[str, Callable[[Actor, int], object]] = {
    "complaint_id": complaint_row,
    "evidence_id": evidence_get,
    "org_id": org_seen,
    "user_id": user_get,
}
"""Argument of an address -> the selector that answers it within the asker's scope."""


def knows_of(actor: Actor | None, named: Mapping[str, Any]) -> bool:
    """Whether everything the address names is the asker's to see; what no selector answers for is not."""
    if actor is None:
        return False
    try:
        return all(name in SEEN and SEEN[name](actor, value) is not None for name, value in named.items())
    except (NotFound, NotAllowed):
        return False
