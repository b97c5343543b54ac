"""Who may do what: one literal table, role -> commands. Reading has its own line."""

from __future__ import annotations

from xiaobao.duties.complaints.domain.values import Command
from xiaobao.kernel.roles import Role

_WORK = frozenset(
    {
        Command.RECEIVE,
        Command.CODE,
        Command.INVESTIGATE,
        Command.PROPOSE,
        Command.REPLY,
        Command.DELIVER,
        Command.CLOSE,
        Command.EXTEND,
        Command.NOTIFY,
        Command.SUSPEND,
        Command.RESUME,
        Command.RESTART,
        Command.REFER,
        Command.REPORT,
        Command.WITHDRAW,
        Command.RECHECK,
        Command.ASK,
        Command.MEET,
    }
)
_INTAKE = frozenset(
    {
        Command.ACCEPT,
        Command.DECLINE,
        Command.TRANSFER,
        Command.MERGE,
        Command.CORRECT,
        Command.REOPEN,
        Command.MAJOR,
    }
)
_RULE = frozenset(
    {Command.ASSIGN, Command.APPROVE, Command.RETURN, Command.GRANT, Command.DENY, Command.CONCLUDE}
)

ACCESS: dict[Role, frozenset[Command]] = {
    Role.HANDLER: _WORK,
    Role.OFFICER: _WORK | _INTAKE | {Command.ASSIGN},
    Role.UNIT_HEAD: _WORK | _INTAKE | _RULE,
    Role.LEADER: _WORK | _INTAKE | _RULE,
    Role.EXECUTIVE: _RULE,
    Role.INTEGRATION: frozenset(
        {
            Command.RECEIVE,
            Command.CODE,
            Command.REFER,
            Command.WITHDRAW,
            Command.INVESTIGATE,
            Command.DELIVER,
            Command.CLOSE,
        }
    ),
    Role.INTERNAL_AUDIT: frozenset(),
    Role.EXAMINER: frozenset(),
    Role.SYSTEM_ADMIN: frozenset(),
    Role.AUDIT_ADMIN: frozenset(),
    Role.SECURITY_ADMIN: frozenset(),
    Role.SYSTEM: frozenset(Command),
}

READERS: frozenset[Role] = frozenset(
    {
        Role.HANDLER,
        Role.OFFICER,
        Role.UNIT_HEAD,
        Role.LEADER,
        Role.EXECUTIVE,
        Role.INTEGRATION,
        Role.INTERNAL_AUDIT,
        Role.EXAMINER,
        Role.SYSTEM,
    }
)
"""Roles that may read complaints of their subtree. The three admin posts may not."""

REVEALERS: frozenset[Role] = frozenset({Role.HANDLER, Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.SYSTEM})
"""Roles that may see a party's data in clear, with a recorded reason."""

NOTICE_ISSUERS: frozenset[Role] = frozenset({Role.LEADER, Role.EXECUTIVE, Role.SYSTEM})
"""Roles that may issue an emergency notice or an internal target."""

EXPORTERS: frozenset[Role] = frozenset({Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.SYSTEM})
"""Roles that may take a list out of the house as a file."""


def allowed(roles: frozenset[Role], command: Command) -> bool:
    """Whether any of the roles carries the command."""
    return any(command in ACCESS[role] for role in roles)
