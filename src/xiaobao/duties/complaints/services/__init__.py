"""Every write of the room. Web, API, bulk, import and tick call these and nothing below them.

All arguments are keywords, `actor` first. Every command takes `complaint_id`, and optionally
`how=How(version=…, at=…)`: `version` is the number the form was drawn with (a stale one raises
IllegalStep `complaint.changed`, naming who did what and when), `at` the moment it happened when
that is earlier than the moment of entry. Each answers a `Done`.

receiving  complaint_receive(*, actor, intake, draft_key="")          idempotent on the source's number
           intake_faults(*, actor, intake) -> tuple[InvalidInput, ...]       everything receive would refuse
registering complaint_accept(*, actor, complaint_id, duplicates_seen=None, how=HOW)
           complaint_decline(*, actor, complaint_id, reason, notice, how=HOW)
           complaint_transfer(*, actor, complaint_id, target, reason, notice, how=HOW)
           complaint_withdraw(*, actor, complaint_id, requested_on, reason="", document="", how=HOW)
           complaint_merge(*, actor, complaint_id, into_id, reason, how=HOW)
           complaint_correct(*, actor, complaint_id, changes, reason, how=HOW)
           complaint_archive(*, actor, complaint_id, replied_at, reply, how=HOW)   importer only
handling   complaint_assign(*, actor, complaint_id, order=AssignOrder(...), how=HOW)
           complaint_investigate(*, actor, complaint_id, text, evidence=(), none_because="", how=HOW)
           complaint_code(*, actor, complaint_id, codes, how=HOW)
deciding   complaint_propose(*, actor, complaint_id, ruling, how=HOW)
           complaint_approve(*, actor, complaint_id, opinion, how=HOW)
           complaint_return(*, actor, complaint_id, opinion, how=HOW)
answering  complaint_reply(*, actor, complaint_id, answer, how=HOW)
           complaint_deliver(*, actor, complaint_id, told_on, proof, evidence=(), how=HOW)
           complaint_close(*, actor, complaint_id, cause="", redress_paid_on=None, how=HOW)
           complaint_reopen(*, actor, complaint_id, new_facts, received_on, document="", how=HOW)
           complaint_recheck(*, actor, complaint_id, applied_on, request, how=HOW)
           complaint_conclude(*, actor, complaint_id, outcome, findings, told_on, how=HOW)
timing     complaint_extend(*, actor, complaint_id, to, reason, how=HOW)
           complaint_grant / complaint_deny(*, actor, complaint_id, opinion, how=HOW)
           complaint_notify(*, actor, complaint_id, mode, proof, how=HOW)
           complaint_suspend(*, actor, complaint_id, order=PauseOrder(...), how=HOW)
           complaint_resume(*, actor, complaint_id, on, reason, document="", how=HOW)
           complaint_restart(*, actor, complaint_id, new_facts, received_on, document="", how=HOW)
joining    complaint_ask(*, actor, complaint_id, papers, reason, held=(), how=HOW)
           complaint_meet(*, actor, complaint_id, meeting=Meeting(...), how=HOW)
           complaint_major(*, actor, complaint_id, finding=MajorFinding(...), how=HOW)
referring  complaint_refer(*, actor, complaint_id, letter, how=HOW)
           complaint_report(*, actor, complaint_id, referral_id, text, document="", how=HOW)
notices    notice_issue(*, actor, order=NoticeOrder(...)) -> notice id     emergency notices, targets
bulk       complaints_bulk(*, actor, command, ids, payload={}) -> BulkReport
drafts     draft_save(*, actor, key, payload), draft_drop(*, actor, key), drafts_drop(*, actor),
           drafts_expire(*, actor, before) -> int
           view_save(*, actor, name, filters), view_drop(*, actor, name)
revealing  party_reveal(*, actor, complaint_id, party_id, reason) -> dict of clear values, audited
           text_reveal(*, actor, complaint_id, reason) -> dict of clear texts by what they are, audited
indexing   complaints_reindex(*, path="") -> int                put into the search index again
resealing  sealed_renew(*, actor) -> int                 rows moved to the vault's newest key
clocks     clock_rederive(*, actor, as_of=None, apply=False) -> tuple[ClockDifference, ...]; clock_breach(*, actor) -> int
moving     complaints_follow_move(*, actor, old, new) -> int          org unit moved: paths follow
owner_of(no): the evidence room's owner of a complaint, `complaints:TS2026...`
"""

from __future__ import annotations

from xiaobao.duties.complaints.services.answering import (
    complaint_close,
    complaint_conclude,
    complaint_deliver,
    complaint_recheck,
    complaint_reopen,
    complaint_reply,
)
from xiaobao.duties.complaints.services.bulk import BULK, complaints_bulk
from xiaobao.duties.complaints.services.clocks import clock_breach, clock_rederive
from xiaobao.duties.complaints.services.deciding import (
    complaint_approve,
    complaint_propose,
    complaint_return,
)
from xiaobao.duties.complaints.services.drafts import (
    draft_drop,
    draft_save,
    drafts_drop,
    drafts_expire,
    view_drop,
    view_save,
)
from xiaobao.duties.complaints.services.handling import (
    complaint_assign,
    complaint_code,
    complaint_investigate,
    owner_of,
)
from xiaobao.duties.complaints.services.indexing import complaints_reindex
from xiaobao.duties.complaints.services.joining import complaint_ask, complaint_major, complaint_meet
from xiaobao.duties.complaints.services.moving import complaints_follow_move
from xiaobao.duties.complaints.services.notices import notice_check, notice_issue
from xiaobao.duties.complaints.services.receiving import complaint_receive, intake_faults
from xiaobao.duties.complaints.services.referring import complaint_refer, complaint_report
from xiaobao.duties.complaints.services.registering import (
    CORRECTABLE,
    complaint_accept,
    complaint_archive,
    complaint_correct,
    complaint_decline,
    complaint_merge,
    complaint_transfer,
    complaint_withdraw,
)
from xiaobao.duties.complaints.services.resealing import sealed_renew
from xiaobao.duties.complaints.services.revealing import party_reveal, text_reveal
from xiaobao.duties.complaints.services.timing import (
    complaint_deny,
    complaint_extend,
    complaint_grant,
    complaint_notify,
    complaint_restart,
    complaint_resume,
    complaint_suspend,
)

__all__ = [
    "BULK",
    "CORRECTABLE",
    "clock_breach",
    "clock_rederive",
    "complaint_accept",
    "complaint_approve",
    "complaint_archive",
    "complaint_ask",
    "complaint_assign",
    "complaint_close",
    "complaint_code",
    "complaint_conclude",
    "complaint_correct",
    "complaint_decline",
    "complaint_deliver",
    "complaint_deny",
    "complaint_extend",
    "complaint_grant",
    "complaint_investigate",
    "complaint_major",
    "complaint_meet",
    "complaint_merge",
    "complaint_notify",
    "complaint_propose",
    "complaint_receive",
    "complaint_recheck",
    "complaint_refer",
    "complaint_reopen",
    "complaint_reply",
    "complaint_report",
    "complaint_restart",
    "complaint_resume",
    "complaint_return",
    "complaint_suspend",
    "complaint_transfer",
    "complaint_withdraw",
    "complaints_bulk",
    "complaints_follow_move",
    "complaints_reindex",
    "draft_drop",
    "draft_save",
    "drafts_drop",
    "drafts_expire",
    "intake_faults",
    "notice_check",
    "notice_issue",
    "owner_of",
    "party_reveal",
    "sealed_renew",
    "text_reveal",
    "view_drop",
    "view_save",
]
