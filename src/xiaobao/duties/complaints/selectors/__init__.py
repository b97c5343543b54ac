"""Every read of the room, limited to what the asker may see; what is not theirs raises NotFound.

Rows are frozen values of `domain.rows`, never tables.

complaint_get(*, actor, complaint_id) -> Dossier                          2 statements
complaint_by_no(*, actor, no) -> Dossier                                  3 statements
complaint_page(*, actor, complaint_id) -> PageView                        2 statements
complaint_list(*, actor, filters: ListFilters, cursor="", limit=50) -> Page   1 statement (2 with text)
complaint_counts(*, actor) -> Counts                                      0-1 statements (kept 15 s)
complaint_timeline(*, actor, complaint_id) -> tuple[TimelineItem, ...]
complaint_clock(*, actor, complaint_id) -> ClockView
complaint_guards(actor, complaint: Dossier, command, claims={}) -> GuardReport    0 statements
complaint_commands(actor, complaint: Dossier) -> tuple[GuardReport, ...]  what the page offers
complaint_duplicates(*, actor, phone="", id_number="", text="", received_on=None, but=None)
    -> tuple[Duplicate, ...]
workbench(*, actor) -> Workbench
bulk_outlook(*, actor, command, ids) -> BulkOutlook                       2 statements: who can go, who cannot
heat_map(*, actor, since, until, facet="business"|"reason", scope="", business="") -> HeatMap
complaint_export(*, actor, filters, limit=5000) -> tuple[Row, ...]        masked lines for a file
draft_get(*, actor, key) -> dict | None, drafts_of, drafts_count(*, actor); views_of(*, actor) -> tuple
notices_list(*, actor) -> tuple; notices_bound(*, actor, notices) -> dict; notice_reach(*, actor, order) -> Reach
handlers_for(*, actor, complaint: Dossier) -> tuple[Load, ...]                     whom a person may assign
"""

from __future__ import annotations

from xiaobao.duties.complaints.selectors.bulk import bulk_outlook
from xiaobao.duties.complaints.selectors.dossiers import (
    complaint_by_no,
    complaint_get,
    complaint_timeline,
)
from xiaobao.duties.complaints.selectors.duplicates import complaint_duplicates
from xiaobao.duties.complaints.selectors.guards import (
    complaint_commands,
    complaint_guards,
    next_command,
)
from xiaobao.duties.complaints.selectors.heat import heat_map
from xiaobao.duties.complaints.selectors.listing import (
    complaint_counts,
    complaint_export,
    complaint_list,
    open_counted,
)
from xiaobao.duties.complaints.selectors.loads import handlers_for, load_of_handlers
from xiaobao.duties.complaints.selectors.notices import notice_reach, notices_bound, notices_list
from xiaobao.duties.complaints.selectors.pages import clock_of, complaint_clock, complaint_page
from xiaobao.duties.complaints.selectors.personal import draft_get, drafts_count, drafts_of, views_of
from xiaobao.duties.complaints.selectors.workbench import workbench

__all__ = [
    "bulk_outlook",
    "clock_of",
    "complaint_by_no",
    "complaint_clock",
    "complaint_commands",
    "complaint_counts",
    "complaint_duplicates",
    "complaint_export",
    "complaint_get",
    "complaint_guards",
    "complaint_list",
    "complaint_page",
    "complaint_timeline",
    "draft_get",
    "drafts_count",
    "drafts_of",
    "handlers_for",
    "heat_map",
    "load_of_handlers",
    "next_command",
    "notice_reach",
    "notices_bound",
    "notices_list",
    "open_counted",
    "views_of",
    "workbench",
]
