"""The complaint's own page, its clock day by day, and the look at a party in clear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from xiaobao.base.evidence.selectors import evidence_of
from xiaobao.base.law.links import cite_url
from xiaobao.duties.complaints import selectors
from xiaobao.duties.complaints.domain import codes
from xiaobao.duties.complaints.domain.access import REVEALERS
from xiaobao.duties.complaints.domain.recheck import ask_until, may_be_asked
from xiaobao.duties.complaints.domain.rows import ClockStep, ClockView, Dossier, GuardReport, TimelineItem
from xiaobao.duties.complaints.domain.values import (
    Body,
    Command,
    NoticeMode,
    PartyRole,
    RemedyKind,
    Stage,
)
from xiaobao.duties.complaints.web.articles import article_words, rule_article
from xiaobao.duties.complaints.web.deadline import deadline_of_case
from xiaobao.duties.complaints.web.lines import STATE_CLASS
from xiaobao.duties.complaints.web.screen import Screen
from xiaobao.kernel import ports
from xiaobao.kernel.money import yuan

MAIN_LINE = (Stage.REGISTERED, Stage.ACCEPTED, Stage.HANDLING, Stage.PENDING, Stage.REPLIED, Stage.CLOSED)
GLYPHS: dict[str, str] = {
    Command.RECEIVE: "plus",
    Command.ACCEPT: "check",
    Command.ASSIGN: "user",
    Command.INVESTIGATE: "search",
    Command.CODE: "list",
    Command.PROPOSE: "edit",
    Command.APPROVE: "done",
    Command.REPLY: "complaint",
    Command.DELIVER: "file",
    Command.CLOSE: "done",
    Command.SUSPEND: "pause",
    Command.REFER: "shield",
    Command.REPORT: "report",
}


VIA = {"web": "", "demo": "示例数据", "tick": "系统任务", "api": "接口", "import": "导入", "bulk": "批量"}

# What no form can supply: a step that lacks one of these is not offered at all.
OUT_OF_REACH = frozenset({"is_paused", "not_paused", "extension_asked", "extension_granted", "is_proposed"})
SHOWN_STEPS = 6


class PageView(Screen):
    """Everything about one complaint."""

    def get(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """The page, in at most eight statements with session and person."""
        seen = selectors.complaint_page(actor=self.actor, complaint_id=complaint_id)
        case = seen.complaint
        others = _others(case, seen.guards, seen.next)
        return self.page(
            "complaint.html",
            {
                "case": case,
                "state_class": STATE_CLASS.get(case.stage, "off"),
                "due": deadline_of_case(case, ports.today()),
                "clock": seen.clock,
                "clock_lines": clock_lines(seen.clock),
                "reasons": reasons(seen.clock),
                "track": _track(case),
                "facts": _facts(case),
                "coding": _coding(case),
                "papers": _papers(case),
                "replies": _replies(case),
                "parties": [{**row, "role_label": PartyRole.label_of(row["role"])} for row in case.parties],
                "referrals": [{**row, "body_label": Body.label_of(row["body"])} for row in case.referrals],
                "evidence": evidence_of(f"complaints:{case.no}", self.actor),
                "timeline": [_happened(item) for item in seen.timeline],
                "next": next((report for report in seen.guards if report.command is seen.next), None),
                "waiting": _waiting(case, seen.next),
                "others": others[:SHOWN_STEPS],
                "rest": others[SHOWN_STEPS:],
                "article": rule_article(seen.clock.rule),
                "may_reveal": bool(self.actor.roles & REVEALERS),
                "may": {report.command.value for report in seen.guards if report.may},
            },
        )


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the clock's explanation."""

    on: str
    weekday: str
    number: str
    kind: str
    say: str
    rule: str
    article: str
    is_due: bool


def clock_lines(clock: ClockView) -> list[DayLine]:
    """Every day from the start to the due day: counted with its number, paused or skipped, and why."""
    lines: list[DayLine] = []
    counted = 0
    for step in clock.steps:
        if step.kind == "reason":
            continue
        for offset in range((step.end - step.start).days + 1):
            on = step.start + timedelta(days=offset)
            if step.kind == "counted":
                counted += 1
            lines.append(_day_line(step, on, counted if step.kind == "counted" else 0, clock))
    return lines


def reasons(clock: ClockView) -> list[tuple[str, str, str]]:
    """The sentences of the reckoning, each with its article in words and the address where it is read."""
    steps = (step for step in clock.steps if step.kind == "reason")
    return [(step.say, _unsaid(step), cite_url(step.article)) for step in steps]


def _unsaid(step: ClockStep) -> str:
    """The step's article, '' where its sentence names it already."""
    words = article_words(step.article)
    return "" if words.replace("《", "").replace("》", "") in step.say else words


def _day_line(step: ClockStep, on: date, number: int, clock: ClockView) -> DayLine:
    return DayLine(
        on=on.isoformat(),
        weekday="一二三四五六日"[on.weekday()],
        number=str(number) if number else "—",
        kind=step.kind,
        say=step.say,
        rule=step.rule,
        article=article_words(step.article),
        is_due=on in (clock.due_on, clock.legal_due_on),
    )


def _track(case: Dossier) -> list[tuple[str, str]]:
    """The main line of stages: done, current or ahead."""
    if case.stage not in MAIN_LINE:
        return []
    at = MAIN_LINE.index(case.stage)
    return [
        (
            case.state if index == at else stage.label,
            "done" if index < at or case.stage is Stage.CLOSED else "now" if index == at else "",
        )
        for index, stage in enumerate(MAIN_LINE)
    ]


