"""The complaint page in two statements: everything a person needs to take the next step."""

from __future__ import annotations

from xiaobao.duties.complaints.domain import clock
from xiaobao.duties.complaints.domain.rows import ClockView, Dossier, PageView
from xiaobao.duties.complaints.selectors.dossiers import complaint_get, dossier, shown_dossier, timeline
from xiaobao.duties.complaints.selectors.guards import complaint_commands, next_command
from xiaobao.duties.complaints.selectors.papers import papers_of
from xiaobao.duties.complaints.selectors.scope import complaint_row
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor


def complaint_page(*, actor: Actor, complaint_id: int) -> PageView:
    """The complaint, its clock explained, its timeline, and every command with its guards."""
    row = complaint_row(actor, complaint_id)
    papers = papers_of([row.pk], timeline=True)[row.pk]
    case = shown_dossier(dossier(row, papers))
    return PageView(
        complaint=case,
        clock=clock_of(case),
        timeline=timeline(papers.get("events", ())),
        guards=complaint_commands(actor, case),
        next=next_command(case),
    )


def complaint_clock(*, actor: Actor, complaint_id: int) -> ClockView:
    """“为什么是这一天”, derived anew from the events; `agrees` False when the cached date differs."""
    return clock_of(complaint_get(actor=actor, complaint_id=complaint_id))


def clock_of(case: Dossier) -> ClockView:
    """The explanation for a dossier in hand, no statement."""
    derived = clock.derive(case.channel, case.clock_events, as_of=ports.today())
    cached = {name: getattr(case, name) for name in derived.columns()}
    if case.is_paused:
        cached |= {name: value for name, value in derived.columns().items() if name.endswith("due_on")}
    return clock.explain(derived, cached if case.is_open else None)
