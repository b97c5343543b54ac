"""What comes round: audits, yearly reports; and two limits in figures, complaint ratios and prizes."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from xiaobao.kernel.days import add_months
from xiaobao.rules.calculators.asking import (
    Asked,
    Trace,
    answer,
    ask_rule,
    not_applicable,
    strictest_bounds,
    undecided,
)
from xiaobao.rules.calculators.counting import late, rolled
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType
from xiaobao.rules.civil_code import civil
from xiaobao.rules.complaint_trace import last_day
from xiaobao.rules.instruments import cite_zh, parse_cite
from xiaobao.rules.values import Cite, Role, Verdict


class Round(NamedTuple):
    """A duty that comes round: the rule, what it is called, and what is owed each time."""

    key: str
    label: str
    rule: str
    duty: str


AUDITS = (
    Round(
        "internal", "消费者权益保护内部审计（部门、一级分支机构）", "GOV-002", "再次审计这一部门或者分支机构"
    ),
    Round("privacy", "个人信息保护合规审计", "PI-011", "再次开展合规审计"),
)
REPORTS = (
    Round("self_assessment", "人民银行年度自评估报告", "GOV-005", "向人民银行或其分支机构报送自评估报告"),
    Round("annual_report", "消费者权益保护工作年度披露", "GOV-008", "随年报等披露消费者权益保护工作"),
    Round("complaint_report", "年度投诉数据和分析报告", "CMP-026", "向社会发布投诉数据和分析报告"),
)
_AUDIT = {one.key: one for one in AUDITS}
_REPORT = {one.key: one for one in REPORTS}


def audit_cycle(facts: dict[str, Any], desk: Desk) -> Answer:
    """When the next audit is due at the latest, from the last one (GOV-002, PI-011)."""
    missing = [name for name in ("audit", "last_on") if name not in facts]
    kind = _AUDIT[facts["audit"]] if "audit" in facts else AUDITS[0]
    if missing:
        return undecided(kind.rule, *missing)
    first = desk.book.rule(kind.rule).versions[0].since
    asked = ask_rule(desk, kind.rule, max(facts["last_on"], first), facts)
    if none := not_applicable(asked):
        return none
    trace = Trace()
    if asked.result.value is None:
        return _without_day(asked, trace, facts, desk)
    due = _due(asked.result)
    months = asked.version.params.every_months
    trace.say(f"上次审计{facts['last_on']}", facts["last_on"], asked.basis)
    if facts["last_on"] < first:
        say = f"{cite_zh(asked.basis)}自{first}起施行，在此之前的审计按施行之日起算"
        trace.say(say, first, asked.basis, ours=True)
    span = f"{months // 12}年" if months % 12 == 0 else f"{months}个月"
    trace.say(f"{span}内{kind.duty}（{cite_zh(asked.basis)}）", months, asked.basis)
    legal = _due(asked.law)
    match = civil(legal, "202")
    trace.say(f"届满日为{last_day(legal, desk.calendar)}，到期月的对应日（{cite_zh(match)}）", legal, match)
    said = f"最迟{due}{kind.duty}。" + late(trace, "完成审计", facts.get("done_on"), due, asked.basis)
    return answer(asked, trace, said, due)


def _without_day(asked: Asked, trace: Trace, facts: dict[str, Any], desk: Desk) -> Answer:
    """A duty the law gives no number is owed, and the bank sets how often; else a fact is missing."""
    if asked.result.verdict is Verdict.UNDECIDED:
        return undecided(asked.rule.id, *asked.result.missing)
    step = asked.result.steps[1]
    trace.say(f"{step.say}（{cite_zh(parse_cite(step.cite))}）", None, step.cite)
    trace.own_periods(asked)
    said = f"{step.say}。" + _later_number(asked, trace, facts, desk)
    return answer(asked, trace, said, reading=False)


def _later_number(asked: Asked, trace: Trace, facts: dict[str, Any], desk: Desk) -> str:
    """What a later version with a number asks of those it covers; the first round runs from its own first day."""
    since = asked.version.until
    if since is None:
        return ""
    later = desk.book.get(asked.rule.id, since)
    name, most = later.params.over
    if facts.get(name) is not None and facts[name] <= most:
        return ""
    due, place = add_months(since, later.params.every_months), later.cites[0]
    said = f"自{since}起超过{most:,}人的至少每两年一次，首次自该日起算，最迟{due}"
    trace.say(f"{said}（{cite_zh(place)}）", due, place, ours=True)
    return f"{said}。"


def _due(found: Any) -> date:
    value: date = found.value
    return value


AUDIT_CYCLE = Calculator(
    "audit-cycle",
    "审计周期",
    "下一次审计最迟哪一天",
    rules=("GOV-002", "PI-011"),
    inputs=(
        Input(
            "audit",
            "哪一种审计",
            InputType.CHOICE,
            "",
            tuple((one.key, one.label) for one in AUDITS),
            required=True,
        ),
        Input("last_on", "上次审计的日期", InputType.DAY, "首次从施行之日算", required=True),
        Input("persons", "处理多少人的个人信息", InputType.NUMBER, "合规审计须填；超过1000万人的至少每两年一次，其余没有法定周期", unit="人"),
        Input("done_on", "本次完成的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=audit_cycle,
    order=(("last_on", "done_on"),),
    samples=(
        ("一级分行，五年一轮", {"audit": "internal", "last_on": "2024-02-29"}),
        ("合规审计", {"audit": "privacy", "last_on": "2025-05-01", "persons": "20000000"}),
    ),
)  # fmt: skip


def yearly_report(facts: dict[str, Any], desk: Desk) -> Answer:
    """By when the report on a year is to be filed or published (GOV-005, GOV-008, CMP-026)."""
    kind = _REPORT[facts.get("report", "self_assessment")]
    if "year" not in facts:
        return undecided(kind.rule, "year")
    year_end = date(facts["year"], 12, 31)
    asked = ask_rule(desk, kind.rule, year_end, facts)
    trace, due, legal = Trace(), _due(asked.result), _due(asked.law)
    trace.say(f"{facts['year']}年度的报告", facts["year"], asked.basis)
    trace.say(f"{kind.duty}，次年{legal.month}月{legal.day}日前（{cite_zh(asked.basis)}）", None, asked.basis)
    trace.say(f"届满日为{last_day(legal, desk.calendar)}，含当日", legal, asked.basis)
    if not desk.calendar.covers(legal):
        trace.leave(f"节假日——{legal.year}年的放假安排未录入，不影响：不顺延", asked.basis)
    elif (later := rolled(legal, desk)) not in (None, legal):
        roll = civil(legal, "203.1", Role.EXCEPTION)
        trace.leave(f"节假日顺延至{later}——从严解释，本行口径不采用", roll, ours=True)
    said = f"最迟{due}{kind.duty}。" + late(trace, "报送或者发布", facts.get("done_on"), due, asked.basis)
    return answer(asked, trace, said, due)


YEARLY_REPORT = Calculator(
    "self-assessment",
    "年度自评估和披露的日期",
    "某一年度的自评估报告、年度披露最迟哪一天",
    rules=("GOV-005", "GOV-008", "CMP-026"),
    inputs=(
        Input("year", "报告年度", InputType.YEAR, "报告所说的那一年", required=True),
        Input(
            "report",
            "哪一份报告",
            InputType.CHOICE,
            "不填为人民银行自评估报告",
            tuple((one.key, one.label) for one in REPORTS),
        ),
        Input("done_on", "报送或者发布的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=yearly_report,
    samples=(("2026年度自评估", {"year": "2026"}),),
)

_RATIO_INPUTS = (
    ("outlets", "营业网点数", "个"),
    ("customers", "个人客户数", "人"),
    ("assets_yuan", "资产总额", "元"),
)

_BASES = {name: label for name, label, _ in _RATIO_INPUTS}


# Ratios in the central bank's way, known only from what a bank disclosed; the regulator's notices do not have them.
_PBOC_RATIOS = frozenset({"per_100_outlets", "per_100bn_assets"})
_DISCLOSED = Cite("X17", "2022-12-31", "0")


def ratios(facts: dict[str, Any], desk: Desk) -> Answer:
    """Complaints for every so many outlets, customers, yuan of assets, as published (CMP-032)."""
    missing = [name for name in ("complaints", "period_end_on") if name not in facts]
    if missing:
        return undecided("CMP-032", *missing)
    asked = ask_rule(desk, "CMP-032", facts["period_end_on"], facts)
    trace, value = Trace(), {}
    for ratio in asked.version.params.ratios:
        place = _DISCLOSED if ratio.key in _PBOC_RATIOS else asked.basis
        base = facts.get(ratio.base)
        if not base:
            why = "为零，比率没有意义" if base == 0 else "未填"
            trace.leave(f"{ratio.label}——{_BASES[ratio.base]}{why}", place)
            continue
        value[ratio.key] = round(facts["complaints"] * ratio.per / base, 2)
        sum_ = f"{facts['complaints']:,} × {ratio.per:,} ÷ {base:,}"
        trace.say(f"{sum_} = {value[ratio.key]:,} {ratio.label}", value[ratio.key], place)
    said = "；".join(step.say.split(" = ")[1] for step in trace.steps)
    if not value:
        return undecided("CMP-032", *(name for name, *_ in _RATIO_INPUTS if not facts.get(name)))
    return answer(asked, trace, "", value)._replace(verdict=Verdict.PASS, say=f"{said}。")


RATIOS = Calculator(
    "complaint-ratios",
    "投诉量比率",
    "按公开口径折算：每千营业网点、每千万个人客户、每百网点、每千亿元资产",
    rules=("CMP-032",),
    inputs=(
        Input("complaints", "投诉件数", InputType.NUMBER, "", unit="件", required=True),
        Input("period_end_on", "期末日期", InputType.DAY, "按该日的口径", required=True),
        *(Input(name, label, InputType.NUMBER, "未填的比率不算", unit=unit) for name, label, unit in _RATIO_INPUTS),
    ),
    work=ratios,
    samples=(
        (
            "一年的投诉",
            {
                "complaints": "4106",
                "period_end_on": "2020-12-31",
                "outlets": "256",
                "customers": "20000000",
                "assets_yuan": "1000000000000",
            },
        ),
    ),
)  # fmt: skip


def prize(facts: dict[str, Any], desk: Desk) -> Answer:
    """Whether the top prize of a draw is allowed, by the law of the day of the draw (MKT-017)."""
    missing = [name for name in ("drawn_on", "top_prize_yuan") if name not in facts]
    if missing:
        return undecided("MKT-017", *missing)
    asked = ask_rule(desk, "MKT-017", facts["drawn_on"], facts)
    trace, bounds = Trace(), strictest_bounds(desk, asked, facts["drawn_on"])
    most, figure = bounds["top_prize_yuan"].most or 0, facts["top_prize_yuan"]
    legal = asked.version.params.bounds[0].most
    held = f"最高奖{figure:,}元，{_held(figure, legal)}（{cite_zh(asked.basis)}）"
    trace.say(held, figure, asked.basis)
    ours = next((one for one in asked.own if one.binds), None)
    if ours is not None and most < legal:
        trace.say(f"本行“{ours.title}”：{_held(figure, most)}", most, ours.id, ours=True)
    if len(bounds) > 1 and facts.get("changes_after_start") is not None:
        place, changes = asked.place("无正当理由变更"), facts["changes_after_start"]
        trace.say(f"开始后无正当理由变更{changes}次，不得变更（{cite_zh(place)}）", changes, place)
    if asked.result.verdict is Verdict.REFUSE:
        return answer(asked, trace, "不得开展：" + _broken(asked.result.value) + "。")
    return answer(asked, trace, f"最高奖可以设{figure:,}元，距上限还有{most - figure:,}元。")


def _held(figure: int, most: int) -> str:
    """The limit, and whether the figure keeps it."""
    return f"不得超过{most:,}元，" + ("没有超过" if figure <= most else f"超过{figure - most:,}元")


def _broken(measures: tuple[str, ...]) -> str:
    labels = {"top_prize_yuan": "最高奖超过上限", "changes_after_start": "开始后无正当理由变更奖项信息"}
    return "、".join(labels[name] for name in measures)


PRIZE = Calculator(
    "prize",
    "抽奖最高奖",
    "抽奖活动的最高奖有没有超过法定上限",
    rules=("MKT-017",),
    inputs=(
        Input("drawn_on", "抽奖的日期", InputType.DAY, "按该日施行的法律", required=True),
        Input("top_prize_yuan", "最高奖的金额", InputType.NUMBER, "奖品按市场价折算", unit="元", required=True),
        Input("changes_after_start", "开始后无正当理由的变更次数", InputType.NUMBER, "2025-10-15起须填", unit="次"),
    ),
    work=prize,
    samples=(("五万元整", {"drawn_on": "2026-03-01", "top_prize_yuan": "50000", "changes_after_start": "0"}),),
)  # fmt: skip
