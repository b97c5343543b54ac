"""What programs hear. Personal data is masked; every refusal has the one shape of `ErrorOut`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Schema


class ErrorOut(Schema):
    """The one shape of every refusal."""

    code: str
    message: str
    field: str | None
    rule: str | None
    source: str | None
    retryable: bool


class DoneOut(Schema):
    """Where the complaint stands after the command; `created` False: it was there already."""

    complaint_id: int
    no: str
    stage: str
    version: int
    due_on: date
    created: bool


class RowOut(Schema):
    """One line of the list; personal data masked."""

    id: int
    no: str
    title: str
    complainant: str
    channel: str
    stage: str
    is_regulator: bool
    is_paused: bool
    product: str
    business_code: str
    reason_code: str
    org_path: str
    org_name: str
    handler_id: int | None
    handler_name: str
    received_on: date
    due_on: date
    legal_due_on: date | None
    due_source: str
    hand_overs: int
    version: int
    days_left: int
    closed_at: datetime | None
    was_late: bool | None


class PageOut(Schema):
    """Lines and the cursor of the next ones, '' at the end; `total` exact where a text was asked for."""

    rows: list[RowOut]
    next: str
    total: int | None


class GuardOut(Schema):
    """One condition before a command."""

    name: str
    label: str
    ok: bool
    missing: str
    rule: str
    article: str


class GuardsOut(Schema):
    """“5 项条件已满足 3 项”."""

    command: str
    ok: bool
    may: bool
    met: int
    total: int
    sentence: str
    items: list[GuardOut]


class BulkRefusalOut(Schema):
    """One that stayed, and what it lacks."""

    id: int
    no: str
    reason: str
    missing: list[GuardOut]


class BulkOut(Schema):
    """What went and what stayed."""

    command: str
    done: list[int]
    refused: list[BulkRefusalOut]


class StepOut(Schema):
    """One event of the timeline."""

    id: int
    command: str
    at: datetime
    entered_at: datetime
    stage_from: str
    stage_to: str
    actor: str
    via: str
    say: str
    rules: list[str]


class ClockStepOut(Schema):
    """One stretch of the count."""

    kind: str
    start: date
    end: date
    days: int
    say: str
    rule: str
    article: str


class ClockOut(Schema):
    """“为什么是这一天”."""

    due_on: date
    legal_due_on: date | None
    due_source: str
    rule: str
    rule_version: str
    article: str
    calendar_version: str
    is_paused: bool
    agrees: bool
    sentence: str
    warnings: list[str]
    steps: list[ClockStepOut]


class DuplicateOut(Schema):
    """A likely duplicate with its reasons."""

    id: int
    no: str
    title: str
    complainant: str
    stage: str
    received_on: date
    org_name: str
    score: int
    reasons: list[str]


class LatenessOut(Schema):
    """Answers later than 15, 30, 60 natural days."""

    answered: int
    unanswered: int
    later_than: dict[str, int]
    later_than_full_days: dict[str, int]
    rule: str
    definition: str


class ComplaintOut(Schema):
    """A complaint with its papers; parties masked."""

    id: int
    no: str
    stage: str
    version: int
    channel: str
    title: str
    facts: str
    request: str
    product: str
    amount_fen: int | None
    currency: str
    complainant: str
    anonymous_reason: str
    received_at: datetime
    entered_at: datetime
    org_path: str
    org_name: str
    handling_path: str
    handling_name: str
    handler_id: int | None
    handler_name: str
    channel_code: str
    business_code: str
    reason_code: str
    code_set: str
    complexity: str
    is_open: bool
    is_regulator: bool
    is_paused: bool
    due_on: date
    due_source: str
    legal_due_on: date | None
    due_rule: str
    due_rule_version: str
    decided_on: date | None
    replied_at: datetime | None
    told_on: date | None
    closed_at: datetime | None
    was_late: bool | None
    cause: str
    source_system: str
    source_no: str
    source_replied_at: datetime | None
    source_reply: str
    parties: list[dict[str, Any]]
    referrals: list[dict[str, Any]]
    assignments: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    replies: list[dict[str, Any]]
    extensions: list[dict[str, Any]]
    rechecks: list[dict[str, Any]]
