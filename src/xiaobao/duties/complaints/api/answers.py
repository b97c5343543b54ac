"""What programs hear. Personal data is masked; every refusal has the one shape of `ErrorOut`.

What a program reads is the very row a page draws (`domain.rows`): its columns are the API's, its
computed properties are not. Here stand only the answers that have no such row.
"""

from __future__ import annotations

from datetime import date

from ninja import Schema

from xiaobao.duties.complaints.domain.rows import GuardItem


class FaultOut(Schema):
    """One thing wrong with what was sent: where, what, by which rule."""

    code: str
    message: str
    field: str | None
    rule: str | None


class ErrorOut(Schema):
    """The one shape of every refusal. `faults`: everything wrong with the input, the first one above too."""

    code: str
    message: str
    field: str | None
    rule: str | None
    source: str | None
    retryable: bool
    faults: list[FaultOut] = []


class DoneOut(Schema):
    """Where the complaint stands after the command; `created` False: it was there already."""

    complaint_id: int
    no: str
    stage: str
    version: int
    due_on: date
    created: bool


class GuardsOut(Schema):
    """“5 项条件已满足 3 项”."""

    command: str
    ok: bool
    may: bool
    met: int
    total: int
    sentence: str
    items: list[GuardItem]


class BulkRefusalOut(Schema):
    """One that stayed, and what it lacks."""

    id: int
    no: str
    reason: str
    missing: list[GuardItem]


class BulkOut(Schema):
    """What went and what stayed."""

    command: str
    done: list[int]
    refused: list[BulkRefusalOut]


class LatenessOut(Schema):
    """Answers later than 15, 30, 60 natural days."""

    answered: int
    unanswered: int
    later_than: dict[str, int]
    later_than_full_days: dict[str, int]
    rule: str
    definition: str
