"""Personal information: the notice of a leak, and a person's own requests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from xiaobao.kernel.days import SHANGHAI, day_of
from xiaobao.rules.calculators.asking import Asked, Trace, answer, ask_rule, not_applicable, undecided
from xiaobao.rules.calculators.counting import begins, ends, late
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType
from xiaobao.rules.civil_code import civil
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.values import Cite

PIPL = date(2021, 11, 1)


def leak(facts: dict[str, Any], desk: Desk) -> Answer:
    """When a leak must be reported and told (PI-010). Hours run from the moment of confirmation, Shanghai time."""
    moment = facts.get("confirmed_at")
    if moment is None:
        return undecided("PI-010", "confirmed_at")
    moment = moment.astimezone(SHANGHAI)
    asked = ask_rule(desk, "PI-010", day_of(moment), facts)
    trace = Trace()
    _confirmed(trace, moment, asked)
    if facts.get("endangers") is None:
        latest = _clock(moment + timedelta(hours=asked.version.params.length))
        trace.leave(f"{latest}——未定是否危及人身、财产安全；危及的没有这段时间，须立即报告", asked.basis)
        return answer(asked, trace, "")
    due = asked.result.value
    said = _dangerous(trace, asked) if facts["endangers"] else _harmful(trace, asked, due)
    if day_of(moment) >= PIPL:
        place = asked.place("信息种类、原因")
        trace.say(
            "通知写明三项：信息种类、原因和可能的危害，补救措施和个人可采取的减轻措施，联系方式"
            f"（{cite_zh(place)}等）",
            3,
            place,
        )
    return answer(asked, trace, said + _reported(trace, facts.get("reported_at"), asked))


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _confirmed(trace: Trace, moment: datetime, asked: Asked) -> None:
    hours = civil(moment.date(), "201.2")
    say = f"{_clock(moment)}（北京时间）确认泄露，按小时计算的自该时起算（{cite_zh(hours)}）"
    trace.say(say, moment, hours)
    remedy = asked.place("应当立即采取补救措施")
    trace.say(f"立即采取补救措施（{cite_zh(remedy)}）", None, remedy)


def _dangerous(trace: Trace, asked: Asked) -> str:
    place = asked.place("应当立即向")
    trace.say(f"可能危及人身、财产安全：立即报告并告知，没有可用的小时数（{cite_zh(place)}）", 0, place)
    trace.leave("72小时——只适用于其他不利影响", asked.basis)
    return "立即向住所地人民银行分支机构报告，并立即告知金融消费者。"


def _harmful(trace: Trace, asked: Asked, due: datetime) -> str:
    length = asked.version.params.length
    place = asked.place("72小时以内报告")
    legal = asked.law.value
    trace.say(
        f"可能产生其他不利影响：{length}小时以内报告，至{_clock(legal)}（{cite_zh(place)}）", legal, place
    )
    trace.say(f"及时告知金融消费者，条文没有小时数（{cite_zh(place)}）", None, place)
    trace.leave("首日不计入——只适用于按日、月、年计算的期间", civil(due.date(), "201.1"))
    trace.leave("节假日顺延——按小时计算，不顺延", civil(due.date(), "203.1"))
    return f"最迟{_clock(due)}（北京时间）报告住所地人民银行分支机构，并及时告知金融消费者。"


def _reported(trace: Trace, reported: datetime | None, asked: Asked) -> str:
    if reported is None:
        return ""
    due: datetime = asked.result.value
    over = reported - due
    if over.total_seconds() <= 0:
        trace.say(f"{_clock(reported)}报告，在期限内", reported, asked.basis)
        return f"{_clock(reported)}报告，没有逾期。"
    hours, minutes = divmod(int(over.total_seconds()) // 60, 60)
    trace.say(f"{_clock(reported)}报告，晚{hours}小时{minutes}分", reported, asked.basis)
    return f"{_clock(reported)}报告，已逾期{hours}小时{minutes}分。"


LEAK = Calculator(
    "leak-notice",
    "信息泄露报告时限",
    "确认消费者金融信息泄露后，最迟什么时刻报告和告知",
    rules=("PI-010",),
    inputs=(
        Input("confirmed_at", "确认泄露的时刻", InputType.MOMENT, "北京时间，精确到分", required=True),
        Input("endangers", "可能危及人身、财产安全", InputType.FLAG, "是：立即；否：72小时", required=True),
        Input("reported_at", "已报告的时刻", InputType.MOMENT, "填写后说明是否逾期"),
    ),
    work=leak,
    order=(("confirmed_at", "reported_at"),),
    samples=(
        ("其他不利影响", {"confirmed_at": "2026-03-01T09:00", "endangers": "否"}),
        ("危及人身、财产安全", {"confirmed_at": "2026-03-01T09:00", "endangers": "是"}),
    ),
)

RIGHTS = (
    ("consult", "查阅", "45.2", "及时提供"),
    ("copy", "复制", "45.2", "及时提供"),
    ("correct", "更正", "46.2", "核实后及时更正"),
    ("complete", "补充", "46.2", "核实后及时补充"),
    ("delete", "删除", "47.1", "符合五种情形的应当主动删除"),
    ("transfer", "转移", "45.3", "提供转移的途径"),
    ("explain", "解释处理规则", "48", "予以解释说明"),
)
_BY_RIGHT = {value: (label, loc, duty) for value, label, loc, duty in RIGHTS}


def request(facts: dict[str, Any], desk: Desk) -> Answer:
    """When a person's request about own information should be answered (PI-009): the law says 及时, we say a day."""
    if "requested_on" not in facts or "right" not in facts:
        return undecided("PI-009", *(name for name in ("requested_on", "right") if name not in facts))
    asked = ask_rule(desk, "PI-009", facts["requested_on"], facts)
    if none := not_applicable(asked):
        return none
    trace, due = Trace(), asked.result.value
    label, loc, duty = _BY_RIGHT[facts["right"]]
    place = Cite("L02", asked.basis.version, loc)
    begins(trace, facts["requested_on"], f"收到{label}请求")
    trace.say(f"{label}：{duty}，法律没有写日数（{cite_zh(place)}）", None, place)
    length = asked.version.params.length
    trace.say(f"本行口径{length}日，至{asked.law.value}", asked.law.value, asked.basis, ours=True)
    ends(trace, asked.law.value, desk)
    said = f"最迟{due}办理并答复（法律只写“及时”，{length}日为本行口径）。"
    said += _refusal(facts, trace, asked)
    if facts.get("requester") == "kin":
        kin = asked.place("近亲属")
        trace.say(f"近亲属为自身合法、正当利益提出，死者生前另有安排的除外（{cite_zh(kin)}）", None, kin)
    said += late(trace, "办理并答复", facts.get("answered_on"), due, asked.basis)
    trace.own_periods(asked)
    return answer(asked, trace, said, reading=False)._replace(law_value=None)


