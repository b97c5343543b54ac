"""Complaints of the US Consumer Financial Protection Bureau's public database (data set `cfpb`).

The bureau gives days, not hours: a day begins at midnight on Shanghai's clock. It writes
`None` or `N/A` where it has nothing. Files of 2011-2016 carry no complaint number; the
number is then made from the row itself, so a second reading finds the same complaints.
"""

from __future__ import annotations

from datetime import datetime

from xiaobao.duties.complaints.domain.intake_formats.cells import Cells
from xiaobao.duties.complaints.domain.intake_formats.cfpb_codes import SUBMITTED, codes_of
from xiaobao.duties.complaints.domain.intake_formats.digests import body_digest
from xiaobao.duties.complaints.domain.intake_formats.formats import IntakeFormat
from xiaobao.duties.complaints.domain.intake_formats.values import IntakeRow, with_original
from xiaobao.duties.complaints.domain.values import Channel, Intake

RECEIVED, SENT, NARRATIVE = "Date received", "Date sent to company", "Consumer complaint narrative"
RESPONSE = "Company response to consumer"
WITHOUT_WORDS = "（来源未公布投诉人原文）"
REQUIRED = (RECEIVED, "Product", "Issue", "Company", "Submitted via", SENT)
NOTHING = frozenset({"None", "N/A"})
FORMS = ("%Y-%m-%d", "%m/%d/%Y")
_KEPT = (
    "Product",
    "Sub-product",
    "Issue",
    "Sub-issue",
    "Company",
    "Submitted via",
    "Company public response",
    "State",
    "ZIP code",
    "Tags",
    "Consumer consent provided?",
    RESPONSE,
    "Timely response?",
    "Consumer disputed?",
)


def parse(cells: Cells, line: int, now: datetime) -> IntakeRow | None:
    """The row as a complaint, or None when `cells.faults` tells why not."""
    received_at = cells.moment(RECEIVED, now=now, required=True, forms=FORMS)
    sent_at = cells.moment(SENT, now=now, forms=FORMS)
    cells.before(RECEIVED, received_at, SENT, sent_at)
    for column in _KEPT:
        cells.text(column, limit=400, required=column in REQUIRED)
    cells.prose(NARRATIVE)
    number = cells.text("Complaint ID", limit=60)
    if cells.faults or received_at is None:
        return None
    words = {column: cells.raw(column) for column in (*_KEPT, NARRATIVE)}
    number = number or "R" + body_digest(words, [(RECEIVED, received_at), (SENT, sent_at)])[:24]
    sent = ((SENT, sent_at.date().isoformat()),) if sent_at else ()
    intake = _intake(words, number, received_at, cells.kept(_KEPT) + sent)
    closed = words[RESPONSE].startswith("Closed")
    return IntakeRow(line, intake, is_history=closed, reply=_reply(words) if closed else "")


def _reply(words: dict[str, str]) -> str:
    """What the source tells of the company's answer; it gives no day and no text of it."""
    parts = (words[RESPONSE], words["Company public response"])
    return "；".join(part for part in parts if part)


def _intake(
    words: dict[str, str], number: str, received_at: datetime, original: tuple[tuple[str, str], ...]
) -> Intake:
    codes = codes_of(words["Product"], words["Issue"])
    return Intake(
        channel=SUBMITTED.get(words["Submitted via"], Channel.OTHER),
        received_at=received_at,
        org_code="",
        title=f"{words['Product']}: {words['Issue']}"[:200],
        facts=with_original(words[NARRATIVE] or WITHOUT_WORDS, original),
        product=words["Sub-product"] or words["Product"],
        anonymous_reason="来源公开数据已匿名",
        channel_code=codes.channel_code,
        business_code=codes.business_code,
        reason_code=codes.reason_code,
        source_system="cfpb",
        source_no=number,
        duplicates_seen=True,
    )


COLUMNS = {"facts": NARRATIVE, "received_at": RECEIVED, "title": "Issue", "product": "Sub-product"}
CFPB = IntakeFormat("cfpb", REQUIRED, "Complaint ID", parse, NOTHING, COLUMNS)
