"""The clocks of a complaint: base period, two extensions, what pauses, restarts and ends the count.

The numbers stand here and nowhere else; `complaint_clock` compiles them for the day of receipt.
"""

from __future__ import annotations

from datetime import date

from xiaobao.rules.kinds.clock import ClockParams
from xiaobao.rules.values import (
    Cite,
    Condition,
    Confidence,
    Example,
    Kind,
    Role,
    Rule,
    Verdict,
    Version,
)
from xiaobao.rules.writing import in_time

N00 = date(2020, 3, 1)
P01 = date(2020, 11, 1)
CIVIL_CODE = date(2021, 1, 1)
REVIEWED = date(2026, 11, 23)
JAN_10 = date(2026, 1, 10)
MAR_1 = date(2026, 3, 1)

NATURAL_DAY = Cite("N00", "2020-03-01", "43.2", Role.COUNTING, "均为自然日")
INCLUSIVE = Cite("N00", "2020-03-01", "43.1", Role.COUNTING, "均包含本数")
DAY_ZERO = Cite("L20", "2021-01-01", "201.1", Role.COUNTING, "开始的当日不计入")
NO_ROLL = Cite("L20", "2021-01-01", "203.1", Role.EXCEPTION, "法定休假日")
END_OF_DAY = Cite("L20", "2021-01-01", "203.2", Role.COUNTING, "截止时间为二十四时")
OLD_DAY_ZERO = Cite("X14", "2017-10-01", "201.1", Role.COUNTING, "开始的当日不计入")
OLD_NO_ROLL = Cite("X14", "2017-10-01", "203.1", Role.EXCEPTION, "法定休假日")

_COUNT_READING = "届满日逢节假日不顺延：从严解释，本行口径（民法第二百零三条未采用）"
_COUNT_EXAMPLES = (
    Example({"received_on": JAN_10, "days": 15}, Verdict.DUE, date(2026, 1, 25), "首日不计、末日计入"),
    Example(
        {"received_on": date(2024, 2, 20), "days": 15}, Verdict.DUE, date(2024, 3, 6), "闰年二月", "boundary"
    ),
    Example(
        {"received_on": date(2026, 3, 21), "days": 15},
        Verdict.DUE,
        date(2026, 4, 5),
        "届满日为清明节，不顺延",
        "boundary",
    ),
    *in_time({"received_on": JAN_10, "days": 15}, date(2026, 1, 25)),
    Example({"received_on": JAN_10}, Verdict.UNDECIDED, None, "不知期限长度", "missing"),
    Example({"days": 15}, Verdict.UNDECIDED, None, "不知收到日期", "missing"),
)
COUNTING = Rule(
    "CMP-002",
    Kind.CLOCK,
    "complaints",
    "期限的计算",
    (
        Version(
            N00,
            "received_on",
            ClockParams("received_on", length_fact="days", say="收到"),
            (NATURAL_DAY, INCLUSIVE, OLD_DAY_ZERO, OLD_NO_ROLL),
            (
                Example(
                    {"received_on": date(2020, 3, 1), "days": 15},
                    Verdict.DUE,
                    date(2020, 3, 16),
                    "施行首日",
                    "boundary",
                ),
                Example(
                    {"received_on": date(2020, 12, 31), "days": 15},
                    Verdict.DUE,
                    date(2021, 1, 15),
                    "民法总则末日",
                    "boundary",
                ),
                Example(
                    {"received_on": date(2020, 5, 1), "days": 30}, Verdict.DUE, date(2020, 5, 31), "三十日"
                ),
                *in_time({"received_on": date(2020, 12, 31), "days": 15}, date(2021, 1, 15)),
                Example(
                    {"received_on": date(2020, 5, 1)}, Verdict.UNDECIDED, None, "不知期限长度", "missing"
                ),
            ),
            until=CIVIL_CODE,
            reading=_COUNT_READING,
            confidence=Confidence.MEMORY,
            reviewed_on=REVIEWED,
        ),
        Version(
            CIVIL_CODE,
            "received_on",
            ClockParams("received_on", length_fact="days", say="收到"),
            (NATURAL_DAY, INCLUSIVE, DAY_ZERO, END_OF_DAY, NO_ROLL),
            _COUNT_EXAMPLES,
            reading=_COUNT_READING,
            reviewed_on=REVIEWED,
        ),
    ),
)