def _refusal(facts: dict[str, Any], trace: Trace, asked: Asked) -> str:
    if not facts.get("refused"):
        return ""
    why, sue = asked.place("应当说明理由"), Cite("L02", asked.basis.version, "50.2")
    trace.say(f"拒绝的应当说明理由（{cite_zh(why)}）", None, why)
    trace.say(f"个人可以依法向人民法院提起诉讼（{cite_zh(sue)}）", None, sue)
    return "拒绝的须在同一期限内书面说明理由。"


REQUEST = Calculator(
    "subject-request",
    "个人信息权利请求期限",
    "查阅、复制、更正、补充、删除、转移、解释的请求最迟哪一天办理",
    rules=("PI-009",),
    inputs=(
        Input("requested_on", "收到请求的日期", InputType.DAY, "", required=True),
        Input(
            "right",
            "请求的内容",
            InputType.CHOICE,
            "投诉另有期限，选“投诉”后说明",
            (*((value, label) for value, label, *_ in RIGHTS), ("complain", "投诉")),
            required=True,
        ),
        Input("requester", "请求人", InputType.CHOICE, "", (("self", "本人"), ("kin", "死者的近亲属"))),
        Input("refused", "拟拒绝", InputType.FLAG, "拒绝的须说明理由"),
        Input("answered_on", "办理并答复的日期", InputType.DAY, "填写后说明是否逾期"),
    ),
    work=request,
    order=(("requested_on", "answered_on"),),
    samples=(("复制请求", {"requested_on": "2026-03-01", "right": "copy"}),),
)
