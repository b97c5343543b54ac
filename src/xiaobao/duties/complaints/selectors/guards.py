"""What would have to be true before a click: the same guards the command asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from xiaobao.duties.complaints.domain import guards
from xiaobao.duties.complaints.domain.access import allowed
from xiaobao.duties.complaints.domain.facts import facts_of
from xiaobao.duties.complaints.domain.lifecycle import commands_from
from xiaobao.duties.complaints.domain.rows import Dossier, GuardReport
from xiaobao.duties.complaints.domain.values import Command, ExtensionState, Stage
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor

NEXT: dict[Stage, Command] = {
    Stage.REGISTERED: Command.ACCEPT,
    Stage.ACCEPTED: Command.ASSIGN,
    Stage.HANDLING: Command.PROPOSE,
    Stage.PENDING: Command.APPROVE,
    Stage.REPLIED: Command.CLOSE,
    Stage.RECHECK: Command.CONCLUDE,
}
_UNSEEN = frozenset({Command.ARCHIVE})


def complaint_guards(
    actor: Actor, complaint: Dossier, command: Command, claims: Mapping[str, Any] | None = None
) -> GuardReport:
    """Every condition of `command` with its state, no statement.

    `claims` are facts a form is about to add (names of `domain.guards.CaseFacts`), so that a
    page can count along while somebody types: `{"has_cause": True}`.
    """
    facts = facts_of(complaint, actor=actor, command=command, today=ports.today())
    if claims:
        facts = replace(facts, **claims)
    return GuardReport(command, guards.examine(command, facts), allowed(actor.roles, command))


def complaint_commands(actor: Actor, complaint: Dossier) -> tuple[GuardReport, ...]:
    """Guard reports of the commands the table knows from here and the actor's posts carry."""
    return tuple(
        complaint_guards(actor, complaint, command)
        for command in commands_from(complaint.stage)
        if command not in _UNSEEN and allowed(actor.roles, command)
    )


def next_command(complaint: Dossier) -> Command | None:
    """The step the main path takes from here: what the page's first button offers."""
    if complaint.extensions and complaint.extensions[-1]["state"] == ExtensionState.ASKED:
        return Command.GRANT
    if complaint.stage is Stage.PENDING and complaint.decisions[-1]["state"] == "approved":
        return Command.REPLY
    if complaint.stage is Stage.REPLIED and not complaint.told_on:
        return Command.DELIVER
    return NEXT.get(complaint.stage)
