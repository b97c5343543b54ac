"""Every write of this room, one function a command."""

from __future__ import annotations

from xiaobao.base.people.services.org import org_close, org_create, org_move, org_rename
from xiaobao.base.people.services.reveal import reveal_record
from xiaobao.base.people.services.user import (
    session_end,
    user_change_roles,
    user_create,
    user_disable,
    user_enable,
    user_end_sessions,
    user_prefer,
    user_reset,
    user_revoke_factors,
)

__all__ = [
    "org_close",
    "org_create",
    "org_move",
    "org_rename",
    "reveal_record",
    "session_end",
    "user_change_roles",
    "user_create",
    "user_disable",
    "user_enable",
    "user_end_sessions",
    "user_prefer",
    "user_reset",
    "user_revoke_factors",
]
