"""What may follow a decision: recheck, petition, judicial confirmation of a mediated agreement."""

from __future__ import annotations

from xiaobao.rules.kinds.clock import ClockParams, StageParams
from xiaobao.rules.values import Kind, Role, Rule, Unless, Verdict
from xiaobao.rules.writing import bad, cite, day, due_on, edge, in_time, no, shelf, unknown, version

rule = shelf("complaints")
N00_DAYS = cite("N00@2020-03-01:43.2", "均为自然日", Role.COUNTING)
N05_DAY_ZERO = cite("N05@2025-06-01:50", "开始的当日不计入", Role.COUNTING)
N05_DAYS = cite("N05@2025-06-01:50", "所称日指自然日", Role.COUNTING)

RECHECK = rule(
    "CMP-013",
    Kind.CLOCK,
    "核查：收到处理决定之日起30日内书面申请，收到申请之日起30日内作出核查决定并告知",
    version(
        "2020-03-01",
        StageParams(
            (
                ("申请核查", ClockParams("decision_received_on", 30, say="收到处理决定", bearer="customer")),
                ("核查决定", ClockParams("recheck_asked_on", 30, say="收到核查申请")),
            )
        ),
        (
            cite("N00@2020-03-01:20", "30日内向其上级机构"),
            cite("N00@2020-03-01:20", "30日内作出核查决定"),
            N00_DAYS,
        ),
        (
            due_on(
                {"decision_received_on": day("2026-03-20")},
                {"decision_received_on": day("2026-04-19")},
                "X-07",
            ),
            due_on({"recheck_asked_on": day("2026-04-10")}, {"recheck_asked_on": day("2026-05-10")}, "X-08"),
            edge(
                Verdict.DUE,
                {"decision_received_on": day("2024-01-31")},
                {"decision_received_on": day("2024-03-01")},
                "闰年",
            ),
            edge(
                Verdict.NOT_APPLICABLE,
                {"decision_received_on": day("2026-03-20"), "by_branch": False},
                None,
                "总行的决定没有上级机构",
            ),
            edge(
                Verdict.PASS,
                {"recheck_asked_on": day("2026-04-10"), "done_on": day("2026-05-10")},
                {"recheck_asked_on": day("2026-05-10")},
                "期限内的最后一日作出并告知",
            ),
            edge(
                Verdict.FAIL,
                {"recheck_asked_on": day("2026-04-10"), "done_on": day("2026-05-11")},
                {"recheck_asked_on": day("2026-05-10")},
                "刚过期限",
            ),
            edge(
                Verdict.PASS,
                {"decision_received_on": day("2026-09-02"), "done_on": day("2026-10-08")},
                {"decision_received_on": day("2026-10-02")},
                "投诉人节后第一个工作日提出，对客户从宽",
            ),
            edge(
                Verdict.FAIL,
                {"recheck_asked_on": day("2026-09-02"), "done_on": day("2026-10-08")},
                {"recheck_asked_on": day("2026-10-02")},
                "本行的期限不顺延",
            ),
            unknown({}, "不知收到日期"),
        ),
        by="decision_received_on",
        unless=(
            Unless(
                (no("by_branch", "分支机构的处理结果"),),
                "核查针对分支机构的处理结果，对总行的决定不适用",
                assumed="是否分支机构的处理结果未填，按分支机构的处理结果计算；总行的决定不适用核查",
            ),
        ),
    ),
)