SIMPLE = Rule(
    "CMP-003",
    Kind.CLOCK,
    "complaints",
    "事实清楚、争议情况简单的投诉：15日内作出处理决定并告知",
    (
        Version(
            N00,
            "received_on",
            ClockParams("received_on", 15, say="收到投诉"),
            (Cite("N00", "2020-03-01", "18.1", words="15日内作出处理决定"), NATURAL_DAY),
            (
                Example(
                    {"received_on": JAN_10, "complexity": "simple"},
                    Verdict.DUE,
                    date(2026, 1, 25),
                    "D-2026-01-10-15",
                ),
                Example(
                    {"received_on": date(2026, 12, 20), "complexity": "simple"},
                    Verdict.DUE,
                    date(2027, 1, 4),
                    "跨年",
                    "boundary",
                ),
                Example(
                    {"received_on": JAN_10, "complexity": "complex"},
                    Verdict.NOT_APPLICABLE,
                    None,
                    "情况复杂另有期限",
                    "fail",
                ),
                *in_time({"received_on": JAN_10, "complexity": "simple"}, date(2026, 1, 25)),
                Example({"received_on": JAN_10}, Verdict.UNDECIDED, None, "不知是否简单", "missing"),
                Example({"complexity": "simple"}, Verdict.UNDECIDED, None, "不知收到日期", "missing"),
            ),
            scope=(Condition("complexity", "==", "simple", "事实清楚、争议情况简单"),),
            scope_say="不属于事实清楚、争议情况简单的投诉",
            reviewed_on=REVIEWED,
        ),
    ),
)

COMPLEX = Rule(
    "CMP-004",
    Kind.CLOCK,
    "complaints",
    "情况复杂的投诉：可以延长至30日",
    (
        Version(
            N00,
            "received_on",
            ClockParams("received_on", 30, say="收到投诉"),
            (Cite("N00", "2020-03-01", "18.1", words="可以延长至30日"), NATURAL_DAY),
            (
                Example(
                    {"received_on": JAN_10, "complexity": "complex"},
                    Verdict.DUE,
                    date(2026, 2, 9),
                    "D-2026-01-10-30",
                ),
                Example(
                    {"received_on": date(2024, 2, 20), "complexity": "special"},
                    Verdict.DUE,
                    date(2024, 3, 21),
                    "特别复杂先到此",
                    "boundary",
                ),
                Example(
                    {"received_on": JAN_10, "complexity": "simple"},
                    Verdict.NOT_APPLICABLE,
                    None,
                    "简单的只有15日",
                    "fail",
                ),
                *in_time({"received_on": JAN_10, "complexity": "complex"}, date(2026, 2, 9)),
                Example({"received_on": JAN_10}, Verdict.UNDECIDED, None, "不知是否复杂", "missing"),
            ),
            scope=(Condition("complexity", "in", ("complex", "special"), "情况复杂"),),
            scope_say="不属于情况复杂的投诉",
            reading="条文未写延长至30日由谁批准；本行要求记录原因，中途延长的还须在原期限内告知投诉人",
            reviewed_on=REVIEWED,
        ),
    ),
)

SPECIAL = Rule(
    "CMP-005",
    Kind.CLOCK,
    "complaints",
    "情况特别复杂或者有其他特殊原因：经审批并告知，可以再延长30日",
    (
        Version(
            N00,
            "received_on",
            ClockParams(
                "received_on",
                30,
                after=30,
                needs=("told",),
                by=("superior", "head_office"),
                say="收到投诉",
            ),
            (Cite("N00", "2020-03-01", "18.1", words="可以再延长30日"), NATURAL_DAY),
            (
                Example(
                    {"received_on": JAN_10, "approver": "head_office", "told": True},
                    Verdict.DUE,
                    date(2026, 3, 11),
                    "D-2026-01-10-60",
                ),
                Example(
                    {"received_on": date(2024, 2, 20), "approver": "superior", "told": True},
                    Verdict.DUE,
                    date(2024, 4, 20),
                    "闰年",
                    "boundary",
                ),
                Example(
                    {"received_on": MAR_1, "approver": "sub_branch", "told": True},
                    Verdict.REFUSE,
                    None,
                    "X-01 支行行长无权",
                    "fail",
                ),
                Example(
                    {"received_on": MAR_1, "approver": "head_office", "told": False},
                    Verdict.REFUSE,
                    None,
                    "未告知投诉人",
                    "fail",
                ),
                Example(
                    {"received_on": MAR_1, "told": True}, Verdict.UNDECIDED, None, "不知谁审批", "missing"
                ),
            ),
            reading="审批和告知均须在原期限届满前完成（本行口径）",
            reviewed_on=REVIEWED,
        ),
    ),
    beats=(
        ("CMP-003", "例外：同一款写明的再延长"),
        ("CMP-004", "例外：同一款写明的再延长"),
    ),
)

RULES: tuple[Rule, ...] = (COUNTING, SIMPLE, COMPLEX, SPECIAL)
