"""Complaints: the clock of a complaint, and that of one the PBOC passed on."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiaobao.rules import complaint_clock
from xiaobao.rules.calculators.asking import Trace, undecided
from xiaobao.rules.calculators.counting import late
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType, OwnAnswer
from xiaobao.rules.complaint_facts import (
    Approver,
    ClockFacts,
    Complexity,
    Due,
    Extension,
    ExtensionKind,
    Pause,
    PauseKind,
    Source,
    Track,
)
from xiaobao.rules.own_rules import clock_overlays
from xiaobao.rules.values import Step


def clock(facts: dict[str, Any], desk: Desk) -> Answer:
    """When the complaint must be decided and told (CMP-002 to CMP-010, CMP-022, CMP-023)."""
    if facts.get("received_on") is None:
        return undecided("CMP-003", "received_on")
    overlays = clock_overlays(desk.own, desk.book)
    found = complaint_clock.due(clock_facts(facts), desk.book, desk.calendar, overlays)
    trace = Trace()
    trace.steps, trace.unused = list(found.steps), list(found.unused)
    untold = _assume(facts, trace, desk) if found.on else ()
    place = _binding(found) if found.on else ""
    said = found.say + late(trace, "作出处理决定并告知", facts.get("told_on"), found.on, place)
    shown = _of_due(found, trace, said)
    return shown._replace(missing=(*shown.missing, *untold))


# The one field taken for something while it is empty: the law's own base period stands until another is shown.
_SIMPLE = "复杂程度未填，按事实清楚、争议情况简单计算"


def _assume(facts: dict[str, Any], trace: Trace, desk: Desk) -> tuple[str, ...]:
    """The step that says what was taken for granted; the name of the fact nobody told."""
    if "complexity" in facts:
        return ()
    trace.say(_SIMPLE, None, desk.book.get("CMP-003", facts["received_on"]).cites[0], ours=True)
    return ("complexity",)


def _binding(found: Due) -> str:
    """The place the day that binds stands on: its track's, else the base period's, which is the second step."""
    cites = {track.id: track.cite for track in found.tracks if track.cite}
    return cites.get(found.binding) or next(iter(cites.values()), "") or found.steps[1].cite


def _of_due(found: Due, trace: Trace, said: str) -> Answer:
    own = tuple(
        OwnAnswer(track.id, track.title, track.on, track.id == found.binding)
        for track in found.tracks
        if not track.is_law
    )
    return Answer(
        "",
        said if found.on else "",
        found.rule,
        found.version,
        found.verdict,
        found.on,
        tuple(trace.steps),
        tuple(trace.unused),
        found.missing,
        (),
        found.confidence,
        found.legal_on,
        own,
    )


def clock_facts(facts: dict[str, Any]) -> ClockFacts:
    """The facts of the form as the complaint clock takes them."""
    pauses = [
        Pause(
            PauseKind.MEDIATION,
            since,
            until,
            both_applied=bool(facts.get("mediation_both")),
            unknown=_untold(facts, "mediation_both"),
        )
        for since, until in facts.get("mediation", ())
    ]
    pauses += [
        Pause(
            PauseKind.APPRAISAL,
            since,
            until,
            told=bool(facts.get("appraisal_told")),
            unknown=_untold(facts, "appraisal_told"),
        )
        for since, until in facts.get("appraisal", ())
    ]
    return ClockFacts(
        facts["received_on"],
        source=Source(facts.get("source", Source.OWN)),
        complexity=Complexity(facts.get("complexity", Complexity.SIMPLE)),
        reason=facts.get("reason", ""),
        extensions=extensions(facts),
        pauses=tuple(pauses),
        new_facts_on=facts.get("new_facts_on", ()),
        repeats_on=facts.get("repeats_on", ()),
        withdrawn_on=facts.get("withdrawn_on"),
        as_of=facts.get("as_of"),
    )


def _untold(facts: dict[str, Any], *names: str) -> tuple[str, ...]:
    return tuple(name for name in names if facts.get(name) is None)


def extensions(facts: dict[str, Any]) -> tuple[Extension, ...]:
    """The approval in the form; where its day or its notice is not filled in, nobody knows yet."""
    special = facts.get("complexity") == Complexity.SPECIAL
    if facts.get("approver") is None:
        return (Extension(ExtensionKind.SPECIAL, None, unknown=("approver",)),) if special else ()
    pboc_only = facts.get("source") == Source.PBOC and not special
    kind = ExtensionKind.PBOC if pboc_only else ExtensionKind.SPECIAL
    return (
        Extension(
            kind,
            Approver(facts["approver"]),
            facts.get("approved_on"),
            facts.get("approval_told_on"),
            _untold(facts, "approved_on", "approval_told_on"),
        ),
    )


RECEIVED = Input(
    "received_on", "收到投诉的日期", InputType.DAY, "本行收到之日，转送、转交的以本行收到为准", required=True
)
APPROVAL = (
    Input("approver", "延期由谁批准", InputType.CHOICE, "按处理投诉的机构看", tuple(Approver.choices())),
    Input("approved_on", "批准日期", InputType.DAY, "须在原期限届满前"),
    Input("approval_told_on", "延期告知投诉人的日期", InputType.DAY, "须在原期限届满前"),
)

CLOCK = Calculator(
    "complaint",
    "投诉处理期限",
    "最迟哪一天作出处理决定并告知投诉人",
    rules=("CMP-003", "CMP-004", "CMP-005", "CMP-002", "CMP-007", "CMP-008", "CMP-009", "CMP-010", "CMP-022", "CMP-023"),
    inputs=(
        RECEIVED,
        Input("source", "来源", InputType.CHOICE, "不填为自有渠道", tuple(Source.choices())),
        Input("complexity", "复杂程度", InputType.CHOICE, "不填为事实清楚、争议情况简单", tuple(Complexity.choices())),
        Input("reason", "延长的原因", InputType.TEXT, "情况复杂的须记录原因"),
        *APPROVAL,
        Input("mediation", "调解的起止", InputType.PERIODS, "每段一行，首尾两日都算；未结束的写 2026-03-05.."),
        Input("mediation_both", "调解由双方申请", InputType.FLAG, "不填则期限待定"),
        Input("appraisal", "鉴定、检测、评估的起止", InputType.PERIODS, "每段一行，首尾两日都算"),
        Input("appraisal_told", "鉴定期间已告知投诉人", InputType.FLAG, "未告知的照常计入；不填则期限待定"),
        Input("new_facts_on", "收到新的事实和理由", InputType.DAYS, "期限内收到的重新计算"),
        Input("repeats_on", "无新事实的重复提出", InputType.DAYS, "合并处理，不重新计算"),
        Input("withdrawn_on", "收到撤回申请", InputType.DAY, "程序当日终止"),
        Input("told_on", "作出决定并告知的日期", InputType.DAY, "填写后说明是否逾期"),
        Input("as_of", "暂停计到哪一天", InputType.DAY, "只在暂停尚未结束时用"),
    ),
    work=clock,
    order=(("received_on", "told_on"),),
    samples=(
        ("自有渠道，事实清楚", {"received_on": "2026-01-10"}),
        (
            "调解20日，届满遇清明节",
            {"received_on": "2026-03-01", "mediation": "2026-03-05..2026-03-24", "mediation_both": "是"},
        ),
        (
            "特别复杂，总行批准",
            {
                "received_on": "2026-01-10",
                "complexity": "special",
                "approver": "head_office",
                "approved_on": "2026-02-01",
                "approval_told_on": "2026-02-02",
            },
        ),
    ),
)  # fmt: skip


def pboc(facts: dict[str, Any], desk: Desk) -> Answer:
    """When a complaint the PBOC passed on must be answered (CMP-023), beside N00's own clock."""
    if facts.get("received_on") is None:
        return undecided("CMP-023", "received_on")
    version = desk.book.get("CMP-023", facts["received_on"])
    taken = clock_facts(facts | {"source": Source.PBOC})
    found = complaint_clock.due(taken, desk.book, desk.calendar, clock_overlays(desk.own, desk.book))
    if found.on is None:
        return undecided("CMP-023", *found.missing)
    tracks = {track.id: track for track in found.tracks}
    theirs, base = tracks["CMP-023"], found.tracks[0]
    trace = Trace()
    trace.steps, trace.unused = list(found.steps), list(found.unused)
    untold = _assume(facts, trace, desk)
    if found.later is None and (why := _not_extended(facts, theirs.on, found)) is not None:
        trace.unused.append(why)
    said = (
        _either(found, theirs)
        + f"最迟{found.on} 24:00前答复投诉人。人民银行的期限为{theirs.on}，投诉办法的期限为{base.on}，两者同时适用，取早。"
    )
    said += late(trace, "答复投诉人", facts.get("told_on"), found.on, theirs.cite)
    value = {"due": found.on, "pboc_due": theirs.on, "n00_due": base.on}
    shown = _of_due(found, trace, said)
    return shown._replace(
        rule="CMP-023",
        version=version.name,
        value=value,
        law_value=found.legal_on,
        missing=(*shown.missing, *untold),
    )