def _facts(case: Dossier) -> list[tuple[str, str]]:
    pairs = [
        ("来源渠道", case.channel.label),
        ("收到时间", _moment(case.received_at)),
        ("登记时间", _moment(case.entered_at)),
        ("责任机构", case.org_name),
        ("主办机构", case.handling_name or "待定"),
        ("经办人", case.handler_name or "未分派"),
        ("产品或服务", case.product or "—"),
        ("涉及金额", money(case)),
    ]
    if case.source_no:
        pairs.append(("来源编号", f"{case.source_system} {case.source_no}"))
    if case.hand_overs > 1:
        pairs.append(("转手次数", f"{case.hand_overs} 次"))
    return pairs


def money(case: Dossier) -> str:
    """The amount with its currency: 54,000.00 元, or 1,000.00 USD."""
    unit = "元" if case.currency == "CNY" else case.currency
    return "未涉及" if case.amount_fen is None else f"{yuan(case.amount_fen)} {unit}"


def _coding(case: Dossier) -> list[tuple[str, str, str]]:
    return [
        (label, codes.path_of(getattr(case, field)) or "未编码", getattr(case, field))
        for field, label in codes.FACETS.values()
    ]


def _papers(case: Dossier) -> dict[str, list[Mapping[str, Any]]]:
    return {
        name: list(reversed(getattr(case, name))) for name in ("notes", "decisions", "extensions", "rechecks")
    }


def _replies(case: Dossier) -> list[dict[str, Any]]:
    """Each answer with everything 第十九条 wants in it, newest first: findings, decision, grounds, ways on, proof."""
    return [
        {
            "author": row["author_name"],
            "sent_at": row["sent_at"],
            "mode": NoticeMode.label_of(row["mode"]),
            "parts": [
                (label, words)
                for label, words in (
                    ("核实情况", row["facts_found"]),
                    ("处理决定", _decided(case, row["sent_at"])),
                    ("依据和理由", row["grounds"]),
                    ("救济途径", _ways_on(row)),
                    ("答复全文", row["text"]),
                )
                if words
            ],
            "told_on": row["told_on"],
            "proof": row["proof"],
            "evidence": set(row["evidence"]),
        }
        for row in reversed(case.replies)
    ]


def _decided(case: Dossier, sent_at: datetime) -> str:
    """The outcome that was approved when this answer went out."""
    approved = [
        row["outcome"]
        for row in case.decisions
        if row["state"] == "approved" and row["decided_at"] and row["decided_at"] <= sent_at
    ]
    return str(approved[-1]) if approved else ""


def _ways_on(reply: Mapping[str, Any]) -> str:
    """The ways named to the complainant; with the last day for asking a recheck once the answer arrived."""
    told_on = reply["told_on"]
    until = f"（{ask_until(told_on)} 前可向上级机构书面申请）" if told_on and may_be_asked(told_on) else ""
    return "、".join(
        f"{RemedyKind.label_of(kind)}{until if kind == RemedyKind.RECHECK else ''}"
        for kind in sorted(reply["remedies"], key=list(RemedyKind).index)
    )


def _happened(item: TimelineItem) -> dict[str, Any]:
    late = item.entered_at - item.at > timedelta(hours=1)
    return {
        "at": _moment(item.at),
        "entered": f"{_moment(item.entered_at)} 补登" if late else "",
        "label": item.command.label,
        "icon": GLYPHS.get(item.command, "clock"),
        "actor": item.actor,
        "via": VIA.get(item.via, item.via),
        "say": item.say,
        "move": f"{item.stage_from.label} → {item.stage_to.label}"
        if item.stage_from is not item.stage_to
        else "",
        "rules": tuple(dict.fromkeys(item.rules)),
    }


def _others(case: Dossier, reports: tuple[GuardReport, ...], first: Command | None) -> list[GuardReport]:
    """The other steps the asker may take here; steps that cannot apply now are left out."""
    owes_report = any(row["wants_report"] and row["reported_at"] is None for row in case.referrals)
    return [
        report
        for report in reports
        if report.may
        and report.command is not first
        and not any(item.name in OUT_OF_REACH for item in report.missing)
        and (report.command is not Command.REPORT or owes_report)
    ]


def _waiting(case: Dossier, following: Command | None) -> str:
    """Whose turn it is, where the next step is not the asker's."""
    if following is None:
        return ""
    needs = next((row["needs"] for row in reversed(case.decisions) if row["state"] == "proposed"), "")
    who = f"，由{needs}办理" if following is Command.APPROVE and needs else "，由有权岗位办理"
    return f"下一步是“{following.label}”{who}。"


def _moment(value: Any) -> str:
    return f"{ports.local(value):%Y-%m-%d %H:%M}" if value else "—"


class ClockPageView(Screen):
    """为什么是这一天: the clock alone, for the dialog and for paper."""

    def get(self, request: HttpRequest, complaint_id: int) -> HttpResponse:
        """Every day counted, paused or skipped."""
        case = selectors.complaint_get(actor=self.actor, complaint_id=complaint_id)
        clock = selectors.complaint_clock(actor=self.actor, complaint_id=complaint_id)
        return self.page(
            "clock.html",
            {
                "case": case,
                "clock": clock,
                "clock_lines": clock_lines(clock),
                "reasons": reasons(clock),
                "article": rule_article(clock.rule),
            },
        )
