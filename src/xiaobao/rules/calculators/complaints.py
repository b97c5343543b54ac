"""Complaints: the clock of a complaint, and the recheck of its decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from xiaobao.rules import complaint_clock
from xiaobao.rules.calculators.asking import Trace, answer, ask_rule, not_applicable, undecided
from xiaobao.rules.calculators.counting import begins, ends, late
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
)
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.own_rules import clock_overlays
from xiaobao.rules.values import Cite

NATURAL_DAYS = Cite("N00", "2020-03-01", "43.2")


def clock(facts: dict[str, Any], desk: Desk) -> Answer:
    """When the complaint must be decided and told (CMP-002 to CMP-010, CMP-022, CMP-023)."""
    if facts.get("received_on") is None:
        return undecided("CMP-003", "received_on")
    overlays = clock_overlays(desk.own, desk.book)
    found = complaint_clock.due(clock_facts(facts), desk.book, desk.calendar, overlays)
    trace = Trace()
    trace.steps, trace.unused = list(found.steps), list(found.unused)
    said = found.say + late(trace, "作出处理决定并告知", facts.get("told_on"), found.on or date.max)
    return _of_due(found, trace, said)


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
        Pause(PauseKind.MEDIATION, since, until, both_applied=facts.get("mediation_both", True))
        for since, until in facts.get("mediation", ())
    ]
    pauses += [
        Pause(PauseKind.APPRAISAL, since, until, told=facts.get("appraisal_told", False))
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


def extensions(facts: dict[str, Any]) -> tuple[Extension, ...]:
    """The approval in the form; without its day or its notice it has no effect and the trace says so."""
    if facts.get("approver") is None:
        return ()
    pboc_only = (
        facts.get("source") == Source.PBOC
        and facts.get("complexity", Complexity.SIMPLE) != Complexity.SPECIAL
    )
    kind = ExtensionKind.PBOC if pboc_only else ExtensionKind.SPECIAL
    return (
        Extension(kind, Approver(facts["approver"]), facts.get("approved_on"), facts.get("approval_told_on")),
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
        Input("mediation_both", "调解由双方申请", InputType.FLAG, "不填为是"),
        Input("appraisal", "鉴定、检测、评估的起止", InputType.PERIODS, "每段一行，首尾两日都算"),
        Input("appraisal_told", "鉴定期间已告知投诉人", InputType.FLAG, "未告知的照常计入"),
        Input("new_facts_on", "收到新的事实和理由", InputType.DAYS, "期限内收到的重新计算"),
        Input("repeats_on", "无新事实的重复提出", InputType.DAYS, "合并处理，不重新计算"),
        Input("withdrawn_on", "收到撤回申请", InputType.DAY, "程序当日终止"),
        Input("told_on", "作出决定并告知的日期", InputType.DAY, "填写后说明是否逾期"),
        Input("as_of", "暂停计到哪一天", InputType.DAY, "只在暂停尚未结束时用"),
    ),
    work=clock,
    samples=(
        ("自有渠道，事实清楚", {"received_on": "2026-01-10"}),
        ("调解20日，届满遇清明节", {"received_on": "2026-03-01", "mediation": "2026-03-05..2026-03-24"}),
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


def recheck(facts: dict[str, Any], desk: Desk) -> Answer:
    """Until when a recheck may be asked for, and until when it must be decided (CMP-013)."""
    starts = [facts[name] for name in ("decision_received_on", "recheck_asked_on") if name in facts]
    if not starts:
        return undecided("CMP-013", "decision_received_on", "recheck_asked_on")
    asked = ask_rule(desk, "CMP-013", starts[0], facts)
    if none := not_applicable(asked):
        return none
    trace, place, due, said = Trace(), cite_zh(asked.basis), asked.result.value, ""
    apply_by, decide_by = due.get("decision_received_on"), due.get("recheck_asked_on")
    if apply_by is not None:
        begins(trace, facts["decision_received_on"], "投诉人收到处理决定")
        trace.say(f"30日内可以向作出决定的分支机构的上级机构书面申请核查（{place}）", 30, asked.basis)
        _natural(trace)
        ends(trace, apply_by, desk, customer=True)
        said = f"申请核查最迟{apply_by} 24:00前以书面提出。"
        said += late(trace, "收到核查申请", facts.get("recheck_asked_on"), apply_by)
    if decide_by is not None:
        begins(trace, facts["recheck_asked_on"], "上级机构收到核查申请")
        trace.say(f"30日内对处理过程、时限和结果核查，作出核查决定并告知（{place}）", 30, asked.basis)
        if apply_by is None:
            _natural(trace)
        ends(trace, decide_by, desk)
        said += f"核查决定最迟{decide_by} 24:00前作出并告知投诉人。"
        said += late(trace, "作出核查决定并告知", facts.get("recheck_told_on"), decide_by)
    return answer(asked, trace, said)


def _natural(trace: Trace) -> None:
    trace.say(f"日为自然日，末日计入（{cite_zh(NATURAL_DAYS)}）", None, NATURAL_DAYS)


RECHECK = Calculator(
    "recheck",
    "核查期限",
    "投诉人最迟哪一天申请核查，上级机构最迟哪一天作出核查决定",
    rules=("CMP-013",),
    inputs=(
        Input("decision_received_on", "投诉人收到处理决定的日期", InputType.DAY, "两个日期至少填一个"),
        Input("recheck_asked_on", "上级机构收到核查申请的日期", InputType.DAY, "填写后计算核查决定的期限"),
        Input("by_branch", "由分支机构作出处理决定", InputType.FLAG, "总行的决定没有上级机构，不适用核查"),
        Input("recheck_told_on", "作出核查决定并告知的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=recheck,
    samples=(
        ("收到处理决定", {"decision_received_on": "2026-03-20"}),
        ("收到核查申请", {"recheck_asked_on": "2026-04-10"}),
    ),
)
