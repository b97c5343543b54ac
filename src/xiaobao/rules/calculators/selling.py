"""Selling: how often a customer may be assessed, and what is owed to customers of sixty-five and over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from xiaobao.kernel.days import add_months, add_years
from xiaobao.kernel.errors import InvalidInput
from xiaobao.rules.calculators.asking import Asked, Trace, answer, ask_rule, strictest_bounds, undecided
from xiaobao.rules.calculators.values import Answer, Calculator, Desk, Input, InputType
from xiaobao.rules.instruments import cite_zh
from xiaobao.rules.kinds.limit import Bound
from xiaobao.rules.values import Verdict

LONGEST = 366


def assessments(facts: dict[str, Any], desk: Desk) -> Answer:
    """Whether a customer may be assessed once more on a day, and until when the last result is good (DR-003)."""
    missing = [name for name in ("on", "assessed_on", "grades") if name not in facts]
    if missing:
        return undecided("DR-003", *missing)
    on, log = facts["on"], facts["assessed_on"]
    if any(day > on for day in log):
        late = max(log)
        raise InvalidInput("calc.assessed", field="assessed_on", say=f"以往评估的日期{late}晚于{on}，请核对")
    asked = ask_rule(desk, "DR-003", on, _assessed(on, log, facts["grades"]))
    bounds = strictest_bounds(desk, asked, on)
    trace = Trace()
    today, year = bounds["assessments_today"], bounds["assessments_year"]
    value = {
        "today_left": _left(trace, asked, today, log, on),
        "year_left": _left(trace, asked, year, log, on),
        "valid_until": _validity(trace, asked, bounds["months_since"], log, on),
    }
    _grades(trace, asked, bounds["grades"], facts)
    if asked.result.verdict is Verdict.PASS:
        said = f"{on}可以评估；评估后当日还可{value['today_left']}次，十二个月内还可{value['year_left']}次。"
        return answer(asked, trace, said + _again(trace, asked, facts), value)
    return answer(asked, trace, _why_not(on, log, (today, year), asked, value), value)


def _assessed(on: date, log: tuple[date, ...], grades: int) -> dict[str, Any]:
    """The rule's facts: this assessment counts; one that is due cannot be barred because the last has lapsed."""
    return {"on": on, "assessed_on": (*log, on), "months_since": 0, "grades": grades}


def _window(bound: Bound, on: date) -> date:
    months = bound.window_unit.value == "month"
    return add_months(on, -bound.window) if months else on - timedelta(bound.window)


def _left(trace: Trace, asked: Asked, bound: Bound, log: tuple[date, ...], on: date) -> int:
    begin = _window(bound, on)
    used = sum(begin < day <= on for day in log) + 1
    most = bound.most or 0
    first = begin + timedelta(1)
    span = f"{first}至{on}" if bound.window_unit.value == "month" else f"{on}当日"
    legal = next(one.most for one in asked.version.params.bounds if one.measure == bound.measure)
    rule = f"十二个月内累计不得超过{legal}次" if first != on else f"单日不得超过{legal}次"
    place = asked.place("累计不得超过" if first != on else "单日不得超过")
    ours = f"；本行规定{most}次" if most != legal else ""
    trace.say(f"{span}，含本次共{used}次；{rule}（{cite_zh(place)}）{ours}", used, place)
    return max(most - used, 0)


def _validity(trace: Trace, asked: Asked, bound: Bound, log: tuple[date, ...], on: date) -> date | None:
    if not log:
        trace.leave("上次结果的有效期——没有以往评估", asked.basis)
        return None
    place, until = asked.place("有效期"), add_months(max(log), bound.most or 0)
    state = "仍有效" if on <= until else "已失效，销售前须重新评估"
    trace.say(
        f"最近一次{max(log)}，有效期{bound.most}个月，至{until}，{state}（{cite_zh(place)}）", until, place
    )
    return until


def _grades(trace: Trace, asked: Asked, bound: Bound, facts: dict[str, Any]) -> None:
    place = asked.place("一级至五级")
    say = f"评估等级设{facts['grades']}级，应当不少于{bound.least}级（{cite_zh(place)}）"
    trace.say(say, facts["grades"], place)


def _again(trace: Trace, asked: Asked, facts: dict[str, Any]) -> str:
    if facts.get("old_grade") is None or facts.get("new_grade") is None:
        return ""
    if facts["old_grade"] == facts["new_grade"]:
        return ""
    say = f"等级由{facts['old_grade']}级变为{facts['new_grade']}级，应当提示并请投资者再次确认"
    trace.say(f"{say}（{cite_zh(asked.basis)}）", None, asked.basis)
    return "等级有变，须提示并请投资者再次确认。"


def _next_day(on: date, log: tuple[date, ...], bounds: tuple[Bound, ...]) -> date:
    """The first later day on which both counts leave room."""
    day = on + timedelta(1)
    for _ in range(LONGEST):
        if all(sum(_window(one, day) < each <= day for each in log) < (one.most or 0) for one in bounds):
            return day
        day += timedelta(1)
    return day


def _why_not(
    on: date, log: tuple[date, ...], bounds: tuple[Bound, ...], asked: Asked, value: dict[str, Any]
) -> str:
    broken = set(asked.result.value)
    few = "评估等级的级数不足" if "grades" in broken else ""
    value["next_on"] = None
    if not {one.measure for one in bounds} & broken:
        return f"{on}不得采用这一评估：{few}。"
    value["next_on"] = first = _next_day(on, log, bounds)
    return f"{on}不得再评估：次数已满；最早{first}可以再评。" + (f"另外，{few}。" if few else "")


