"""One complaint whole: the row and its papers as a frozen `Dossier`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from xiaobao.duties.complaints.domain.masking import plain_shown, shown
from xiaobao.duties.complaints.domain.rows import Dossier, TimelineItem
from xiaobao.duties.complaints.domain.values import Channel, Command, Complexity, DueSource, Stage, Upkeep
from xiaobao.duties.complaints.models import Complaint
from xiaobao.duties.complaints.selectors.papers import Paper, Papers, papers_of
from xiaobao.duties.complaints.selectors.scope import complaint_row, visible
from xiaobao.kernel.errors import NotFound
from xiaobao.kernel.identity import Actor

_TERMS = {"stage": Stage, "channel": Channel, "complexity": Complexity, "due_source": DueSource}
_NAMES = frozenset({"org_name", "handling_name", "handler_name"})
_PAPERS = (
    "parties",
    "referrals",
    "assignments",
    "notes",
    "decisions",
    "replies",
    "extensions",
    "rechecks",
    "clock_events",
)
_COLUMNS = tuple(
    one.name for one in fields(Dossier) if one.name not in (*_PAPERS, *_NAMES, *_TERMS, "hides_numbers")
)


TEXTS = {
    "title": "投诉事项",
    "facts": "投诉事实",
    "request": "投诉请求",
    "product": "产品或服务",
    "anonymous_reason": "未提供身份的原因",
    "cause": "根源",
    "source_reply": "来源系统的答复",
}
"""Columns of a complaint people type into at will."""

PAPER_TEXTS: dict[str, dict[str, str]] = {
    "parties": {"authority": "证明材料"},
    "referrals": {"report": "办理情况", "report_document": "报送文书", "document": "来函"},
    "assignments": {"reason": "分派理由"},
    "notes": {"text": "调查情况", "none_because": "没有证据的原因"},
    "decisions": {
        "findings": "核实情况",
        "legal_basis": "依据和理由",
        "outcome": "处理意见",
        "opinion": "审批意见",
    },
    "replies": {
        "facts_found": "答复的核实情况",
        "grounds": "答复的依据",
        "text": "答复全文",
        "proof": "送达凭证",
    },
    "extensions": {"reason": "延期理由", "opinion": "延期意见", "told_proof": "告知凭证"},
    "rechecks": {"request": "核查申请", "findings": "核查情况"},
    "clock_events": {"reason": "计时理由", "document": "计时文书"},
}
"""Columns of its papers people type into at will."""


def dossier(row: Complaint, papers: Papers) -> Dossier:
    """The frozen whole of a row (with unit and handler joined) and its papers, as typed.

    For commands. What leaves the house goes through `shown_dossier`.
    """
    values: dict[str, Any] = {name: getattr(row, name) for name in _COLUMNS}
    values |= {name: term(getattr(row, name)) for name, term in _TERMS.items()}
    values |= {name: papers.get(name, ()) for name in _PAPERS}
    return Dossier(
        **values,
        org_name=row.org.name,
        handling_name=row.handling_org.name if row.handling_org else "",
        handler_name=str(row.handler) if row.handler else "",
    )


def shown_dossier(case: Dossier) -> Dossier:
    """The same complaint with the personal numbers in its free texts masked (see `domain.masking`)."""
    texts: dict[str, Any] = {name: shown(getattr(case, name)) for name in TEXTS}
    papers: dict[str, Any] = {
        name: tuple(_shown_paper(row, columns) for row in getattr(case, name))
        for name, columns in PAPER_TEXTS.items()
        if getattr(case, name)
    }
    hides = any(texts[name] != getattr(case, name) for name in TEXTS) or any(
        rows != getattr(case, name) for name, rows in papers.items()
    )
    return replace(case, **texts, **papers, hides_numbers=hides)


def _shown_paper(row: Mapping[str, Any], columns: Mapping[str, str]) -> Mapping[str, Any]:
    return {**row, **{name: shown(row[name]) for name in columns}}


def clear_texts(row: Complaint) -> dict[str, str]:
    """What people typed into a complaint and its papers, by a label of its own, as typed.

    Only `text_reveal` asks, once a reason stands in the journal.
    """
    papers = papers_of([row.pk], timeline=True)[row.pk]
    texts: dict[str, str] = {label: getattr(row, name) for name, label in TEXTS.items()}
    for name, columns in PAPER_TEXTS.items():
        for place, paper in enumerate(papers.get(name, ()), 1):
            texts |= {f"{label}（{place}）": paper[column] for column, label in columns.items()}
    return texts | {
        f"经过（{place}）": event["say"] for place, event in enumerate(papers.get("events", ()), 1)
    }


def complaint_get(*, actor: Actor, complaint_id: int) -> Dossier:
    """The complaint with its papers, personal numbers masked; two statements.

    Raises: NotFound `complaint.missing`.
    """
    row = complaint_row(actor, complaint_id)
    return shown_dossier(dossier(row, papers_of([row.pk])[row.pk]))


def complaint_by_no(*, actor: Actor, no: str) -> Dossier:
    """The complaint of this number. Raises: NotFound `complaint.missing`."""
    known = visible(actor).filter(no=no)
    # PostgreSQL takes no such sign in a text, so no number holds one.
    found = None if "\x00" in no else known.values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("complaint.missing")
    return complaint_get(actor=actor, complaint_id=found)


def complaint_timeline(*, actor: Actor, complaint_id: int) -> tuple[TimelineItem, ...]:
    """What happened, newest first."""
    row = complaint_row(actor, complaint_id)
    return timeline(papers_of([row.pk], timeline=True)[row.pk].get("events", ()))


def timeline(events: tuple[Paper, ...]) -> tuple[TimelineItem, ...]:
    """Event rows as timeline items, newest first."""
    return tuple(
        TimelineItem(
            id=event["id"],
            command=_deed(event["command"]),
            at=event["at"],
            entered_at=event["entered_at"],
            stage_from=Stage(event["stage_from"]),
            stage_to=Stage(event["stage_to"]),
            actor=event["actor_name"],
            via=event["via"],
            say=shown(event["say"]),
            detail=plain_shown(event["detail"]),
            rules=tuple(event["rules"]),
        )
        for event in reversed(events)
    )


def _deed(value: str) -> Command | Upkeep:
    return Upkeep(value) if value == Upkeep.REDERIVE else Command(value)
