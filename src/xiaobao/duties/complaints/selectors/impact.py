"""The room's stored facts for a change of the law: what the clock would say under another book, and its overlays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from xiaobao.base.impact.cases import Overlay, Source, Span, register, register_overlays
from xiaobao.duties.complaints.domain import clock
from xiaobao.duties.complaints.domain.access import READERS
from xiaobao.duties.complaints.domain.values import Channel
from xiaobao.duties.complaints.models import ClockEvent, Complaint, EmergencyNotice
from xiaobao.duties.complaints.selectors.scope import visible
from xiaobao.kernel import ports
from xiaobao.kernel.identity import Actor
from xiaobao.kernel.roles import Role
from xiaobao.rules import complaint_clock
from xiaobao.rules.book import RuleBook
from xiaobao.rules.complaint_facts import ClockFacts
from xiaobao.rules.complaint_plan import NEEDED
from xiaobao.rules.impact import Answered, Case

# The rules the clock is compiled from, and the one that runs beside it for transfers of the PBOC.
CLOCK_RULES = frozenset({*NEEDED, "CMP-023"})
PERIODS = ("CMP-003", "CMP-004", "CMP-005")


def impact_cases(actor: Actor, span: Span) -> Iterator[Case]:
    """The asker's complaints of the span, newest first, each to be given its due day by another book. Two statements."""
    if not actor.has(*READERS, Role.SYSTEM):
        return
    rows = visible(actor) if actor.has(*READERS) else Complaint.objects.all()
    found = rows.filter(received_on__gte=span.since, received_on__lte=span.until).order_by(
        "-received_on", "-id"
    )
    listed = list(found.values("id", "no", "title", "channel", "received_on", "is_open")[: span.limit])
    events: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    kept = ClockEvent.objects.filter(complaint__in=found.values("pk")).order_by("id")
    for event in kept.values("complaint_id", "kind", "on", "rule", "reason", "document", "detail"):
        events[event["complaint_id"]].append(event)
    today = ports.today()
    for row in listed:
        facts, _ = clock.read(Channel(row["channel"]), events[row["id"]], as_of=today)
        yield Case(
            id=row["no"],
            title=row["title"],
            source="complaint",
            rules=tuple(sorted(CLOCK_RULES)),
            answer=_asking(facts),
            link=f"/complaints/{row['id']}/",
            is_open=row["is_open"],
            keeps_old=row["received_on"] < span.new_on,
        )


def _asking(facts: ClockFacts) -> Callable[[RuleBook], Answered]:
    def answer(book: RuleBook) -> Answered:
        due = complaint_clock.due(facts, book)
        return Answered(due.verdict.value, due.legal_on)

    return answer


def impact_overlays() -> Iterator[Overlay]:
    """Every emergency notice and internal target that still binds new complaints. One statement."""
    today = ports.today()
    open_ = Q(received_until__isnull=True) | Q(received_until__gte=today)
    for notice in EmergencyNotice.objects.filter(open_).order_by("id"):
        yield Overlay(notice.number, notice.title, PERIODS, "/complaints/notices/")


def register_impact() -> None:
    """Hand the room's sources to the impact room; called once when the room is ready."""
    register(Source("投诉处理期限", CLOCK_RULES, impact_cases))
    register_overlays(impact_overlays)
