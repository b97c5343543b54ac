"""Who may do what with figures: a literal table."""

from __future__ import annotations

from xiaobao.kernel.roles import Role

COMMANDS: dict[str, frozenset[Role]] = {
    "show": frozenset(
        {
            Role.OFFICER,
            Role.LEADER,
            Role.UNIT_HEAD,
            Role.EXECUTIVE,
            Role.INTERNAL_AUDIT,
            Role.EXAMINER,
            Role.AUDIT_ADMIN,
            Role.SYSTEM,
        }
    ),
    "freeze": frozenset({Role.LEADER, Role.SYSTEM}),
}