ASSESSMENTS = Calculator(
    "assessments",
    "风险承受能力评估次数和有效期",
    "客户今天还能不能再评一次，上次的结果到哪一天有效",
    rules=("DR-003",),
    inputs=(
        Input("on", "拟评估的日期", InputType.DAY, "本次计入次数", required=True),
        Input(
            "assessed_on",
            "以往评估的日期",
            InputType.DAYS,
            "不含本次；同一天两次的写两遍；从未评估的写“无”",
            required=True,
        ),
        Input("grades", "评估等级的级数", InputType.NUMBER, "至少五级", required=True),
        Input("old_grade", "上次结果的等级", InputType.NUMBER),
        Input("new_grade", "本次结果的等级", InputType.NUMBER, "与上次不一致的须再次确认"),
    ),
    work=assessments,
    samples=(
        ("当日第二次", {"on": "2026-06-10", "assessed_on": "2026-03-01, 2026-06-10", "grades": "5"}),
        ("当日第三次", {"on": "2026-06-10", "assessed_on": "2026-06-10, 2026-06-10", "grades": "5"}),
    ),
)

MEASURES = (
    ("procedure", "专门的销售或者交易程序"),
    ("inquiry", "追加了解相关信息"),
    ("warning", "强化告知和风险提示"),
    ("time", "给予更多考虑时间"),
    ("call_back", "及时进行回访"),
)


def seniors(facts: dict[str, Any], desk: Desk) -> Answer:
    """What is owed when a high-risk product is sold to a customer of sixty-five or more (DR-004)."""
    missing = [name for name in ("born_on", "sold_on", "high_risk") if name not in facts]
    if missing:
        return undecided("DR-004", *missing)
    born, sold = facts["born_on"], facts["sold_on"]
    if born > sold:
        raise InvalidInput("calc.born", field="born_on", say=f"出生日期{born}晚于销售日期{sold}，请核对")
    age = age_on(born, sold)
    done = facts.get("measures")
    open_ = tuple(key for key, _ in MEASURES if key not in (done or ()))
    care = None if done is None else not open_
    asked = ask_rule(
        desk, "DR-004", sold, {"age": age, "high_risk": facts["high_risk"], "special_care": care}
    )
    trace = Trace()
    _age(trace, asked, born, sold, age)
    grade = "属于高风险产品，等级由本行规定" if facts["high_risk"] else "不属于高风险产品"
    trace.say(grade, facts["high_risk"], asked.basis, ours=True)
    value = {"age": age, "open": open_}
    if asked.result.verdict is Verdict.NOT_APPLICABLE:
        why = "未满六十五周岁" if facts["high_risk"] else "不是高风险产品"
        return answer(
            asked, trace, f"不适用特别注意义务：{why}；一般的适当性义务照常。", {"age": age, "open": ()}
        )
    return answer(asked, trace, _care(trace, asked, open_, facts), value)._replace(
        missing=("measures",) if done is None else ()
    )


def age_on(born: date, on: date) -> int:
    """Full years on a day; the birthday itself counts, and of 29 February the 28th where there is none.

    >>> age_on(date(1961, 3, 1), date(2026, 2, 28)), age_on(date(1961, 3, 1), date(2026, 3, 1))
    (64, 65)
    """
    years = on.year - born.year
    return years if add_years(born, years) <= on else years - 1


def _age(trace: Trace, asked: Asked, born: date, sold: date, age: int) -> None:
    place = asked.place("六十五周岁以上")
    reached = add_years(born, 65)
    state = f"{reached}满六十五周岁" if reached <= sold else f"{reached}才满六十五周岁"
    trace.say(f"{born}出生，{sold}为{age}周岁，{state}，“以上”含本数（{cite_zh(place)}）", age, place)


def _care(trace: Trace, asked: Asked, open_: tuple[str, ...], facts: dict[str, Any]) -> str:
    labels = dict(MEASURES)
    for key, label in MEASURES:
        if key not in open_:
            trace.say(f"已做：{label}（{cite_zh(asked.basis)}）", key, asked.basis)
    if facts.get("online"):
        say = f"线上销售的，流程应当适老、易用、安全（{cite_zh(asked.basis)}）"
        trace.say(say, None, asked.basis)
    if not open_:
        return "特别注意义务已履行，可以继续销售流程。"
    trace.say("条文列举“可以包括”五项，本行口径五项都做", len(MEASURES), asked.basis, ours=True)
    return "暂缓销售，先履行特别注意义务，尚缺：" + "、".join(labels[key] for key in open_) + "。"


SENIORS = Calculator(
    "senior-customer",
    "六十五周岁以上客户的特别注意义务",
    "向年长客户销售高风险产品，还要做哪些事",
    rules=("DR-004",),
    inputs=(
        Input("born_on", "客户出生日期", InputType.DAY, "", required=True),
        Input("sold_on", "销售或者交易的日期", InputType.DAY, "", required=True),
        Input("high_risk", "高风险产品", InputType.FLAG, "按本行的产品风险等级", required=True),
        Input("measures", "已做的事", InputType.CHOICES, "可多选", MEASURES),
        Input("online", "线上销售", InputType.FLAG, "流程须适老"),
    ),
    work=seniors,
    samples=(
        (
            "六十五周岁生日当天",
            {"born_on": "1961-03-01", "sold_on": "2026-03-01", "high_risk": "是", "measures": "warning"},
        ),
    ),
)
