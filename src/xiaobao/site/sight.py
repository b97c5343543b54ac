"""Whether the asker may know that the objects of an address exist.

A post that lacks a command is told so (403) about an object it may see. About any other
object it is told what it is told about an object that does not exist: 404, whatever else is
wrong with the request.
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

PUBLIC = frozenset(
    {
        "article",
        "code",
        "command",
        "figure_id",
        "name",
        "review_id",
        "rule_id",
        "size",
        "span",
        "version",
        "year",
    }
)
"""Arguments that name nothing of a unit: they are the same for the whole bank."""

REFUSED = frozenset({403, 405})
WRONG = frozenset({400, 409, 422})


def hides(actor: Actor | None, named: Mapping[str, Any], status: int) -> bool:
    """Whether an answer with this status would tell the asker that a hidden object exists.

    A refusal tells it for every object; other errors only where a selector can say so.
    """
    objects = {name: value for name, value in named.items() if name not in PUBLIC}
    if not objects or status not in REFUSED | WRONG:
        return False
    if status == 405:
        return True
    if status in WRONG:
        objects = {name: value for name, value in objects.items() if name in SEEN}
    return not all(_seen(actor, name, value) for name, value in objects.items())


def _seen(actor: Actor | None, name: str, value: Any) -> bool:
    if actor is None or name not in SEEN:
        return False
    try:
        SEEN[name](actor, value)
    except (NotFound, NotAllowed):
        return False
    return True
