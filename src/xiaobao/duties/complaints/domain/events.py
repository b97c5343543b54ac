"""What happened, as other rooms hear it: one event a command, named in the past."""

from __future__ import annotations

from xiaobao.duties.complaints.domain.values import Command

NAMES: dict[Command, str] = {
    Command.RECEIVE: "Received",
    Command.ACCEPT: "Accepted",
    Command.DECLINE: "Declined",
    Command.TRANSFER: "Transferred",
    Command.WITHDRAW: "Withdrawn",
    Command.MERGE: "Merged",
    Command.CORRECT: "Corrected",
    Command.ASSIGN: "Assigned",
    Command.INVESTIGATE: "Investigated",
    Command.CODE: "Coded",
    Command.PROPOSE: "Proposed",
    Command.APPROVE: "Approved",
    Command.RETURN: "Returned",
    Command.REPLY: "Replied",
    Command.DELIVER: "Delivered",
    Command.CLOSE: "Closed",
    Command.REOPEN: "Reopened",
    Command.RECHECK: "RecheckAsked",
    Command.CONCLUDE: "Concluded",
    Command.EXTEND: "ExtensionAsked",
    Command.GRANT: "ExtensionGranted",
    Command.DENY: "ExtensionDenied",
    Command.NOTIFY: "ExtensionTold",
    Command.SUSPEND: "Suspended",
    Command.RESUME: "Resumed",
    Command.RESTART: "Restarted",
    Command.REFER: "Referred",
    Command.REPORT: "Reported",
    Command.ASK: "PapersAsked",
    Command.MEET: "Met",
    Command.MAJOR: "MajorFound",
    Command.ARCHIVE: "Archived",
}
"""Published as `complaints.<name>`, key `<no>:<version>`.

Payload: complaint_id, no, title, org_path, handling_path, handler_id, stage, from, is_open,
is_paused, due_on, received_on (ISO days), and what the command adds (see its service).
"""