def _either(found: Due, theirs: Track) -> str:
    """That the PBOC's day hangs on a fact nobody told, with the day it would be."""
    if found.later is None:
        return ""
    then = next(one.on for one in found.later.tracks if one.id == theirs.id)
    if found.later.on == found.on and then == theirs.on:
        return ""
    return (
        f"待定，尚缺：{found.lacking}；条件均已具备的，最迟{found.later.on}（人民银行的期限为{then}），否则"
    )


def _not_extended(facts: dict[str, Any], on: date, found: Due) -> Step | None:
    """Why an approval did not lengthen the PBOC's period: the post, its day, or the reason not told."""
    approver = facts.get("approver")
    track = next(one for one in found.tracks if one.id == "CMP-023")
    if approver is None or (on - facts["received_on"]).days > BASE_DAYS:
        return None
    wanted = (Approver.COMPLAINT_LEAD, Approver.SUPERIOR, Approver.HEAD_OFFICE)
    if approver not in wanted:
        why = f"批准人为{Approver.label_of(approver)}，应由本机构投诉处理工作负责人批准"
    elif facts.get("approved_on") is None or facts.get("approval_told_on") is None:
        why = "没有批准日期，或者没有告知投诉人延长的理由"
    else:
        why = f"批准或者告知晚于原期限{on}"
    return Step(f"人民银行转交的延长——{why}", None, track.cite, used=False)


BASE_DAYS = 15

PBOC = Calculator(
    "pboc-transfer",
    "人民银行转交投诉的期限",
    "人民银行转交的投诉最迟哪一天答复，两个监管规定各是哪一天",
    rules=("CMP-023", "CMP-003", "CMP-004", "CMP-005"),
    inputs=(
        RECEIVED,
        Input(
            "complexity", "复杂程度", InputType.CHOICE, "投诉办法的期限据此计算", tuple(Complexity.choices())
        ),
        Input("reason", "延长的理由", InputType.TEXT, "须告知投诉人"),
        *APPROVAL,
        Input("told_on", "答复投诉人的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=pboc,
    order=(("received_on", "told_on"),),
    samples=(
        ("未延长", {"received_on": "2026-01-10"}),
        (
            "投诉处理工作负责人批准延长",
            {
                "received_on": "2026-01-10",
                "approver": "complaint_lead",
                "approved_on": "2026-01-20",
                "approval_told_on": "2026-01-20",
                "complexity": "complex",
                "reason": "需跨行取证",
            },
        ),
    ),
)