PETITION = rule(
    "CMP-034",
    Kind.CLOCK,
    "金融监管总局的信访事项：15日告知，普通程序60日办结可延长30日，复查、复核各30日",
    version(
        "2025-06-01",
        StageParams(
            (
                ("书面告知", ClockParams("petition_received_on", 15, say="收到信访事项")),
                (
                    "办结",
                    ClockParams(
                        "petition_accepted_on",
                        60,
                        extended=90,
                        by=("unit_head",),
                        needs=("told",),
                        say="受理",
                    ),
                ),
                (
                    "请求复查",
                    ClockParams("opinion_received_on", 30, say="收到处理意见的书面答复", bearer="customer"),
                ),
                ("复查意见", ClockParams("review_asked_on", 30, say="收到复查请求")),
                (
                    "请求复核",
                    ClockParams("review_received_on", 30, say="收到复查意见的书面答复", bearer="customer"),
                ),
                ("复核意见", ClockParams("re_review_asked_on", 30, say="收到复核请求")),
            )
        ),
        (
            cite("N05@2025-06-01:31", "60日内办结"),
            cite("N05@2025-06-01:31", "不得超过30日", Role.EXCEPTION),
            cite("N05@2025-06-01:33", "30日内请求"),
            cite("N05@2025-06-01:34.1", "30日内提出复核意见"),
            cite("N05@2025-06-01:15.2", "15日内书面告知"),
            N05_DAYS,
            N05_DAY_ZERO,
        ),
        (
            due_on(
                {"petition_received_on": day("2026-03-01")},
                {"petition_received_on": day("2026-03-16")},
                "15日",
            ),
            due_on(
                {"petition_accepted_on": day("2026-03-01")},
                {"petition_accepted_on": day("2026-04-30")},
                "60日",
            ),
            edge(
                Verdict.DUE,
                {"petition_accepted_on": day("2026-03-01"), "approver": "unit_head", "told": True},
                {"petition_accepted_on": day("2026-05-30")},
                "60日加30日",
            ),
            bad(
                Verdict.REFUSE,
                {"petition_accepted_on": day("2026-03-01"), "approver": "handler", "told": True},
                {},
                "须本单位、本部门负责人批准",
            ),
            due_on(
                {"opinion_received_on": day("2026-03-20")},
                {"opinion_received_on": day("2026-04-19")},
                "复查30日",
            ),
            due_on(
                {"review_asked_on": day("2026-03-20")}, {"review_asked_on": day("2026-04-19")}, "复查意见30日"
            ),
            due_on(
                {"review_received_on": day("2026-03-20")},
                {"review_received_on": day("2026-04-19")},
                "复核30日",
            ),
            due_on(
                {"re_review_asked_on": day("2026-03-20")},
                {"re_review_asked_on": day("2026-04-19")},
                "复核意见30日",
            ),
            unknown({}, "不知任何日期"),
        ),
        by="petition_received_on",
        reading="信访期限约束监管机关；银行据以跟踪，不改变投诉自身的期限；60日只用于普通程序，导入法定程序、专门程序的依其规定",
    ),
)

CONFIRMATION = rule(
    "CMP-035",
    Kind.CLOCK,
    "调解协议的司法确认：自协议生效之日起三十日内共同申请",
    version(
        "2011-01-01",
        ClockParams("agreed_on", 30, say="调解协议生效", bearer="parties"),
        (cite("L15@2011-01-01:33.1", "三十日内共同向人民法院"),),
        (
            due_on({"agreed_on": day("2026-03-01")}, day("2026-03-31"), "X-12"),
            edge(Verdict.DUE, {"agreed_on": day("2024-01-30")}, day("2024-02-29"), "闰日"),
            edge(
                Verdict.NOT_APPLICABLE,
                {"agreed_on": day("2026-03-01"), "both_apply": False},
                None,
                "须双方共同申请",
            ),
            *in_time({"agreed_on": day("2026-03-01"), "both_apply": True}, day("2026-03-31")),
            edge(
                Verdict.PASS,
                {"agreed_on": day("2026-09-02"), "both_apply": True, "done_on": day("2026-10-08")},
                day("2026-10-02"),
                "届满日逢国庆节，节后第一个工作日仍在期限内",
            ),
            edge(
                Verdict.FAIL,
                {"agreed_on": day("2026-09-02"), "both_apply": True, "done_on": day("2026-10-09")},
                day("2026-10-02"),
                "顺延之后刚过期限",
            ),
            unknown({}, "不知生效日期"),
        ),
        by="agreed_on",
        unless=(
            Unless(
                (no("both_apply", "双方共同申请"),),
                "须双方当事人共同申请",
                assumed="是否双方共同申请未填，按双方共同申请计算；一方不愿申请的不能确认",
            ),
        ),
    ),
)

RULES: tuple[Rule, ...] = (RECHECK, PETITION, CONFIRMATION)
