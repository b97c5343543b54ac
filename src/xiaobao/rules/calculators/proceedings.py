"""What may follow a decision: recheck, judicial confirmation of a mediated agreement, the petition track."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.rules.calculators.asking import (
    Asked,
    Trace,
    answer,
    ask_rule,
    not_applicable,
    undecided,
)
from xiaobao.rules.calculators.counting import begins, ends, late, late_customer, rolls
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType
from xiaobao.rules.civil_code import civil
from xiaobao.rules.complaint_trace import last_day
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.kinds.clock import ClockParams, advance
from xiaobao.rules.values import Cite, Role


def natural(trace: Trace, asked: Asked) -> None:
    """The step that says what a day is, from the rule's own citation on counting; once an answer."""
    place = next((cite for cite in asked.version.cites if cite.role is Role.COUNTING), None)
    if place is not None and all(step.cite != place.full for step in trace.steps):
        trace.say(f"日为自然日，末日计入（{cite_zh(place)}）", None, place)


def _stage(asked: Asked, start: str) -> ClockParams:
    stages: tuple[tuple[str, ClockParams], ...] = asked.version.params.stages
    return next(one for _, one in stages if one.start == start)


def recheck(facts: dict[str, Any], desk: Desk) -> Answer:
    """Until when a recheck may be asked for, and until when it must be decided (CMP-013)."""
    starts = [facts[name] for name in ("decision_received_on", "recheck_asked_on") if name in facts]
    if not starts:
        return undecided("CMP-013", "decision_received_on", "recheck_asked_on")
    asked = ask_rule(desk, "CMP-013", starts[0], facts)
    if none := not_applicable(asked):
        return none
    trace, said = Trace(), ""
    if "decision_received_on" in facts:
        said += _may_ask(facts, desk, asked, trace)
    if "recheck_asked_on" in facts:
        said += _must_decide(facts, desk, asked, trace)
    return answer(asked, trace, said)


def _may_ask(facts: dict[str, Any], desk: Desk, asked: Asked, trace: Trace) -> str:
    on, params = asked.result.value["decision_received_on"], _stage(asked, "decision_received_on")
    begins(trace, facts["decision_received_on"], "投诉人收到处理决定")
    place = asked.place("30日内向其上级机构")
    trace.say(f"{params.length}日内可以向上级机构书面申请核查（{cite_zh(place)}）", params.length, place)
    natural(trace, asked)
    ends(trace, on, desk, customer=True)
    said = f"申请核查最迟{on} 24:00前以书面提出。"
    return said + late_customer((trace, desk), "收到核查申请", facts.get("recheck_asked_on"), on, place)


def _must_decide(facts: dict[str, Any], desk: Desk, asked: Asked, trace: Trace) -> str:
    on, params = asked.result.value["recheck_asked_on"], _stage(asked, "recheck_asked_on")
    begins(trace, facts["recheck_asked_on"], "上级机构收到核查申请")
    place = asked.place("30日内作出核查决定")
    what = "日内核查处理过程、时限和结果，作出核查决定并告知"
    trace.say(f"{params.length}{what}（{cite_zh(place)}）", params.length, place)
    natural(trace, asked)
    ends(trace, asked.law.value["recheck_asked_on"], desk)
    said = f"核查决定最迟{on} 24:00前作出并告知投诉人。"
    return said + late(trace, "作出核查决定并告知", facts.get("recheck_told_on"), on, place)


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
    order=(("decision_received_on", "recheck_asked_on"), ("recheck_asked_on", "recheck_told_on")),
    samples=(
        ("收到处理决定", {"decision_received_on": "2026-03-20"}),
        ("收到核查申请", {"recheck_asked_on": "2026-04-10"}),
    ),
)


