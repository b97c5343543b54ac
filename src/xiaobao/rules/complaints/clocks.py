"""The clocks of a complaint: base period, two extensions, what pauses, restarts and ends the count.

The numbers stand here and nowhere else; `complaint_clock` compiles them for the day of receipt.
"""

from __future__ import annotations

from datetime import date

from xiaobao.rules.kinds.clock import ClockParams, EndParams, PauseParams, RestartParams
from xiaobao.rules.values import (
    Cite,
    Condition,
    Confidence,
    Example,
    Kind,
    Role,
    Rule,
    Unit,
    Verdict,
    Version,
)

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
                Example({"received_on": JAN_10}, Verdict.UNDECIDED, None, "不知是否复杂", "missing"),
            ),
            scope=(Condition("complexity", "in", ("complex", "special"), "情况复杂"),),
            scope_say="不属于情况复杂的投诉",
            reading="条文未写延长至30日由谁批准；本行要求记录延长的原因",
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
)

APPRAISAL = Rule(
    "CMP-007",
    Kind.CLOCK,
    "complaints",
    "外部鉴定、检测、评估期间：及时告知投诉人的，可以不计入期限",
    (
        Version(
            N00,
            "received_on",
            PauseParams("pause_from", "pause_to", ("told",), "外部鉴定、检测、评估期间并已告知投诉人"),
            (
                Cite("N00", "2020-03-01", "18.2", words="应当及时告知投诉人"),
                Cite("N00", "2020-03-01", "18.2", Role.COUNTING, "可以不计入"),
            ),
            (
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 14), "told": True},
                    Verdict.PASS,
                    10,
                    "已告知",
                ),
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 5), "told": True},
                    Verdict.PASS,
                    1,
                    "首尾同日",
                    "boundary",
                ),
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 14), "told": False},
                    Verdict.FAIL,
                    0,
                    "X-03 未告知",
                    "fail",
                ),
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 14)},
                    Verdict.UNDECIDED,
                    None,
                    "不知是否告知",
                    "missing",
                ),
            ),
            reviewed_on=REVIEWED,
        ),
    ),
)

MEDIATION = Rule(
    "CMP-008",
    Kind.CLOCK,
    "complaints",
    "双方申请调解的，调解期间不计入期限",
    (
        Version(
            N00,
            "received_on",
            PauseParams("pause_from", "pause_to", ("both_applied",), "双方申请的调解期间"),
            (Cite("N00", "2020-03-01", "23", words="调解期间不计入"),),
            (
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 24), "both_applied": True},
                    Verdict.PASS,
                    20,
                    "X-02",
                ),
                Example(
                    {"pause_from": date(2026, 3, 24), "pause_to": date(2026, 3, 24), "both_applied": True},
                    Verdict.PASS,
                    1,
                    "首尾同日",
                    "boundary",
                ),
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 24), "both_applied": False},
                    Verdict.FAIL,
                    0,
                    "只有一方申请",
                    "fail",
                ),
                Example(
                    {"pause_from": date(2026, 3, 5), "pause_to": date(2026, 3, 24)},
                    Verdict.UNDECIDED,
                    None,
                    "不知双方是否申请",
                    "missing",
                ),
            ),
            reviewed_on=REVIEWED,
        ),
    ),
)

RESTART = Rule(
    "CMP-009",
    Kind.CLOCK,
    "complaints",
    "期限内再次提出并有新的事实和理由的，自收到新的投诉材料之日起重新计算",
    (
        Version(
            N00,
            "received_on",
            RestartParams("again_on", "due_on", ("new_facts",), "提出新的事实和理由"),
            (Cite("N00", "2020-03-01", "18.3", words="重新计算"),),
            (
                Example(
                    {"again_on": date(2026, 3, 10), "due_on": date(2026, 3, 16), "new_facts": True},
                    Verdict.PASS,
                    date(2026, 3, 10),
                    "X-04",
                ),
                Example(
                    {"again_on": date(2026, 3, 16), "due_on": date(2026, 3, 16), "new_facts": True},
                    Verdict.PASS,
                    date(2026, 3, 16),
                    "期限最后一日",
                    "boundary",
                ),
                Example(
                    {"again_on": date(2026, 3, 17), "due_on": date(2026, 3, 16), "new_facts": True},
                    Verdict.FAIL,
                    None,
                    "期限已届满",
                    "boundary",
                ),
                Example(
                    {"again_on": date(2026, 3, 10), "due_on": date(2026, 3, 16), "new_facts": False},
                    Verdict.FAIL,
                    None,
                    "X-05 无新事实",
                    "fail",
                ),
                Example(
                    {"again_on": date(2026, 3, 10), "due_on": date(2026, 3, 16)},
                    Verdict.UNDECIDED,
                    None,
                    "不知有无新事实",
                    "missing",
                ),
            ),
            reading="重新计算时沿用已认定的复杂程度和已批准的延长，期限只会推后（本行口径）",
            reviewed_on=REVIEWED,
        ),
    ),
)

