"""What moves a complaint's clock: pauses, new facts, withdrawal, and transfers from two regulators."""

from __future__ import annotations

from datetime import date

from xiaobao.rules.complaints.clocks import JAN_10, MAR_1, N00, P01, REVIEWED
from xiaobao.rules.kinds.clock import ClockParams, EndParams, PauseParams, RestartParams
from xiaobao.rules.values import Cite, Confidence, Example, Kind, Role, Rule, Unit, Verdict, Version
from xiaobao.rules.writing import in_time

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
                *in_time({"regulator_received_on": date(2026, 1, 12)}, date(2026, 1, 21)),
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
    strictest=("CMP-003", "CMP-004", "CMP-005"),
)

RULES: tuple[Rule, ...] = (APPRAISAL, MEDIATION, RESTART, WITHDRAWAL, NFRA_TRANSFER, PBOC_TRANSFER)