def confirmation(facts: dict[str, Any], desk: Desk) -> Answer:
    """Until when both sides may apply to the court for confirmation of a mediated agreement (CMP-035)."""
    if "agreed_on" not in facts:
        return undecided("CMP-035", "agreed_on")
    asked = ask_rule(desk, "CMP-035", facts["agreed_on"], facts)
    if none := not_applicable(asked):
        return none
    trace, params, on = Trace(), asked.version.params, asked.result.value
    place = cite_zh(asked.basis)
    begins(trace, facts["agreed_on"], "调解协议生效")
    trace.say(f"{params.length}日内由双方共同向人民法院申请（{place}）", params.length, asked.basis)
    ends(trace, asked.law.value, desk, customer=True)
    if "both_apply" not in facts:
        trace.leave("是否双方共同申请——未填，按双方共同申请计算；一方不愿申请的不能确认", asked.basis)
    said = f"最迟{on}向人民法院共同申请司法确认；到法院办理的，以当日下班时间为准。"
    close = Cite("L20", "2021-01-01", "203.2", Role.COUNTING)
    if on >= date(2021, 1, 1):
        trace.say(f"法院有业务时间，停止业务活动的时间为截止时间（{cite_zh(close)}）", None, close)
    said += late_customer((trace, desk), "申请司法确认", facts.get("applied_on"), on, asked.basis)
    return answer(asked, trace, said)


