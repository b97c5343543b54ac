"""Every read of the room, limited to what the asker may see; what is not theirs raises NotFound.

Rows are frozen values of `domain.rows`, never tables.

complaint_get(*, actor, complaint_id) -> Dossier                          1 statement
complaint_by_no(*, actor, no) -> Dossier                                  1 statement
complaint_page(*, actor, complaint_id) -> PageView                        2 statements
complaint_list(*, actor, filters: ListFilters, cursor="", limit=50) -> Page   1 statement (2 with text)
complaint_counts(*, actor) -> Counts                                      0-1 statement (kept 15 s)
complaint_timeline(*, actor, complaint_id) -> tuple[TimelineItem, ...]
complaint_clock(*, actor, complaint_id) -> ClockView
complaint_guards(actor, complaint: Dossier, command, claims={}) -> GuardReport    0 statements
complaint_commands(actor, complaint: Dossier) -> tuple[GuardReport, ...]  what the page offers
complaint_duplicates(*, actor, phone="", id_number="", text="", received_on=None) -> tuple[Duplicate, ...]
workbench(*, actor) -> Workbench
heat_map(*, actor, facet="business"|"reason", since, until) -> HeatMap
draft_get(*, actor, key) -> dict | None, drafts_of(*, actor); views_of(*, actor) -> tuple
notices_list(*, actor) -> tuple
handlers_for(*, actor, complaint) -> tuple[Load, ...]                     whom a person may assign
"""