WITHDRAWAL = Rule(
    "CMP-010",
    Kind.CLOCK,
    "complaints",
    "撤回投诉的，处理程序自收到撤回申请当日终止",
    (
        Version(
            N00,
            "received_on",
            EndParams("withdrawn_on", "收到撤回申请"),
            (Cite("N00", "2020-03-01", "15", words="收到撤回申请当日终止"),),
            (
                Example({"withdrawn_on": date(2026, 3, 8)}, Verdict.ENDED, date(2026, 3, 8), "X-06"),
                Example({"withdrawn_on": MAR_1}, Verdict.ENDED, MAR_1, "收到当日即撤回", "boundary"),
                Example({}, Verdict.UNDECIDED, None, "没有撤回申请", "missing"),
            ),
            reviewed_on=REVIEWED,
        ),
    ),
)

NFRA_TRANSFER = Rule(
    "CMP-022",
    Kind.CLOCK,
    "complaints",
    "监管转送的投诉：监管部门7个工作日内转送，银行的期限自本行收到之日起算",
    (
        Version(
            N00,
            "regulator_received_on",
            ClockParams("regulator_received_on", 7, Unit.WORKING_DAY, say="监管部门收到投诉"),
            (
                Cite("N00", "2020-03-01", "33", words="7个工作日内"),
                Cite("N00", "2020-03-01", "43.2", Role.COUNTING, "7个工作日"),
            ),
            (
                Example(
                    {"regulator_received_on": date(2026, 9, 25)},
                    Verdict.DUE,
                    date(2026, 10, 12),
                    "中秋、国庆，10-10上班",
                    "boundary",
                ),
                Example(
                    {"regulator_received_on": date(2026, 1, 12)}, Verdict.DUE, date(2026, 1, 21), "平常一周半"
                ),
                Example({}, Verdict.UNDECIDED, None, "不知监管收到日期", "missing"),
            ),
            reading="银行的15日、30日、60日自本行收到转送之日起算（条文未写明，本行口径）",
            confidence=Confidence.LIKELY,
            reviewed_on=REVIEWED,
        ),
    ),
)

PBOC_TRANSFER = Rule(
    "CMP-023",
    Kind.CLOCK,
    "complaints",
    "人民银行转交的投诉：15日内答复；经投诉处理工作负责人批准并告知理由可延长，最长60日",
    (
        Version(
            P01,
            "received_on",
            ClockParams(
                "received_on",
                15,
                extended=60,
                needs=("told",),
                by=("complaint_lead", "superior", "head_office"),
                say="收到人民银行转交的投诉",
            ),
            (
                Cite("P01", "2020-11-01", "43.3", words="15日内答复投诉人"),
                Cite("P01", "2020-11-01", "43.3", Role.EXCEPTION, "最长处理期限不得超过60日"),
                Cite("P01", "2020-11-01", "66", Role.COUNTING, "为自然日"),
            ),
            (
                Example({"received_on": JAN_10}, Verdict.DUE, date(2026, 1, 25), "P-2026-01-10-15"),
                Example(
                    {"received_on": date(2020, 11, 1)},
                    Verdict.DUE,
                    date(2020, 11, 16),
                    "施行首日",
                    "boundary",
                ),
                Example(
                    {"received_on": JAN_10, "approver": "complaint_lead", "told": True},
                    Verdict.DUE,
                    date(2026, 3, 11),
                    "P-2026-01-10-60",
                ),
                Example(
                    {"received_on": JAN_10, "approver": "outlet", "told": True},
                    Verdict.REFUSE,
                    None,
                    "审批人不对",
                    "fail",
                ),
                Example(
                    {"received_on": JAN_10, "approver": "complaint_lead"},
                    Verdict.UNDECIDED,
                    None,
                    "不知是否告知理由",
                    "missing",
                ),
                Example({}, Verdict.UNDECIDED, None, "不知收到日期", "missing"),
            ),
            reading="投诉办法第十八条同时适用，两者取早；更高层级的批准视为满足本条（本行口径）",
            reviewed_on=REVIEWED,
        ),
    ),
)

RULES: tuple[Rule, ...] = (
    COUNTING,
    SIMPLE,
    COMPLEX,
    SPECIAL,
    APPRAISAL,
    MEDIATION,
    RESTART,
    WITHDRAWAL,
    NFRA_TRANSFER,
    PBOC_TRANSFER,
)