CONFIRMATION = Calculator(
    "mediation-confirmation",
    "调解协议司法确认期限",
    "调解协议生效后最迟哪一天共同申请司法确认",
    rules=("CMP-035",),
    inputs=(
        Input(
            "agreed_on", "调解协议生效的日期", InputType.DAY, "双方签名之日或者协议约定之日", required=True
        ),
        Input("both_apply", "双方共同申请", InputType.FLAG, "须双方共同申请"),
        Input("applied_on", "已申请的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=confirmation,
    order=(("agreed_on", "applied_on"),),
    samples=(("三月一日生效", {"agreed_on": "2026-03-01"}),),
)


class PetitionStep(NamedTuple):
    """One clock of the petition track: its fact, its event and what must be done in time, as the article says it."""

    start: str
    event: str
    duty: str
    words: str
    customer: bool = False
    unit: str = "日内"


_SPELLED = 2
_PETITION = (
    PetitionStep("petition_received_on", "收到信访事项", "书面告知信访人", "15日内书面告知"),
    PetitionStep("petition_accepted_on", "受理信访事项", "办结", "60日内办结"),
    PetitionStep("opinion_received_on", "信访人收到处理意见", "可以请求上一级复查", "30日内请求", True),
    PetitionStep("review_asked_on", "收到复查请求", "提出复查意见并书面答复", "30日内请求"),
    PetitionStep("review_received_on", "信访人收到复查意见", "可以请求再上一级复核", "30日内提出复核意见", True),
    PetitionStep("re_review_asked_on", "收到复核请求", "提出复核意见", "30日内提出复核意见"),
)  # fmt: skip


def petition(facts: dict[str, Any], desk: Desk) -> Answer:
    """The days of the petition track at the regulator, from whichever events have happened (CMP-034)."""
    known = [step for step in _PETITION if step.start in facts]
    if not known:
        return undecided("CMP-034", *(step.start for step in _PETITION[:2]))
    asked = ask_rule(desk, "CMP-034", facts[known[0].start], facts)
    trace, value = Trace(), {}
    work = _petition_step if len(known) <= _SPELLED else _petition_line
    for step in known:
        value[step.start] = work(step, facts, asked, (trace, desk))
    said = "；".join(f"{step.duty}，最迟{value[step.start]}" for step in known) + "。"
    if "petition_accepted_on" in facts and _untold(facts):
        said = f"待定，尚缺：是否已告知延期理由；已告知的，办结最迟{_longest(asked, facts)}，否则{said}"
    trace.leave("投诉自身的15日、30日、60日——信访另行计算，不改变投诉的期限", asked.basis)
    return answer(asked, trace, said, value)


def _petition_days(step: PetitionStep, facts: dict[str, Any], asked: Asked) -> tuple[date, date]:
    """The last day without and with an extension."""
    params = _stage(asked, step.start)
    base = advance(facts[step.start], params.length, params.unit)
    return base, asked.result.value.get(step.start, base) if asked.result.value else base


def _petition_step(step: PetitionStep, facts: dict[str, Any], asked: Asked, desk: tuple[Trace, Desk]) -> date:
    """One clock in counting order: its event, its length, an extension, its last day."""
    (trace, table), params = desk, _stage(asked, step.start)
    base, on = _petition_days(step, facts, asked)
    begins(trace, facts[step.start], step.event)
    place = asked.place(step.words)
    trace.say(f"{params.length}{step.unit}{step.duty}（{cite_zh(place)}）", params.length, place)
    if params.extended:
        _extension(asked, facts, trace, base, on)
    natural(trace, asked)
    ends(trace, on, table, customer=step.customer)
    return on


def _petition_line(step: PetitionStep, facts: dict[str, Any], asked: Asked, desk: tuple[Trace, Desk]) -> date:
    """One clock in one step, where many have begun; how days are counted is said once, with the first."""
    (trace, table), params = desk, _stage(asked, step.start)
    base, on = _petition_days(step, facts, asked)
    if not trace.steps:
        day_zero = civil(facts[step.start], "201.1")
        trace.say(f"各期限的起算日当日不计入（{cite_zh(day_zero)}）", None, day_zero)
        natural(trace, asked)
    place = asked.place(step.words)
    length = f"{params.length}{step.unit}{step.duty}（{cite_zh(place)}）"
    trace.say(
        f"{facts[step.start]}{step.event}，{length}，届满日为{last_day(base, table.calendar)}", base, place
    )
    if params.extended:
        _extension(asked, facts, trace, base, on)
    rolls(trace, on, table, customer=step.customer)
    return on


def _extension(asked: Asked, facts: dict[str, Any], trace: Trace, base: date, on: date) -> None:
    """The step of an approved extension, or why there is none."""
    more = asked.place("不得超过30日")
    if on > base:
        days = (on - base).days
        say = f"情况复杂，经负责人批准并告知延期理由，延长{days}日，至{on}（{cite_zh(more)}）"
        trace.say(say, (on - base).days, more)
    elif facts.get("approver") is not None:
        why = "须负责人批准并告知延期理由，不产生延长的期限"
        if _untold(facts):
            why = f"是否告知延期理由未填：已告知的延长至{_longest(asked, facts)}"
        trace.leave(f"延长——{why}（{cite_zh(more)}）", more)


def _untold(facts: dict[str, Any]) -> bool:
    """Whether the post that may approve did, and nobody tells whether the petitioner knows the reason."""
    return facts.get("approver") == PETITION_APPROVERS[0][0] and facts.get("told") is None


def _longest(asked: Asked, facts: dict[str, Any]) -> date:
    """The last day once the extension is told."""
    params = _stage(asked, "petition_accepted_on")
    return advance(facts["petition_accepted_on"], params.extended, params.unit)


PETITION_APPROVERS = (("unit_head", "本单位、本部门负责人"), ("other", "其他人员"))

PETITION = Calculator(
    "petition",
    "金融监管总局信访期限",
    "信访各环节最迟哪一天告知、办结、复查、复核",
    rules=("CMP-034",),
    inputs=(
        Input("petition_received_on", "监管机关收到信访事项", InputType.DAY, "各日期至少填一个"),
        Input(
            "petition_accepted_on",
            "受理的日期",
            InputType.DAY,
            "普通程序自受理之日起60日内办结；导入法定程序、专门程序的依其规定",
        ),
        Input("approver", "延长由谁批准", InputType.CHOICE, "没有延长的不填", PETITION_APPROVERS),
        Input("told", "已告知信访人延期理由", InputType.FLAG, "没有延长的不填"),
        Input("opinion_received_on", "信访人收到处理意见", InputType.DAY, "请求复查的期限由此起算"),
        Input("review_asked_on", "收到复查请求", InputType.DAY, "复查意见的期限由此起算"),
        Input("review_received_on", "信访人收到复查意见", InputType.DAY, "请求复核的期限由此起算"),
        Input("re_review_asked_on", "收到复核请求", InputType.DAY, "复核意见的期限由此起算"),
    ),
    work=petition,
    samples=(
        ("受理", {"petition_received_on": "2026-03-01", "petition_accepted_on": "2026-03-05"}),
        ("收到处理意见", {"opinion_received_on": "2026-03-20"}),
    ),
)
