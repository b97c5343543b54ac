"""When a unit moves in the bank's tree, the rows other rooms keep by its path follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiaobao.duties.complaints.services import complaints_follow_move
from xiaobao.kernel.identity import system_actor


def complaints_follow(payload: Mapping[str, Any], key: str) -> None:
    """Complaints of the unit keep belonging to it."""
    actor = system_actor("机构调整", via="event")
    complaints_follow_move(actor=actor, old=payload["from"], new=payload["to"])
