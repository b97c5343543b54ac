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
from xiaobao.duties.complaints.domain.intake_formats.values import IntakeRow
from xiaobao.duties.complaints.domain.values import Channel, Intake

RECEIVED, SENT, NARRATIVE = "Date received", "Date sent to company", "Consumer complaint narrative"
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
    "Company response to consumer",
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
    narrative = cells.prose(NARRATIVE)
    number = cells.text("Complaint ID", limit=60)
    if cells.faults or received_at is None:
        return None
    words = {column: cells.raw(column) for column in (*_KEPT, NARRATIVE)}
    digest = body_digest(words, [(RECEIVED, received_at), (SENT, sent_at)])
    sent = ((SENT, sent_at.date().isoformat()),) if sent_at else ()
    return IntakeRow(
        line=line,
        intake=_intake(words, number or f"R{digest[:24]}", received_at, narrative),
        digest=digest,
        original=cells.kept(_KEPT) + sent,
    )


def _intake(words: dict[str, str], number: str, received_at: datetime, narrative: str) -> Intake:
    codes = codes_of(words["Product"], words["Issue"])
    return Intake(
        channel=SUBMITTED.get(words["Submitted via"], Channel.OTHER),
        received_at=received_at,
        org_code="",
        title=f"{words['Product']}: {words['Issue']}"[:200],
        facts=narrative or _facts_without_words(words),
        product=words["Sub-product"] or words["Product"],
        anonymous_reason="来源公开数据已匿名",
        channel_code=codes.channel_code,
        business_code=codes.business_code,
        reason_code=codes.reason_code,
        source_system="cfpb",
        source_no=number,
        duplicates_seen=True,
    )


def _facts_without_words(words: dict[str, str]) -> str:
    """What the source tells when the consumer's own words were not published."""
    told = [words[column] for column in ("Product", "Sub-product", "Issue", "Sub-issue", "Company")]
    return "（来源未公布投诉人原文）" + " / ".join(part for part in told if part)


CFPB = IntakeFormat("cfpb", REQUIRED, "Complaint ID", parse, NOTHING)
